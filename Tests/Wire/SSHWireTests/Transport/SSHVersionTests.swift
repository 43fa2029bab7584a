import Basics
import SSHKeys
import SSHWire
import Testing

struct SSHVersionTests {
    private func server() -> SSHTransport {
        var transport = SSHTransport(
            settings: SSHTransportSettings(role: .server, hostKeys: [SSHTransportPair.hostKey]))
        transport.start(now: .zero)
        return transport
    }

    private func client() -> SSHTransport {
        var transport = SSHTransport(settings: SSHTransportSettings(role: .client))
        transport.start(now: .zero)
        return transport
    }

    @Test func oursComesFirstWithNothingForbidden() {
        var settings = SSHTransportSettings(role: .server, hostKeys: [SSHTransportPair.hostKey])
        settings.software = "mudd\r\nevil\u{1B} " + String(repeating: "x", count: 500)
        var transport = SSHTransport(settings: settings)
        transport.start(now: .zero)
        let line = transport.takeOutput().prefix { $0 != 0x0A }
        #expect(line.starts(with: Array("SSH-2.0-muddevil xxx".utf8)))
        #expect(line.last == 0x0D && line.count + 1 <= SSHTransportLimits.versionOctets)
    }

    @Test(arguments: [
        "SSH-2.0-x\r\n", "SSH-2.0-x\n", "SSH-1.99-x y z\r\n", "SSH-2.0-" + String(repeating: "v", count: 245) + "\r\n",
    ])
    func versionsAreTaken(_ line: String) throws {
        for piece in [1, 1000] {
            var transport = server()
            let octets = Array(line.utf8)
            var events: [SSHTransportEvent] = []
            for start in stride(from: 0, to: octets.count, by: piece) {
                transport.receive(octets[start..<min(start + piece, octets.count)].span, now: .zero)
                while let event = try transport.nextEvent(now: .zero) { events.append(event) }
            }
            #expect(events == [.peerVersion(String(line.filter { !$0.isNewline }))])
        }
    }

    @Test(arguments: [
        "SSH-1.5-old\r\n", "SSH-2.0-\r\n", "GET / HTTP/1.1\r\n", "hello\nSSH-2.0-x\r\n", "SSH-2.0-\u{7}\r\n",
        "SSH-2.0-x\0\r\n",
        "\r\n", "SSH-2.0-" + String(repeating: "v", count: 248) + "\r\n",
    ])
    func otherLinesOfClientsAreRefused(_ line: String) {
        var transport = server()
        _ = transport.takeOutput()
        transport.receive(Array(line.utf8).span, now: .zero)
        #expect(
            performing: { try transport.nextEvent(now: .zero) },
            throws: { ($0 as? SSHFailure)?.reason == .versionNotSupported })
        #expect(transport.takeOutput().isEmpty)
    }

    @Test func aServerMaySpeakBeforeItsVersion() throws {
        var transport = client()
        transport.receive(Array("Welcome,\r\n\nstranger!\r\nSSH-2.0-x\r\n".utf8).span, now: .zero)
        #expect(try transport.nextEvent(now: .zero) == .peerVersion("SSH-2.0-x"))
    }

    /// A server that says no version is left in time, with what it said.
    @Test(arguments: [
        ("", "The other end has said nothing for 15 seconds."),
        ("220 mail.example ESMTP\r\n", "The other end does not speak SSH: it says “220 mail.example ESMTP”."),
        ("Welcome!\r\nName:\u{7} ", "The other end does not speak SSH: it says “Name:”."),
    ])
    func whoSpeaksNoSSHIsLeft(_ text: String, _ reason: String) throws {
        var transport = client()
        transport.receive(Array(text.utf8).span, now: .zero)
        #expect(try transport.nextEvent(now: .zero) == nil)
        let deadline = transport.nextDeadline
        let due = try #require(deadline)
        #expect(due == MonotonicInstant.zero.advanced(by: .seconds(15)))
        try transport.timePassed(now: due.advanced(by: .nanoseconds(-1)))
        #expect(throws: SSHFailure(.versionNotSupported, reason)) { try transport.timePassed(now: due) }
        let next = transport.nextDeadline
        #expect(next == nil)
    }

    @Test func telnetIsLeftAtOnce() {
        var transport = client()
        transport.receive([0xFF, 0xFD, 0x18, 0xFF, 0xFB, 0x01].span, now: .zero)
        #expect(
            throws: SSHFailure(.versionNotSupported, "The other end speaks Telnet, as it seems, and not SSH.")
        ) { try transport.nextEvent(now: .zero) }
    }

    /// A server that keeps the key exchange open with messages that say nothing ends the client as well.
    @Test func aServerMayNotKeepTheKeyExchangeOpen() throws {
        var transport = client()
        transport.receive(Array("SSH-2.0-x\r\n".utf8).span, now: .zero)
        #expect(try transport.nextEvent(now: .zero) == .peerVersion("SSH-2.0-x"))
        let due = MonotonicInstant.zero.advanced(by: .seconds(60))
        // IGNORE with an empty string: 5 octets and 6 of padding behind the length and that of the padding.
        let ignored: [UInt8] = [0, 0, 0, 12, 6, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        for second in 1..<60 {
            let now = MonotonicInstant.zero.advanced(by: .seconds(second))
            transport.receive(ignored.span, now: now)
            #expect(try transport.nextEvent(now: now) == nil)
            try transport.timePassed(now: now)
            let deadline = transport.nextDeadline
            #expect(deadline == due)
        }
        #expect(throws: SSHFailure(.keyExchangeFailed, "The key exchange took too long.")) {
            try transport.timePassed(now: due)
        }
    }

    @Test(arguments: [SSHRole.client, .server])
    func aFloodIsCut(_ role: SSHRole) {
        var transport = role == .client ? client() : server()
        let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 1024)
        var taken = 0
        var failure: SSHFailure?
        // A gibibyte, if nobody stopped it.
        while taken < 1 << 30, failure == nil {
            transport.receive(chunk.span, now: .zero)
            taken += chunk.count
            do throws(SSHFailure) { _ = try transport.nextEvent(now: .zero) } catch { failure = error }
        }
        #expect(failure?.reason == .versionNotSupported)
        #expect(taken <= SSHTransportLimits.greetingOctets)
    }

    @Test func aFloodOfLinesIsCut() {
        var transport = client()
        let chunk = Array(String(repeating: "hello\r\n", count: 100).utf8)
        var taken = 0
        var failure: SSHFailure?
        while taken < 1 << 30, failure == nil {
            transport.receive(chunk.span, now: .zero)
            taken += chunk.count
            do throws(SSHFailure) { _ = try transport.nextEvent(now: .zero) } catch { failure = error }
        }
        #expect(failure?.reason == .versionNotSupported)
        #expect(taken <= SSHTransportLimits.greetingOctets + chunk.count)
    }
}
