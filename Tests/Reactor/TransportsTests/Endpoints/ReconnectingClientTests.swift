import Basics
import ReactorCore
import ReactorTesting
import Testing
import Transports

@Suite struct ReconnectingClientTests {
    private let test: TestReactor
    private let network: MemoryNetwork
    private let servers = RecorderFactory()
    private let client: ReconnectingClient<Recorder>

    init() throws {
        test = try TestReactor()
        network = MemoryNetwork(test)
        network.fate = { _ in .wait }
        _ = try network.server("mud.example").listen(with: servers, on: test.reactor)
        var backOff = BackOff()
        backOff.jitter = 0
        client = ReconnectingClient(
            endpoint: network.client("mud.example"), on: test.reactor, backOff: backOff, seed: 1,
            makeProtocol: { Recorder() })
    }

    private var cancelledCount: Int { network.attempts.filter { $0.state == .cancelled }.count }

    private func accept() { network.attempts.last?.accept() }

    private func refuse() { network.attempts.last?.refuse() }

    private func breakConnection() {
        servers.made.last?.transport?.abortConnection()
        test.settle()
    }

    @Test func itConnectsAgainWheneverTheConnectionIsLost() throws {
        client.start()
        client.start()
        #expect(network.attempts.count == 1)
        #expect(client.state == .connecting)
        var first: Recorder?
        client.whenConnected().whenDone { first = try? $0.get() }
        accept()
        #expect(client.state == .connected)
        #expect(first?.isMade == true)
        servers.made.last?.transport?.write("hello")
        test.settle()
        #expect(first?.received == Array("hello".utf8))
        breakConnection()
        #expect(first?.lossCount == 1)
        #expect(client.state == .waiting)
        test.advance(by: .milliseconds(999))
        #expect(network.attempts.count == 1)
        test.advance(by: .milliseconds(1))
        #expect(network.attempts.count == 2)
        accept()
        var second: Recorder?
        client.whenConnected().whenDone { second = try? $0.get() }
        #expect(second != nil && second !== first)
    }

    @Test func waitsGrowToTheirBoundAndBeginAnewAfterAConnection() {
        client.start()
        var waits: [Int64] = []
        for _ in 0..<14 {
            refuse()
            let before = test.time.now()
            guard let deadline = test.reactor.nextDeadline else { break }
            waits.append(before.duration(to: deadline).wholeNanoseconds / 1_000_000)
            test.advance(by: before.duration(to: deadline))
        }
        #expect(waits == [1000, 1500, 2250, 3375, 5062, 7593, 11390, 17085, 25628, 38443, 57665, 60000, 60000, 60000])
        accept()
        #expect(client.failures == 0)
        breakConnection()
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
            if case .failure(ReconnectFailure.gaveUp(let count, ConnectFailure.refused)) = $0 { attempts = count }
        }
        var patient = false
        client.whenConnected().whenDone { if case .success = $0 { patient = true } }
        for _ in 0..<2 {
            refuse()
            #expect(attempts == (network.attempts.count == 2 ? 2 : 0))
            test.advance(by: .seconds(10))
        }
        accept()
        #expect(patient)
    }

    @Test func cancellingAWaiterLetsGoOfItAndOfNobodyElse() {
        client.start()
        weak var forgotten: Deferred<Recorder>?
        var outcomes: [String] = []
        for number in 0..<3 {
            let waiter = client.whenConnected(failAfter: number == 1 ? 1 : nil)
            waiter.whenDone { result in
                switch result {
                case .success: outcomes.append("\(number) made")
                case .failure(let error): outcomes.append("\(number) \(error)")
                }
            }
            guard number == 1 else { continue }
            forgotten = waiter
            waiter.cancel()
        }
        #expect(outcomes == ["1 cancelled"])
        #expect(forgotten == nil, "a client that waits for long keeps nobody who does not")
        accept()
        #expect(outcomes == ["1 cancelled", "0 made", "2 made"])
    }

    @Test func preparationThatFailsIsAFailedAttempt() {
        struct WrongPassword: Error {}
        let login = Deferred<Void>()
        client.prepareConnection = { _ in login }
        client.start()
        accept()
        #expect(client.state == .connecting)
        login.fail(WrongPassword())
        #expect(client.state == .waiting)
        test.settle()
        #expect(network.connections.last?.client.isOpen == false)
        client.prepareConnection = nil
        test.advance(by: .seconds(2))
        accept()
        #expect(client.state == .connected)
    }

    @Test func aConnectionLostWhileItIsPreparedIsAFailedAttempt() {
        let login = Deferred<Void>()
        client.prepareConnection = { _ in login }
        client.start()
        accept()
        breakConnection()
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
        #expect(cancelledCount == 1)

        client.start()
        refuse()
        stop()
        #expect(stops == 3)
        #expect(test.reactor.delayedCallCount == 0)

        client.start()
        accept()
        stop()
        #expect(stops == 3)
        #expect(client.state == .stopping)
        test.settle()
        #expect(stops == 4)
        #expect(client.state == .stopped)
        test.advance(by: .seconds(100))
        #expect(network.attempts.count == 3)
    }

    @Test func startedWhileStoppingItConnectsAnew() {
        client.start()
        accept()
        var isStopped = false
        client.stop().whenDone { _ in isStopped = true }
        client.start()
        #expect(client.state == .stopping)
        test.settle()
        #expect(isStopped)
        #expect(client.state == .connecting)
        #expect(network.attempts.count == 2)
    }
}
