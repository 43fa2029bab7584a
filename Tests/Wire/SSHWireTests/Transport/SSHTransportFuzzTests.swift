import Basics
import SSHWire
import Testing

/// Random input makes an end fail or wait; it never stops the program, and never opens a door.
struct SSHTransportFuzzTests {
    @Test(arguments: UInt64(1)...40)
    func damagedConversationsEnd(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pair = SSHTransportPair()
        pair.piece = Int.random(in: 1...400, using: &random)
        let victim: SSHRole = Bool.random(using: &random) ? .client : .server
        var generator = random
        pair.onTheWay = { role, octets in
            guard role != victim, !octets.isEmpty else { return octets }
            var changed = octets
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<changed.count, using: &generator)
                switch Int.random(in: 0...3, using: &generator) {
                case 0: changed[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
                case 1: changed.remove(at: place)
                case 2: changed.insert(.random(in: 0...255, using: &generator), at: place)
                default: changed.removeSubrange(place...)
                }
                if changed.isEmpty { break }
            }
            return changed
        }
        pair.exchange()
        // Whoever alters anything behind the version's comment breaks the exchange hash or a code.
        let victimStarted = victim == .client ? pair.clientEvents : pair.serverEvents
        if victimStarted.contains(.serviceStarted) { #expect(pair.clientFailure == nil) }
    }

    @Test(arguments: UInt64(1)...40)
    func randomPayloadsEndOrAreRefused(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pair = SSHTransportPair.connected()
        for _ in 0..<200 where pair.serverFailure == nil && pair.clientFailure == nil {
            let number = UInt8.random(in: 0...255, using: &random)
            let count = Int.random(in: 0...40, using: &random)
            let payload = [number] + (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            if Bool.random(using: &random) { pair.client.send(payload) } else { pair.server.send(payload) }
            pair.exchange()
        }
        #expect(pair.clientEvents.count < 1000)
    }

    @Test(arguments: UInt64(1)...40)
    func noiseBehindTheVersionEnds(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for role in [SSHRole.client, .server] {
            let keys = role == .server ? [SSHTransportPair.hostKey] : []
            var transport = SSHTransport(settings: SSHTransportSettings(role: role, hostKeys: keys))
            transport.start(now: .zero)
            transport.receive(Array("SSH-2.0-noise\r\n".utf8).span, now: .zero)
            var failure: SSHFailure?
            var fed = 0
            do throws(SSHFailure) {
                while fed < 200_000 {
                    let chunk = (0..<Int.random(in: 1...600, using: &random)).map { _ in
                        UInt8.random(in: 0...255, using: &random)
                    }
                    transport.receive(chunk.span, now: .zero)
                    fed += chunk.count
                    while try transport.nextEvent(now: .zero) != nil {}
                }
            } catch {
                failure = error
            }
            #expect(failure?.reason == .protocolError)
            #expect(fed < 40_000)
        }
    }
}
