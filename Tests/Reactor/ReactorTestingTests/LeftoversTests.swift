import ReactorCore
import ReactorTesting
import Testing
import Transports

@Suite struct LeftoversTests {
    struct Broken: Error {}

    @Test func aTidyTestLeavesNothing() throws {
        let leftovers = try TestReactor.leftovers { test in
            var isCalled = false
            test.reactor.callLater(.seconds(1)) { isCalled = true }
            test.reactor.callLater(.seconds(2)) {}.cancel()
            let pair = LoopbackPair(client: Notes(), server: Notes(), test: test)
            pair.client.loseConnection()
            pair.pump()
            test.reactor.spawn {}
            test.advance(by: .seconds(1))
            #expect(isCalled)
        }
        #expect(leftovers.isEmpty && leftovers.description == "nothing")
    }

    @Test func eachThingIsNamedWithItsPlace() throws {
        let leftovers = try TestReactor.leftovers { test in
            test.reactor.callLater(.seconds(3)) {}
            try test.reactor.add(Deaf(), for: 1_000, interest: .read)
            MemoryTransport(reactor: test.reactor).connect(Notes())
            _ = Deferred<Int>.failed(Broken())
            test.reactor.log("something is wrong")
        }
        let file = "ReactorTestingTests/LeftoversTests.swift"
        #expect(leftovers.things.map(\.kind) == [.descriptor, .delayedCall, .connection])
        #expect(leftovers.things.first?.what == "descriptor 1000: Deaf")
        #expect(leftovers.things[1].what == "a delayed call due in 3.0 seconds")
        #expect(leftovers.things[1].place?.hasPrefix(file) == true)
        #expect(leftovers.reports.map(\.kind) == [.unhandledFailure, .complaint])
        #expect(leftovers.reports[0].description.contains("Broken()") && leftovers.description.contains(file))
    }

    @Test func tasksAndWorkAreLeftOverUntilTheyEnd() throws {
        let leftovers = try TestReactor.leftovers { test in
            let gate = Deferred<Void>()
            test.reactor.spawn { try await gate.value }
            let work = test.reactor.deferToThread { 1 }
            test.settle()
            let kinds = test.leftovers.things.map(\.kind)
            #expect(kinds == [.task, .work] || kinds == [.task])
            #expect(test.leftovers.things.first?.place?.contains("LeftoversTests.swift") == true)
            gate.succeed()
            #expect(test.run { work.isFired && test.leftovers.isEmpty })
        }
        #expect(leftovers.isEmpty)
    }

    @Test func reportsThatWereTakenOutAreNotLeft() throws {
        let leftovers = try TestReactor.leftovers { test in
            test.reactor.log("expected")
            #expect(test.reports.takeReports().map(\.text) == ["expected"])
        }
        #expect(leftovers.isEmpty)
    }

    @Test func listenersConnectionsAndAttemptsAreNamedByTheirAddresses() throws {
        let reactor = try Reactor()
        let factory = NotesFactory()
        let listener = try reactor.listen(EndpointDescription(.tcp(interface: .loopback, port: 0)), factory: factory)
        let port = UInt16(listener.address.port ?? 0)
        let client = Notes()
        reactor.connect(EndpointDescription(.tcp(interface: .loopback, port: port)), protocol: client)
            .whenDone { _ in }
        for _ in 0..<1_000 where client.transport == nil { reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
        let things = reactor.leftovers
        let listening = things.first { $0.what.contains("listener on 127.0.0.1:\(port)") }
        #expect(listening?.place?.hasPrefix("ReactorTestingTests/LeftoversTests.swift:") == true)
        #expect(things.contains { $0.what.contains("with 127.0.0.1:\(port)") })
        reactor.disconnectAll()
        for _ in 0..<10 { reactor.runOnePass(waitingAtMost: .zero) }
        #expect(Leftovers(of: reactor).isEmpty)
    }
}

/// A protocol that notes what it is told.
final class Notes: StreamProtocol {
    private(set) var transport: (any Transport)?
    private(set) var received: [UInt8] = []
    private(set) var losses = 0
    var onData: ((Notes, [UInt8]) -> Void)?

    var text: String { String(decoding: received, as: UTF8.self) }

    func connectionMade(over transport: any Transport) { self.transport = transport }

    func dataReceived(_ bytes: Span<UInt8>) {
        let copy = bytes.indices.map { bytes[$0] }
        received += copy
        onData?(self, copy)
    }

    func connectionLost(_ reason: DisconnectReason) { losses += 1 }
}

final class NotesFactory: ProtocolFactory {
    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { Notes() }
}

/// A handler that does nothing.
private final class Deaf: DescriptorHandler {
    func descriptorReady(_ readiness: Readiness) {}
}
