import Basics
import SSHKeys
import SSHWire
import Testing

/// The code of the article on the room, so that it compiles and does what the article says.
struct SSHWireArticleTests {
    // snippet: ssh-wire-transport
    /// Takes what arrived, and returns messages of the login or the connection; afterwards `takeOutput()` is to be written.
    func messages(
        in octets: [UInt8], to transport: inout SSHTransport, at now: MonotonicInstant, believing known: SSHPublicKey
    ) throws(SSHFailure) -> [[UInt8]] {
        var messages: [[UInt8]] = []
        transport.receive(octets.span, now: now)
        while let event = try transport.nextEvent(now: now) {
            switch event {
            case .hostKey(let key) where key == known: try transport.acceptHostKey(now: now)
            case .hostKey: throw SSHFailure(.hostKeyNotVerifiable, "The host key is another one.")
            case .message(let message): messages.append(message)
            case .peerVersion, .keysExchanged, .serviceStarted, .pong, .unimplemented, .disconnected: break
            }
        }
        return messages
    }
    // snippet ends

    @Test func bothEndsMeet() throws {
        let key = SSHTransportPair.hostKey
        // snippet: ssh-wire-settings
        var server = SSHTransport(settings: SSHTransportSettings(role: .server, hostKeys: [key]))
        var settings = SSHTransportSettings(role: .client)
        settings.algorithms.ciphers = [.aes256GCM, .chacha20Poly1305]
        settings.rekeyOctets = 256 << 20
        var client = SSHTransport(settings: settings)
        // snippet ends
        client.start(now: .zero)
        server.start(now: .zero)
        for _ in 0..<4 {
            let fromClient = client.takeOutput()
            let fromServer = server.takeOutput()
            let toServer = try messages(in: fromClient, to: &server, at: .zero, believing: key.publicKey)
            let toClient = try messages(in: fromServer, to: &client, at: .zero, believing: key.publicKey)
            #expect(toServer.isEmpty && toClient.isEmpty)
        }
        let session = client.sessionID
        #expect(session != nil && server.sessionID == session)
        #expect(client.algorithms?.toServer.cipher == .aes256GCM)
    }
}
