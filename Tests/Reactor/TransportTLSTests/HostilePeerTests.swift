import COpenSSL
import ReactorTesting
import Testing
import Transports

@testable import TransportTLS

@Suite struct HostilePeerTests {
    /// Has the client's engine begin another handshake message, and sends it.
    private func sendLateHandshake(_ pair: TLSPair, _ begin: (OpaquePointer) -> Void) {
        begin(pair.clientTLS.engine.ssl)
        _ = SSL_do_handshake(pair.clientTLS.engine.ssl)
        ERR_clear_error()
        pair.clientTLS.forwardOutput()
        pair.pump()
    }

    private func updateKeys(_ pair: TLSPair, _ answer: Int32 = SSL_KEY_UPDATE_NOT_REQUESTED) {
        sendLateHandshake(pair) { SSL_key_update($0, answer) }
    }

    @Test func whoSaysNothingCostsNoBuffers() throws {
        let pair = try TLSPair()
        pair.serverWire.connect(pair.serverTLS)
        pair.test.settle()
        // Only a handshake that has begun has memory for records.
        #expect(SSL_in_before(pair.serverTLS.engine.ssl) == 1)
        pair.serverWire.deliver([0x16])
        pair.test.settle()
        #expect(SSL_in_before(pair.serverTLS.engine.ssl) == 0)
    }

    @Test func keyUpdatesAreAllowedInModeration() throws {
        let pair = try TLSStreamTests.connected()
        for round in 0..<TLSLimits.lateHandshakeMessages {
            updateKeys(pair)
            pair.client.transport?.write("x")
            pair.pump()
            #expect(pair.server.receivedCount == round + 1)
        }
        pair.client.transport?.write([UInt8](repeating: 1, count: 1 << 20))
        pair.pump()
        for _ in 0..<10 { updateKeys(pair, SSL_KEY_UPDATE_REQUESTED) }
        #expect(pair.server.lossCount == 0 && pair.client.lossCount == 0)
    }

    @Test func aFloodOfKeyUpdatesEndsTheConnection() throws {
        let pair = try TLSStreamTests.connected()
        for _ in 0..<40 { updateKeys(pair) }
        #expect(pair.server.ending == "handshakeFlood" && pair.server.lossCount == 1)
    }

    @Test func aFloodWithDataInBetweenEndsTheConnectionToo() throws {
        let pair = try TLSStreamTests.connected()
        for _ in 0..<40 {
            SSL_key_update(pair.clientTLS.engine.ssl, SSL_KEY_UPDATE_NOT_REQUESTED)
            pair.client.transport?.write("x")
            pair.pump()
        }
        #expect(pair.server.ending == "handshakeFlood" && pair.server.lossCount == 1)
    }

    @Test func renegotiationIsRefused() throws {
        let pair = try TLSStreamTests.connected(.tls12)
        let before = pair.toClient.count
        sendLateHandshake(pair) {
            SSL_clear_options($0, UInt64(1) << 30)
            SSL_renegotiate($0)
        }
        #expect(pair.server.sessions.count == 1)
        #expect(pair.toClient.count - before < 100)
    }

    @Test func octetsBehindTheGoodbyeAreNotKept() throws {
        let pair = try TLSStreamTests.connected()
        pair.serverWire.isPeerReading = false
        pair.server.transport?.write([UInt8](repeating: 1, count: 500_000))
        pair.client.transport?.loseConnection()
        pair.test.settle()
        pair.serverWire.deliver(pair.clientWire.takeWritten())
        for _ in 0..<100 { pair.serverWire.deliver([UInt8](repeating: 0x17, count: 1000)) }
        pair.test.settle()
        #expect(pair.serverTLS.held.isEmpty && pair.server.received.isEmpty)
        pair.test.advance(by: .seconds(31))
        #expect(pair.server.lossCount == 1 && pair.server.ending == "timedOut")
    }

    @Test(arguments: [TLSVersion.tls12, .tls13], [true, false])
    func anyDamagedOctetOfAHandshakeEndsItInOrder(version: TLSVersion, isToServer: Bool) throws {
        let context = try TLSPair.clientContext { $0.versions = version...version }
        let server = try TLSPair.serverContext()
        let whole = try TLSPair(server: server, client: context)
        whole.connect()
        let count = isToServer ? whole.toServer.count : whole.toClient.count
        for position in stride(from: 0, to: count, by: 11) {
            let pair = try TLSPair(server: server, client: context)
            var passed = 0
            pair.connect { direction, bytes in
                guard direction == isToServer else { return }
                if bytes.indices.contains(position - passed) { bytes[position - passed] ^= 0x55 }
                passed += bytes.count
            }
            pair.test.advance(by: .seconds(40))
            #expect(pair.client.sessions.isEmpty || pair.server.sessions.isEmpty || pair.server.received.isEmpty)
            if pair.client.sessions.isEmpty { #expect(pair.client.lossCount == 1) }
            if pair.server.sessions.isEmpty { #expect(pair.server.lossCount == 1) }
        }
    }

    @Test func noErrorStaysBehind() throws {
        let pair = try TLSPair(name: "wrong.example")
        pair.connect()
        #expect(pair.client.ending == "wrongName")
        #expect(ERR_peek_error() == 0)
    }

    @Test func aTransportGoesWithItsConnection() throws {
        weak var transport: TLSTransport?
        weak var engine: TLSEngine?
        do {
            let pair = try TLSStreamTests.connected()
            transport = pair.serverTLS
            engine = pair.serverTLS.engine
            pair.client.transport?.loseConnection()
            pair.pump()
            #expect(pair.server.lossCount == 1)
        }
        #expect(transport == nil && engine == nil)
    }
}
