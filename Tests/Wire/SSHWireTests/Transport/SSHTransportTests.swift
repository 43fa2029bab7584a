import Basics
import SSHKeys
import SSHWire
import Testing

struct SSHTransportTests {
    @Test func theFirstKeyExchangeLeadsToTheLogin() {
        let pair = SSHTransportPair()
        pair.exchange()
        #expect(
            pair.clientEvents == [
                .peerVersion("SSH-2.0-mudd"), .hostKey(SSHTransportPair.hostKey.publicKey),
                .keysExchanged(isFirst: true),
                .serviceStarted,
            ])
        #expect(pair.serverEvents == [.peerVersion("SSH-2.0-mudd"), .keysExchanged(isFirst: true), .serviceStarted])
        #expect(pair.clientFailure == nil && pair.serverFailure == nil)
        #expect(pair.client.sessionID?.count == 32)
        #expect(pair.client.sessionID == pair.server.sessionID)
        #expect(pair.client.algorithms == pair.server.algorithms)
        #expect(pair.client.algorithms?.toServer.cipher == .chacha20Poly1305)
    }

    @Test(arguments: SSHKeyExchangeMethod.allCases.filter(\.isAvailable))
    func everyMethodOfKeyExchangeWorks(_ method: SSHKeyExchangeMethod) {
        var settings = SSHTransportSettings(role: .client)
        settings.algorithms.keyExchanges = [method]
        var server = SSHTransportSettings(role: .server, hostKeys: [SSHTransportPair.hostKey])
        #expect(server.algorithms.keyExchanges.contains(method) == !method.isOnNISTCurve)
        server.algorithms.keyExchanges = [method]
        let pair = SSHTransportPair.connected(client: settings, server: server)
        #expect(pair.client.algorithms?.keyExchange == method)
        expectMessagesToPass(pair)
    }

    @Test(arguments: SSHCipherName.allCases, SSHMACName.allCases)
    func everyCipherWorks(_ cipher: SSHCipherName, _ mac: SSHMACName) {
        var settings = SSHTransportSettings(role: .client)
        settings.algorithms.ciphers = [cipher]
        settings.algorithms.macs = [mac]
        let pair = SSHTransportPair.connected(client: settings)
        #expect(pair.client.algorithms?.toClient.cipher == cipher)
        #expect(pair.client.algorithms?.toClient.mac == (cipher.isAuthenticated ? nil : mac))
        expectMessagesToPass(pair)
        pair.client.rekey(now: pair.now)
        pair.exchange()
        expectMessagesToPass(pair)
    }

    @Test(arguments: [SSHSignatureAlgorithm.ecdsaP256, .ecdsaP384, .ecdsaP521, .rsaSHA512, .rsaSHA256])
    func everyHostKeyWorks(_ algorithm: SSHSignatureAlgorithm) throws {
        let key = try SSHPrivateKey.generate(algorithm.keyType, rsaBits: 2048)
        var settings = SSHTransportSettings(role: .client)
        settings.algorithms.hostKeys = [algorithm]
        let pair = SSHTransportPair.connected(
            client: settings, server: SSHTransportSettings(role: .server, hostKeys: [SSHTransportPair.hostKey, key]))
        #expect(pair.client.algorithms?.hostKey == algorithm)
        expectMessagesToPass(pair)
    }

    @Test(arguments: [1, 2, 3, 7, 64, 1000])
    func piecesMakeNoDifference(_ piece: Int) {
        let whole = SSHTransportPair()
        let dripped = SSHTransportPair()
        dripped.piece = piece
        for pair in [whole, dripped] {
            pair.exchange()
            pair.client.markAuthenticated()
            pair.server.markAuthenticated()
            pair.client.send(channelData(1, 5000))
            pair.client.rekey(now: pair.now)
            pair.server.send(channelData(2, 100))
            pair.exchange()
        }
        #expect(dripped.clientEvents == whole.clientEvents)
        #expect(dripped.serverEvents == whole.serverEvents)
        #expect(dripped.serverEvents.contains(.keysExchanged(isFirst: false)))
    }

    @Test func aCutAnywhereMakesNoDifference() {
        let whole = SSHTransportPair()
        whole.exchange()
        let count = whole.sent[.client] ?? 0
        #expect(count > 500)
        for cut in stride(from: 1, to: count, by: 5) {
            let pair = SSHTransportPair()
            var passed = 0
            var rest: [UInt8] = []
            // The octet of the cut and what follows come in a later round.
            pair.onTheWay = { role, octets in
                guard role == .client else { return octets }
                let all = rest + octets
                rest = []
                guard passed < cut, passed + all.count > cut else {
                    passed += all.count
                    return all
                }
                rest = Array(all[(cut - passed)...])
                let first = Array(all[..<(cut - passed)])
                passed = cut
                return first
            }
            pair.exchange()
            pair.exchange()
            #expect(pair.serverEvents == whole.serverEvents, "cut at \(cut)")
        }
    }

    @Test func aHostKeyThatIsNotBelievedEndsIt() {
        let pair = SSHTransportPair()
        pair.believesHostKeys = false
        pair.exchange()
        #expect(pair.clientEvents.last == .hostKey(SSHTransportPair.hostKey.publicKey))
        #expect(pair.client.nextDeadline == nil)
        #expect(pair.server.nextDeadline != nil)
        pair.client.disconnect(.hostKeyNotVerifiable, "No.\u{1B}[2J")
        pair.exchange()
        #expect(pair.serverEvents.last == .disconnected(.hostKeyNotVerifiable, "No.[2J"))
        #expect(!pair.serverEvents.contains(.keysExchanged(isFirst: true)))
        #expect(pair.server.nextDeadline == nil)
        pair.server.send(channelData(1))
        #expect(pair.server.takeOutput().isEmpty)
    }

    @Test func aServerTellsItsExtensions() {
        var settings = SSHTransportSettings(role: .server, hostKeys: [SSHTransportPair.hostKey])
        settings.signatureAlgorithms = [.ed25519, .rsaSHA512]
        let pair = SSHTransportPair.connected(server: settings)
        #expect(pair.client.peerExtensions["server-sig-algs"] == Array("ssh-ed25519,rsa-sha2-512".utf8))
        let isAsked = pair.client.ping([1, 2, 3])
        #expect(isAsked)
        pair.exchange()
        #expect(pair.clientEvents == [.pong([1, 2, 3])])
        let serverAsks = pair.server.ping([1])
        let asksTooMuch = pair.client.ping([UInt8](repeating: 0, count: SSHTransportLimits.pingOctets + 1))
        #expect(!serverAsks && !asksTooMuch)
    }

    @Test func endsWithNothingInCommonPart() {
        var settings = SSHTransportSettings(role: .client)
        settings.algorithms.ciphers = [.aes128GCM]
        var server = SSHTransportSettings(role: .server, hostKeys: [SSHTransportPair.hostKey])
        server.algorithms.ciphers = [.aes256CTR]
        let pair = SSHTransportPair(client: settings, server: server)
        pair.exchange()
        #expect(pair.serverFailure == SSHFailure(.keyExchangeFailed, "The ends have no cipher algorithm in common."))
        #expect(pair.clientFailure?.reason == .keyExchangeFailed)
    }

    @Test func whatIsNotKnownIsAnsweredByItsNumber() {
        let pair = SSHTransportPair.connected()
        pair.client.send([200, 1, 2])
        pair.client.send(channelData(1))
        pair.exchange()
        guard case .unimplemented(let number) = pair.clientEvents.first else {
            Issue.record("no answer")
            return
        }
        // The first packet under the first keys, which number packets anew, was the service's.
        #expect(number == 1)
        #expect(SSHTransportPair.messages(pair.serverEvents) == [channelData(1)])
    }

    @Test func loginMessagesEndWithTheLogin() {
        let pair = SSHTransportPair.connected()
        pair.client.send([SSHMessageNumber.loginRequest])
        pair.exchange()
        #expect(pair.serverEvents.isEmpty && pair.serverFailure == nil)
        pair.client.send([SSHMessageNumber.loginSuccess])
        pair.exchange()
        #expect(pair.serverFailure?.reason == .protocolError)
    }

    private func expectMessagesToPass(_ pair: SSHTransportPair, location: SourceLocation = #_sourceLocation) {
        pair.clientEvents = []
        pair.serverEvents = []
        let sizes = [1, 2, 7, 8, 15, 16, 17, 255, 256, 1000, 32_768]
        for size in sizes {
            pair.client.send(channelData(1, size))
            let body = [UInt8](repeating: 2, count: size)
            pair.server.send([SSHMessageNumber.channelData], followedBy: body.span)
        }
        pair.exchange()
        #expect(
            SSHTransportPair.messages(pair.serverEvents) == sizes.map { channelData(1, $0) }, sourceLocation: location)
        #expect(
            SSHTransportPair.messages(pair.clientEvents) == sizes.map { channelData(2, $0) }, sourceLocation: location)
        #expect(pair.clientFailure == nil && pair.serverFailure == nil, sourceLocation: location)
    }
}
