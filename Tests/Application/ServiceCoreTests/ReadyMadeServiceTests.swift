import Glibc
import ReactorCore
import ReactorTesting
import ServiceCore
import Testing
import Transports

@Suite struct ReadyMadeServiceTests {
    private struct Broken: Error {}

    @Test func aTimerCallsUntilItIsStopped() throws {
        let stage = try ServiceStage()
        var count = 0
        try stage.root.add(
            "timer",
            TimerService(every: .seconds(1)) {
                count += 1
                return nil
            })
        stage.root.start()
        stage.test.advance(by: .seconds(3))
        #expect(count == 4)
        stage.root.stop()
        stage.test.advance(by: .seconds(3))
        #expect(count == 4 && stage.test.leftovers.isEmpty)
    }

    @Test func aTimerThatThrowsHasFailed() throws {
        let stage = try ServiceStage()
        try stage.root.add("timer", TimerService(every: .seconds(1)) { throw Broken() }, policy: .steady(limit: nil))
        stage.root.start()
        #expect(stage.root.node("timer")?.phase == .waiting)
    }

    @Test func aTimerThatWaitsIsWaitedFor() throws {
        let stage = try ServiceStage()
        let work = Deferred<Void>()
        try stage.root.add("timer", TimerService(every: .seconds(1)) { work })
        stage.root.start()
        stage.root.stop()
        #expect(stage.root.phase == .stopping)
        work.succeed()
        #expect(stage.root.phase == .stopped)
    }

    @Test func aWorkerFinishesOrFails() throws {
        let stage = try ServiceStage()
        try stage.root.add("good", WorkerService { _ in })
        var policy = ServicePolicy()
        policy.isEssential = false
        try stage.root.add("bad", WorkerService { _ in throw Broken() }, policy: policy)
        stage.root.start()
        #expect(
            stage.test.run { stage.root.node("bad")?.phase == .failed && stage.root.node("good")?.phase == .finished })
        #expect(stage.root.phase == .running)
    }

    @Test func aStopCancelsAWorkerAndWaitsForIt() throws {
        let stage = try ServiceStage()
        let never = Deferred<Void>(canceller: {})
        var hasCleanedUp = false
        try stage.root.add(
            "worker",
            WorkerService(reportsReadiness: true) { post in
                post.isReady = true
                defer { hasCleanedUp = true }
                try await never.value
            })
        stage.root.start()
        #expect(stage.test.run { stage.root.isReady })
        stage.root.stop()
        #expect(stage.test.run { stage.root.phase == .stopped })
        #expect(hasCleanedUp && stage.diary.take() == [])
    }

    @Test func aListenerBindsBeforeAndAcceptsAfterTheStart() throws {
        let reactor = try Reactor()
        let root = ServiceNode("root", on: reactor)
        let factory = CountingFactory()
        let endpoint = try EndpointDescription("tcp:0:interface=127.0.0.1")
        let service = ListeningService(endpoint, factory: factory)
        try root.add("door", service)
        root.prepare().whenDone { _ in }
        let port = try #require(service.address?.port)
        let client = CountingProtocol()
        let connecting = reactor.connect(try EndpointDescription("tcp:\(port):interface=127.0.0.1"), protocol: client)
        for _ in 0..<20 { reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
        #expect(factory.made.isEmpty)
        root.start()
        for _ in 0..<2_000 where factory.made.isEmpty { reactor.runOnePass(waitingAtMost: .milliseconds(5)) }
        #expect(factory.made.count == 1)
        root.stop()
        #expect(service.address == nil)
        connecting.whenDone { _ in }
        reactor.disconnectAll()
    }

    @Test func aListenerMayCloseItsConnectionsAndWaitsForThem() throws {
        let reactor = try Reactor()
        let root = ServiceNode("root", on: reactor)
        let factory = CountingFactory()
        let service = ListeningService(
            try EndpointDescription("tcp:0:interface=127.0.0.1"), factory: factory,
            closingConnectionsWithin: .seconds(5))
        try root.add("door", service)
        root.start()
        let clients = try (0..<3).map { _ in
            try reactor.result(
                of: AddressClientEndpoint(try #require(service.address)).connect(CountingProtocol(), on: reactor))
        }
        #expect(reactor.run { factory.made.count == 3 })
        clients[0].transport?.loseConnection()
        #expect(reactor.run { factory.made.filter { $0.lossCount == 1 }.count == 1 })
        let big = [UInt8](repeating: 1, count: 10 << 20)
        for made in factory.made where made.lossCount == 0 { made.transport?.write(big) }
        root.stop()
        #expect(root.phase == .stopping)
        #expect(reactor.run { root.phase == .stopped })
        #expect(factory.made.allSatisfy { $0.lossCount == 1 })
        #expect(reactor.run { clients.filter { $0.receivedCount == big.count }.count == 2 })
        #expect(reactor.run { reactor.leftovers.isEmpty })
    }

    /// A proxy may say only after the stop for whom it speaks.
    @Test func whoComesLateBehindAProxyIsClosedToo() throws {
        let reactor = try Reactor()
        let root = ServiceNode("root", on: reactor)
        let factory = CountingFactory()
        let service = ListeningService(
            ProxiedEndpoint(
                try EndpointDescription("tcp:0:interface=127.0.0.1"), trusting: [try AddressPrefix("127.0.0.0/8")]),
            factory: factory, closingConnectionsWithin: .seconds(5))
        try root.add("door", service)
        root.start()
        let proxy = try reactor.result(
            of: AddressClientEndpoint(try #require(service.address)).connect(CountingProtocol(), on: reactor))
        for _ in 0..<20 { reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
        root.stop()
        #expect(reactor.run { root.phase == .stopped })
        proxy.transport?.write("PROXY TCP4 192.0.2.7 192.0.2.1 5000 4000\r\n")
        #expect(reactor.run { proxy.lossCount == 1 })
        #expect(factory.made.count == 1 && factory.made[0].lossCount == 1)
        #expect(reactor.run { reactor.leftovers.isEmpty })
    }

    /// In a process of its own, whose descriptors nobody else opens.
    @Test func aThousandStartsLeaveNothingOpen() async {
        await #expect(processExitsWith: .success) {
            func openDescriptors() -> Int { (0..<1024 as Range<Int32>).count { fcntl($0, F_GETFD) >= 0 } }
            let folder = "/tmp/starts-\(getpid())"
            let reactor = try Reactor()
            let root = ServiceNode("root", on: reactor)
            let factory = CountingFactory()
            try root.add(
                "tcp", ListeningService(try EndpointDescription("tcp:0:interface=127.0.0.1"), factory: factory))
            try root.add("unix", ListeningService(try EndpointDescription("unix:\(folder)"), factory: factory))
            try root.add("timer", TimerService(every: .seconds(1)) { nil })
            var before = Int.max
            for cycle in 0..<1000 {
                root.start()
                guard reactor.run(until: { root.isReady }) else { exit(2) }
                root.stop()
                guard reactor.run(until: { root.phase == .stopped }) else { exit(3) }
                // What is made once and kept is there after the first one; what a worker of the system has for a moment, not always.
                if cycle < 10 { before = min(before, openDescriptors()) }
            }
            // Statuses of their own tell the ends apart: of an expectation in here nothing but its place is reported.
            guard reactor.run(until: { openDescriptors() == before }) else { exit(4) }
            guard access(folder, F_OK) != 0 else { exit(5) }
            guard reactor.leftovers.isEmpty else { exit(6) }
        }
    }

    @Test func aBusyPortFailsTheStart() throws {
        let reactor = try Reactor()
        let factory = CountingFactory()
        let taken = ListeningService(try EndpointDescription("tcp:0:interface=127.0.0.1"), factory: factory)
        let first = ServiceNode("first", on: reactor)
        try first.add("door", taken)
        first.start()
        let port = try #require(taken.address?.port)
        let second = ServiceNode("second", on: reactor)
        try second.add(
            "door", ListeningService(try EndpointDescription("tcp:\(port):interface=127.0.0.1"), factory: factory))
        second.start()
        #expect(second.phase == .failed)
        #expect(second.lastFailure?.description.hasPrefix("second/door could not start: ") == true)
        first.stop()
    }

    @Test func aClientIsReadyWhileItIsConnected() throws {
        let reactor = try Reactor()
        let factory = CountingFactory()
        let door = ListeningService(try EndpointDescription("tcp:0:interface=127.0.0.1"), factory: factory)
        let root = ServiceNode("root", on: reactor)
        try root.add("door", door)
        root.start()
        let address = try EndpointDescription("tcp:\(try #require(door.address?.port)):interface=127.0.0.1")
        var backOff = BackOff()
        backOff.first = .milliseconds(1)
        let client = ReconnectingClient(
            endpoint: AddressClientEndpoint(address), on: reactor, backOff: backOff, makeProtocol: CountingProtocol.init
        )
        let node = try root.add("client", ClientService(client))
        func run(_ condition: () -> Bool) -> Bool {
            for _ in 0..<2_000 where !condition() { reactor.runOnePass(waitingAtMost: .milliseconds(5)) }
            return condition()
        }
        #expect(node.phase == .running && !node.isReady)
        #expect(run { node.isReady && factory.made.count == 1 })
        factory.made[0].transport?.abortConnection()
        #expect(run { !node.isReady })
        #expect(run { node.isReady })
        root.stop()
        #expect(run { root.phase == .stopped })
        reactor.disconnectAll()
    }

    @Test func anApplicationRunsItsTree() throws {
        let reactor = try Reactor()
        let diary = Diary()
        let application = Application("game", on: reactor)
        try application.root.add("a", ScriptedService("a", diary))
        application.afterPrivilegedStart = { diary.lines.append("drop rights") }
        reactor.callWhenRunning {
            diary.lines.append("serving")
            reactor.stop()
        }
        try application.run()
        #expect(diary.take() == ["bind a", "drop rights", "start a", "serving", "stop a"])
    }

    @Test func anApplicationThatCannotStartSaysWhy() throws {
        let reactor = try Reactor()
        let diary = Diary()
        let application = Application("game", on: reactor)
        let broken = ScriptedService("a", diary)
        broken.failsAt = [.start]
        try application.root.add("a", broken)
        #expect(throws: ServiceFailure.self) { try application.run() }
        #expect(diary.take() == ["bind a", "start a", "stop a"])
        // The reactor may run again, and so may the application.
        broken.failsAt = []
        reactor.callWhenRunning { reactor.callLater(.zero) { broken.post?.fail(Broken()) } }
        #expect(throws: ServiceFailure.self) { try application.run() }
        #expect(diary.take() == ["bind a", "start a", "stop a"])
    }

    @Test func anApplicationMayBeStoppedWhileItStarts() throws {
        let reactor = try Reactor()
        let diary = Diary()
        let application = Application("game", on: reactor)
        let slow = ScriptedService("a", diary)
        slow.waits[.start] = Deferred<Void>()
        try application.root.add("a", slow)
        reactor.callLater(.zero) { reactor.stop() }
        try application.run()
        #expect(diary.take() == ["bind a", "start a", "stop a"])
    }

    @Test func aSignalStopsAnApplication() throws {
        let reactor = try Reactor()
        let diary = Diary()
        let application = Application("game", on: reactor)
        try application.root.add("a", ScriptedService("a", diary))
        // One that no other test uses, and that would be ignored.
        reactor.callWhenRunning { reactor.callLater(.zero) { kill(getpid(), SIGWINCH) } }
        try application.run(stoppingOn: [SIGWINCH])
        #expect(diary.take() == ["bind a", "start a", "stop a"])
    }

    @Test func servicesThatDoNotStopAreReported() throws {
        let reactor = try Reactor()
        let diary = Diary()
        let application = Application("game", on: reactor)
        application.stopLimit = .milliseconds(20)
        reactor.log = { _ in }
        application.root.onFailure = { diary.lines.append("! \($0)") }
        let stuck = ScriptedService("b", diary)
        stuck.waits[.stop] = Deferred<Void>()
        try application.root.add("a", ScriptedService("a", diary))
        try application.root.add("b", stuck, after: ["a"])
        reactor.callWhenRunning { reactor.stop() }
        #expect {
            try application.run()
        } throws: { error in
            "\(error)" == "game/a did not stop as it should: it was not stopped in time"
        }
        #expect(
            diary.take() == [
                "bind a", "bind b", "start a", "start b", "stop b",
                "! game/a did not stop as it should: it was not stopped in time",
                "! game/b did not stop as it should: it was not stopped in time",
            ])
        #expect(reactor.shutdownLimit == .seconds(30))
    }

    @Test func anApplicationThatMayNotGiveUpRightsDoesNotStart() throws {
        let reactor = try Reactor()
        let diary = Diary()
        let application = Application("game", on: reactor)
        try application.root.add("a", ScriptedService("a", diary))
        application.afterPrivilegedStart = { throw Broken() }
        #expect(throws: Broken.self) { try application.run() }
        #expect(diary.take() == ["bind a", "stop a"])
    }
}

/// Counts the connections it is asked for.
private final class CountingFactory: ProtocolFactory {
    var made: [CountingProtocol] = []

    func makeProtocol(for address: SocketAddress) -> (any StreamProtocol)? {
        made.append(CountingProtocol())
        return made.last
    }
}

private final class CountingProtocol: StreamProtocol {
    private(set) var transport: (any Transport)?
    private(set) var receivedCount = 0
    private(set) var lossCount = 0

    func connectionMade(over transport: any Transport) { self.transport = transport }
    func dataReceived(_ bytes: Span<UInt8>) { receivedCount += bytes.count }
    func connectionLost(_ reason: DisconnectReason) {
        transport = nil
        lossCount += 1
    }
}
