import Basics
import ReactorCore
import ReactorTesting
import Testing
import Transports

/// An endpoint whose attempts the test decides.
private final class ScriptedEndpoint: ClientEndpoint {
    struct Refused: Error {}
    let description = "scripted"
    private(set) var attempts = 0
    private(set) var cancels = 0
    private var succeed: (() -> Void)?
    private var refuse: (() -> Void)?
    private(set) var transport = MemoryTransport()

    func connect<Connected: StreamProtocol>(_ streamProtocol: Connected, on reactor: Reactor) -> Deferred<Connected> {
        attempts += 1
        let outcome = Deferred<Connected> { self.cancels += 1 }
        let transport = MemoryTransport(reactor: reactor)
        self.transport = transport
        succeed = {
            transport.connect(streamProtocol)
            outcome.succeed(streamProtocol)
        }
        refuse = { outcome.fail(Refused()) }
        return outcome
    }

    func accept() { succeed?() }
    func reject() { refuse?() }
}

@Suite struct ReconnectingClientTests {
    private let endpoint = ScriptedEndpoint()
    private let test: TestReactor
    private let client: ReconnectingClient<Recorder>

    init() throws {
        test = try TestReactor()
        var backOff = BackOff()
        backOff.jitter = 0
        client = ReconnectingClient(
            endpoint: endpoint, on: test.reactor, backOff: backOff, seed: 1, makeProtocol: { Recorder() })
    }

    @Test func itConnectsAgainWheneverTheConnectionIsLost() throws {
        client.start()
        client.start()
        #expect(endpoint.attempts == 1)
        #expect(client.state == .connecting)
        var first: Recorder?
        client.whenConnected().whenDone { first = try? $0.get() }
        endpoint.accept()
        #expect(client.state == .connected)
        #expect(first?.isMade == true)
        endpoint.transport.deliver("hello")
        #expect(first?.received == Array("hello".utf8))
        endpoint.transport.loseFromPeer()
        test.settle()
        #expect(first?.lossCount == 1)
        #expect(client.state == .waiting)
        test.advance(by: .milliseconds(999))
        #expect(endpoint.attempts == 1)
        test.advance(by: .milliseconds(1))
        #expect(endpoint.attempts == 2)
        endpoint.accept()
        var second: Recorder?
        client.whenConnected().whenDone { second = try? $0.get() }
        #expect(second != nil && second !== first)
    }

    @Test func waitsGrowToTheirBoundAndBeginAnewAfterAConnection() {
        client.start()
        var waits: [Int64] = []
        for _ in 0..<14 {
            endpoint.reject()
            let before = test.time.now()
            guard let deadline = test.reactor.nextDeadline else { break }
            waits.append(before.duration(to: deadline).wholeNanoseconds / 1_000_000)
            test.advance(by: before.duration(to: deadline))
        }
        #expect(waits == [1000, 1500, 2250, 3375, 5062, 7593, 11390, 17085, 25628, 38443, 57665, 60000, 60000, 60000])
        endpoint.accept()
        #expect(client.failures == 0)
        endpoint.transport.loseFromPeer()
        test.settle()
        #expect(test.reactor.nextDeadline == test.time.now().advanced(by: .seconds(1)))
    }

    @Test func jitterStaysWithinItsBoundsAndSpreads() {
        var random = SeededGenerator(seed: 3)
        let backOff = BackOff()
        let waits = (0..<200).map { _ in backOff.wait(after: 0, using: &random) }
        #expect(waits.allSatisfy { $0 >= .milliseconds(800) && $0 <= .milliseconds(1200) })
        #expect(Set(waits).count > 100)
        #expect(backOff.wait(after: .max, using: &random) <= .seconds(72))
    }

    @Test func waitersGiveUpAfterSoManyFailures() {
        client.start()
        var attempts = 0
        client.whenConnected(failAfter: 2).whenDone {
            if case .failure(ReconnectFailure.gaveUp(let count, is ScriptedEndpoint.Refused)) = $0 { attempts = count }
        }
        var patient = false
        client.whenConnected().whenDone { if case .success = $0 { patient = true } }
        for _ in 0..<2 {
            endpoint.reject()
            #expect(attempts == (endpoint.attempts == 2 ? 2 : 0))
            test.advance(by: .seconds(10))
        }
        endpoint.accept()
        #expect(patient)
    }

    @Test func preparationThatFailsIsAFailedAttempt() {
        struct WrongPassword: Error {}
        let login = Deferred<Void>()
        client.prepareConnection = { _ in login }
        client.start()
        endpoint.accept()
        #expect(client.state == .connecting)
        login.fail(WrongPassword())
        #expect(client.state == .waiting)
        test.settle()
        #expect(!endpoint.transport.isOpen)
        client.prepareConnection = nil
        test.advance(by: .seconds(2))
        endpoint.accept()
        #expect(client.state == .connected)
    }

    @Test func aConnectionLostWhileItIsPreparedIsAFailedAttempt() {
        let login = Deferred<Void>()
        client.prepareConnection = { _ in login }
        client.start()
        endpoint.accept()
        endpoint.transport.loseFromPeer()
        test.settle()
        #expect(client.state == .waiting)
        #expect(client.failures == 1)
    }

    @Test func stoppingInEachState() {
        var stops = 0
        func stop() { client.stop().whenDone { _ in stops += 1 } }
        stop()
        #expect(stops == 1)

        client.start()
        var isTold = false
        client.whenConnected().whenDone { if case .failure(ReconnectFailure.stopped) = $0 { isTold = true } }
        stop()
        #expect(stops == 2)
        #expect(isTold)
        #expect(endpoint.cancels == 1)

        client.start()
        endpoint.reject()
        stop()
        #expect(stops == 3)
        #expect(test.reactor.delayedCallCount == 0)

        client.start()
        endpoint.accept()
        stop()
        #expect(stops == 3)
        #expect(client.state == .stopping)
        test.settle()
        #expect(stops == 4)
        #expect(client.state == .stopped)
        test.advance(by: .seconds(100))
        #expect(endpoint.attempts == 3)
    }

    @Test func startedWhileStoppingItConnectsAnew() {
        client.start()
        endpoint.accept()
        var isStopped = false
        client.stop().whenDone { _ in isStopped = true }
        client.start()
        #expect(client.state == .stopping)
        test.settle()
        #expect(isStopped)
        #expect(client.state == .connecting)
        #expect(endpoint.attempts == 2)
    }
}
