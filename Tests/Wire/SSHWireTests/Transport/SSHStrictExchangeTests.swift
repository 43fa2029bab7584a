import Basics
import SSHKeys
import Testing

@testable import SSHWire

/// What somebody between both ends can put into the first key exchange.
struct SSHStrictExchangeTests {
    private static let injections: [[UInt8]] = [
        // IGNORE, UNIMPLEMENTED, DEBUG, EXT_INFO, SERVICE_REQUEST and SERVICE_ACCEPT, a login's success, data, a ping.
        [2, 0, 0, 0, 0], [3, 0, 0, 0, 0], [4, 0, 0, 0, 0, 0, 0, 0, 0, 0], [7, 0, 0, 0, 0],
        [5, 0, 0, 0, 12] + Array("ssh-userauth".utf8), [6, 0, 0, 0, 12] + Array("ssh-userauth".utf8), [52],
        [94, 0, 0, 0, 0, 0, 0, 0, 0], [192, 0, 0, 0, 0], [22], [40], [99], [255],
    ]

    /// How NEWKEYS begins while nothing is encrypted, and its octets with the padding.
    private static let newKeysPacket: [UInt8] = [0, 0, 0, 12, 10, 21]
    private static let newKeysOctets = 16

    private func server() -> SSHTransport {
        SSHTransport(settings: SSHTransportSettings(role: .server, hostKeys: [SSHTransportPair.hostKey]))
    }

    private func client() -> SSHTransport { SSHTransport(settings: SSHTransportSettings(role: .client)) }

    @Test(arguments: injections)
    func nothingComesBeforeTheOffer(_ injected: [UInt8]) {
        for role in [SSHRole.client, .server] {
            var transport = role == .client ? client() : server()
            var peer = RawPeer(role.peer)
            peer.say(injected)
            peer.offer()
            #expect(peer.talk(to: &transport).failure?.reason == .protocolError, "\(injected) at the \(role)")
        }
    }

    @Test(arguments: injections)
    func nothingComesBetweenOfferAndValue(_ injected: [UInt8]) throws {
        for role in [SSHRole.client, .server] {
            var transport = role == .client ? client() : server()
            var peer = RawPeer(role.peer)
            peer.offer()
            peer.say(injected)
            if role == .server { try peer.value() }
            let outcome = peer.talk(to: &transport)
            #expect(outcome.failure?.reason == .protocolError, "\(injected) at the \(role)")
            #expect(!outcome.answers.contains(SSHMessageNumber.newKeys))
        }
    }

    @Test(arguments: injections)
    func nothingComesBetweenValueAndKeys(_ injected: [UInt8]) throws {
        var transport = server()
        var peer = RawPeer(.client)
        peer.offer()
        try peer.value()
        peer.say(injected)
        peer.say([SSHMessageNumber.newKeys])
        let outcome = peer.talk(to: &transport)
        #expect(outcome.failure?.reason == .protocolError)
        #expect(outcome.events == [.peerVersion("SSH-2.0-raw")])
    }

    @Test(arguments: injections)
    func nothingComesBetweenReplyAndKeys(_ injected: [UInt8]) {
        let pair = SSHTransportPair()
        pair.onTheWay = { role, octets in
            guard role == .server, let place = octets.firstRange(of: Self.newKeysPacket) else { return octets }
            var writer = SSHPacketWriter()
            writer.append(injected)
            // As in CVE-2023-48795: one packet goes in before the keys, and the first one under them is taken out.
            let end = place.lowerBound + Self.newKeysOctets
            return Array(octets[..<place.lowerBound]) + writer.takeOutput() + Array(octets[place.lowerBound..<end])
        }
        pair.exchange()
        #expect(pair.clientFailure?.reason == .protocolError)
        #expect(!pair.clientEvents.contains(.keysExchanged(isFirst: true)))
    }

    @Test func withoutStrictnessNoiseIsTaken() throws {
        var transport = server()
        var peer = RawPeer(.client)
        peer.say([2, 0, 0, 0, 0])
        peer.offer { $0.keyExchanges.removeAll { $0.hasPrefix("kex-strict") } }
        peer.say([4, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        try peer.value()
        let outcome = peer.talk(to: &transport)
        #expect(outcome.failure == nil)
        #expect(outcome.answers == [20, 31, 21])
        let isStrict = transport.isStrict
        #expect(!isStrict)
    }

    /// A packet that is dropped behind the first keys is missed.
    @Test func packetsAreNumberedAnewWithTheKeys() {
        let pair = SSHTransportPair()
        var dropped = 0
        pair.onTheWay = { role, octets in
            guard role == .server else { return octets }
            // The reply, NEWKEYS, and then EXT_INFO, which is the only thing encrypted there.
            guard let place = octets.firstRange(of: Self.newKeysPacket) else { return octets }
            dropped = octets.count - (place.lowerBound + Self.newKeysOctets)
            return Array(octets[..<(place.lowerBound + Self.newKeysOctets)])
        }
        pair.exchange()
        #expect(dropped > 0)
        #expect(pair.client.isStrict && pair.server.isStrict)
        #expect(pair.clientFailure == SSHFailure(.macError, "A packet is corrupt."))
        #expect(pair.client.peerExtensions.isEmpty)
    }

    @Test func aWrongGuessIsPassedOver() throws {
        var transport = server()
        var peer = RawPeer(.client)
        peer.offer {
            $0.keyExchanges.insert("guess-sha0", at: 0)
            $0.guesses = true
        }
        peer.say([SSHMessageNumber.exchangeInit, 1, 2, 3])
        try peer.value()
        let outcome = peer.talk(to: &transport)
        #expect(outcome.failure == nil)
        #expect(outcome.answers == [20, 31, 21])
    }

    @Test func aRightGuessIsTaken() throws {
        var transport = server()
        var peer = RawPeer(.client)
        peer.offer {
            $0.hostKeys = ["ssh-ed25519"]
            $0.guesses = true
        }
        var settings = SSHTransportSettings(role: .server, hostKeys: [SSHTransportPair.hostKey])
        settings.algorithms.keyExchanges = [.curve25519]
        transport = SSHTransport(settings: settings)
        try peer.value()
        #expect(peer.talk(to: &transport).answers == [20, 31, 21])
    }

    @Test func aSecondOfferIsRefused() {
        var transport = server()
        var peer = RawPeer(.client)
        peer.offer()
        peer.offer()
        #expect(peer.talk(to: &transport).failure?.reason == .protocolError)
    }

    @Test func badOffersAreRefused() {
        let good = SSHKeyExchangeOffer(SSHTransportSettings(role: .client), isFirst: true)
            .payload(cookie: [UInt8](repeating: 0, count: 16))
        var payloads = (1..<good.count).map { Array(good[..<$0]) }
        payloads.append(good + [0])
        // A list that is longer than all, and one with a control character.
        payloads.append(Array(good[..<17]) + [0xFF, 0xFF, 0xFF, 0xFF] + good[21...])
        payloads.append(Array(good[..<21]) + [7] + good[22...])
        for payload in payloads {
            #expect(throws: SSHFailure.malformed("KEXINIT"), "\(payload.count) octets") {
                try SSHKeyExchangeOffer(payload: payload)
            }
        }
    }

    @Test func aValueThatIsNoPointIsRefused() {
        var transport = server()
        var peer = RawPeer(.client)
        peer.offer()
        peer.say([SSHMessageNumber.exchangeInit, 0, 0, 0, 32] + [UInt8](repeating: 0, count: 32))
        #expect(peer.talk(to: &transport).failure == .badExchangeValue)
    }

    @Test func aServerHasToProveItsKey() throws {
        let pair = SSHTransportPair()
        pair.onTheWay = { role, octets in
            guard role == .server, let place = octets.firstRange(of: Array("ssh-ed25519".utf8) + [0, 0, 0, 64]) else {
                return octets
            }
            var changed = octets
            changed[place.upperBound + 5] ^= 1
            return changed
        }
        pair.exchange()
        #expect(pair.clientFailure == SSHFailure(.keyExchangeFailed, "The server has not proven its host key."))
        #expect(!pair.clientEvents.contains(.hostKey(SSHTransportPair.hostKey.publicKey)))
    }
}
