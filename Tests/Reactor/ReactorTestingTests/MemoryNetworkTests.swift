import Basics
import Glibc
import ReactorCore
import ReactorTesting
import Testing
import Transports

@Suite struct MemoryNetworkTests {
    /// Writes down what it hears, and answers by `onData`.
    private final class Voice: StreamProtocol {
        private(set) var transport: (any Transport)?
        private(set) var text = ""
        private(set) var losses = 0
        var onData: ((Voice) -> Void)?
        var onMade: (() -> Void)?

        func connectionMade(over transport: any Transport) {
            self.transport = transport
            onMade?()
        }

        func dataReceived(_ bytes: Span<UInt8>) {
            for index in bytes.indices { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
            onData?(self)
        }

        func connectionLost(_ reason: DisconnectReason) { losses += 1 }
    }

    private final class Voices: ProtocolFactory {
        private(set) var made: [Voice] = []
        private(set) var peers: [SocketAddress] = []
        var turnsAway = false

        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
            peers.append(peer)
            guard !turnsAway else { return nil }
            let voice = Voice()
            voice.onData = { $0.transport?.write($0.text.uppercased()) }
            made.append(voice)
            return voice
        }
    }

    /// What became of a deferred, as words.
    private func end(_ deferred: Deferred<Voice>) -> String {
        do {
            _ = try deferred.resultNow()
            return "made"
        } catch ConnectFailure.refused(let endpoint, let cause) {
            return "\(endpoint) refused \(cause.code)"
        } catch ConnectFailure.timedOut(let endpoint) {
            return "\(endpoint) timed out"
        } catch {
            return "\(error)"
        }
    }

    @Test func clientsFindWhoListensByNameAndByAddress() throws {
        let test = try TestReactor()
        let network = MemoryNetwork(test)
        let (named, numbered) = (Voices(), Voices())
        let address = SocketAddress.ipv4(.loopback, port: 4000)
        let first = try network.server("mud.example").listen(with: named, on: test.reactor)
        let second = try network.server(address).listen(with: numbered, on: test.reactor)
        #expect(second.address == address && first.address != address)
        for (endpoint, voices, port) in [
            (network.client("mud.example"), named, first), (network.client(address), numbered, second),
            (network.client("127.0.0.1:4000"), numbered, second), (network.client(first.address), named, first),
        ] {
            let voice = Voice()
            let attempt = endpoint.connect(voice, on: test.reactor)
            #expect(!attempt.isFired, "never inside the call")
            test.settle()
            #expect(end(attempt) == "made" && voice.transport?.peer == port.address)
            #expect(voices.made.last?.transport?.peer == voice.transport?.host)
            voice.transport?.write("hello")
            test.settle()
            #expect(voice.text == "HELLO")
            voice.transport?.loseConnection()
            test.settle()
            #expect(voice.losses == 1 && voices.made.last?.losses == 1)
        }
        #expect(
            network.attempts.map(\.name) == ["mud.example", "127.0.0.1:4000", "127.0.0.1:4000", "\(first.address)"])
        #expect(network.attempts.allSatisfy { $0.state == .connected } && network.connections.count == 4)
        #expect(Set(named.peers + numbered.peers).count == 4, "every client has an address of its own")
        for port in [first, second] { port.stopListening() }
        #expect(test.leftovers.isEmpty)
    }

    @Test func refusalsAndTimeOutsAreTheFailuresOfSockets() throws {
        let test = try TestReactor()
        let network = MemoryNetwork(test)
        let address = SocketAddress.ipv4(.loopback, port: 4000)
        let port = try network.server(address).listen(with: Voices(), on: test.reactor)
        #expect(throws: ListenFailure.self) { try network.server(address).listen(with: Voices(), on: test.reactor) }
        network.fate = { attempt in
            switch attempt.number {
            case 1: .refuse(EHOSTUNREACH)
            case 2, 3, 4: .wait
            default: .accept
            }
        }
        let endpoint = network.client(address, timeout: .seconds(5))
        let attempts = (0..<5).map { _ in endpoint.connect(Voice(), on: test.reactor) }
        test.settle()
        #expect(attempts.map(\.isFired) == [true, false, false, false, true])
        attempts[1].whenDone { _ in }
        attempts[1].cancel()
        network.attempts[2].refuse(ECONNRESET)
        test.advance(by: .seconds(5))
        let place = "tcp:4000:interface=127.0.0.1"
        #expect(
            attempts.map(end) == [
                "\(place) refused \(EHOSTUNREACH)", "cancelled", "\(place) refused \(ECONNRESET)",
                "\(place) timed out", "made",
            ])
        #expect(
            network.attempts.map(\.state) == [
                .refused(EHOSTUNREACH), .cancelled, .refused(ECONNRESET), .timedOut, .connected,
            ])
        port.stopListening()
        let late = endpoint.connect(Voice(), on: test.reactor)
        test.settle()
        #expect(end(late) == "\(place) refused \(ECONNREFUSED)")
        network.connections[0].client.loseConnection()
        test.settle()
        #expect(test.leftovers.isEmpty)
    }

    @Test func aPausedPortLeavesAttemptsWaiting() throws {
        let test = try TestReactor()
        let network = MemoryNetwork(test)
        let voices = Voices()
        let port = try network.server("inn").listen(with: voices, on: test.reactor)
        port.pauseAccepting()
        let attempts = (0..<2).map { _ in network.client("inn").connect(Voice(), on: test.reactor) }
        test.settle()
        #expect(voices.made.isEmpty && !attempts.contains(where: \.isFired))
        #expect(test.leftovers.things.contains { $0.what == "listener in memory on inn" })
        port.resumeAccepting()
        #expect(attempts.map(end) == ["made", "made"] && voices.made.count == 2)

        port.pauseAccepting()
        let last = network.client("inn").connect(Voice(), on: test.reactor)
        test.settle()
        port.stopListening()
        #expect(end(last).hasSuffix("refused \(ECONNREFUSED)"), "the queue went with the port")
    }

    @Test func aFactorysNilTurnsThePeerAway() throws {
        let test = try TestReactor()
        let network = MemoryNetwork(test)
        let voices = Voices()
        voices.turnsAway = true
        let port = try network.server("inn").listen(with: voices, on: test.reactor)
        let voice = Voice()
        let attempt = network.client("inn").connect(voice, on: test.reactor)
        test.settle()
        #expect(end(attempt) == "made" && voice.losses == 1)
        port.stopListening()
        #expect(test.leftovers.isEmpty)
    }

    @Test func whoGivesUpWhileBeingConnectedIsAborted() throws {
        let test = try TestReactor()
        let network = MemoryNetwork(test)
        let voices = Voices()
        let port = try network.server("inn").listen(with: voices, on: test.reactor)
        let voice = Voice()
        var attempt: Deferred<Voice>?
        voice.onMade = { attempt?.cancel() }
        attempt = network.client("inn").connect(voice, on: test.reactor)
        attempt?.whenDone { _ in }
        test.settle()
        #expect(voice.losses == 1 && voices.made[0].losses == 1)
        port.stopListening()
        #expect(test.leftovers.isEmpty)
    }

    /// Much more than one delivery carries, against a reader that pauses, and until the cable breaks.
    @Test func passesCarryWhatThereIsInStepWithTheReader() throws {
        let test = try TestReactor()
        let network = MemoryNetwork(test)
        let voices = Voices()
        let port = try network.server("inn").listen(with: voices, on: test.reactor)
        let voice = Voice()
        _ = network.client("inn").connect(voice, on: test.reactor)
        test.settle()
        let server = voices.made[0]
        server.onData = { $0.transport?.pauseProducing() }
        voice.transport?.write([UInt8](repeating: 120, count: 200_000))
        test.settle()
        #expect(server.text.utf8.count == 65_536 && voice.transport?.bufferedByteCount == 200_000 - 65_536)
        server.onData = nil
        server.transport?.resumeProducing()
        test.settle()
        #expect(server.text.utf8.count == 200_000)
        network.connections[0].cut(after: 3, from: .client)
        voice.transport?.write("abcdef")
        test.settle()
        #expect(server.text.hasSuffix("xabc") && server.losses == 1 && voice.losses == 1)
        port.stopListening()
        #expect(test.leftovers.isEmpty)
    }
}
