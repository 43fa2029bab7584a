import Basics

@testable import SSHWire

/// An end that keeps to no rule: it says its version, and packets of any content that nothing protects.
struct RawPeer: ~Copyable {
    private var writer = SSHPacketWriter()
    private let role: SSHRole

    init(_ role: SSHRole, version: String = "SSH-2.0-raw") {
        self.role = role
        writer.appendLine(Array("\(version)\r\n".utf8))
    }

    mutating func say(_ payload: [UInt8]) { writer.append(payload) }

    /// Offers what everybody does, as changed.
    mutating func offer(_ change: (inout SSHKeyExchangeOffer) -> Void = { _ in }) {
        let settings = SSHTransportSettings(
            role: role, hostKeys: role == .server ? [SSHTransportPair.hostKey] : [])
        var offer = SSHKeyExchangeOffer(settings, isFirst: true)
        // Its value is always one of X25519.
        offer.keyExchanges.removeAll { $0.hasPrefix("mlkem") }
        change(&offer)
        say(offer.payload(cookie: [UInt8](repeating: 0, count: 16)))
    }

    /// A client's half of an exchange by X25519.
    mutating func value() throws {
        say([SSHMessageNumber.exchangeInit, 0, 0, 0, 32] + (try SSHEphemeralKey(.x25519).publicValue))
    }

    mutating func takeOutput() -> [UInt8] { writer.takeOutput() }

    /// What a transport says to the octets of this end.
    ///
    /// - Returns: Why it ended, its events, and the numbers of the messages it sent before anything was encrypted.
    mutating func talk(
        to transport: inout SSHTransport
    ) -> (failure: SSHFailure?, events: [SSHTransportEvent], answers: [UInt8]) {
        transport.start(now: .zero)
        transport.receive(takeOutput().span, now: .zero)
        var events: [SSHTransportEvent] = []
        var failure: SSHFailure?
        do throws(SSHFailure) {
            while let event = try transport.nextEvent(now: .zero) { events.append(event) }
        } catch {
            failure = error
        }
        var reader = SSHPacketReader()
        reader.receive(transport.takeOutput().span)
        _ = try? reader.line(limit: 255)
        var answers: [UInt8] = []
        while answers.last != SSHMessageNumber.newKeys, let payload = try? reader.next() { answers.append(payload[0]) }
        return (failure, events, answers)
    }
}
