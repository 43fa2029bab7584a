import Testing

@testable import IRCWire

@Suite("Capabilities of a client")
struct IRCCapabilityNegotiationTests {
    private let offers = [
        IRCCapabilityOffer(.batch), IRCCapabilityOffer(.sasl, value: "PLAIN,EXTERNAL"),
        IRCCapabilityOffer(.sts, value: "x"),
    ]
    private var machine = IRCCapabilityNegotiation()

    private mutating func receive(_ words: IRCParameter...) throws -> [IRCCapabilityEvent] {
        machine.receive(try IRCCapabilityRequest(words), offers: offers, isRegistered: false)
    }

    @Test("values are for version 302, which turns on cap-notify")
    mutating func versions() throws {
        #expect(try receive("LS") == [.available("batch sasl sts", isLast: true)])
        #expect(!machine.enabled.contains(.capNotify))
        #expect(try receive("LS", "302") == [.available("batch sasl=PLAIN,EXTERNAL sts=x", isLast: true)])
        #expect(machine.enabled.contains(.capNotify))
        #expect(try receive("LS", "301") == [.available("batch sasl=PLAIN,EXTERNAL sts=x", isLast: true)])
    }

    @Test("registration waits for the end")
    mutating func suspends() throws {
        #expect(!machine.isSuspending)
        _ = try receive("LS")
        #expect(machine.isSuspending)
        #expect(try receive("END") == [])
        #expect(!machine.isSuspending)
        _ = try receive("REQ", "batch")
        #expect(machine.isSuspending)
        _ = machine.receive(.available(version: 302), offers: offers, isRegistered: true)
        #expect(!machine.isSuspending)
    }

    @Test("all of a request, or nothing")
    mutating func atomic() throws {
        #expect(try receive("REQ", "batch frob") == [.refused("batch frob")])
        #expect(machine.enabled.isEmpty)
        #expect(try receive("REQ", "batch sasl") == [.acknowledged("batch sasl")])
        #expect(machine.enabled == [.batch, .sasl])
        #expect(try receive("REQ", "-batch sts") == [.refused("-batch sts")])
        #expect(try receive("REQ", "-batch") == [.acknowledged("-batch")])
        #expect(machine.enabled == [.sasl])
        #expect(try receive("LIST") == [.enabled("sasl", isLast: true)])
    }

    @Test("what is not offered is refused")
    mutating func notOffered() throws {
        #expect(try receive("REQ", "echo-message") == [.refused("echo-message")])
        #expect(try receive("REQ", "") == [.acknowledged("")])
    }

    @Test("cap-notify stays on from version 302 on")
    mutating func capNotify() throws {
        #expect(try receive("REQ", "cap-notify") == [.acknowledged("cap-notify")])
        #expect(try receive("REQ", "-cap-notify") == [.acknowledged("-cap-notify")])
        _ = try receive("LS", "302")
        #expect(try receive("REQ", "-cap-notify") == [.refused("-cap-notify")])
    }

    @Test("a long list takes several lines from version 302 on")
    mutating func longList() throws {
        let long = [
            IRCCapabilityOffer(.sasl, value: String(repeating: "x", count: 300)), IRCCapabilityOffer(.batch),
            IRCCapabilityOffer(.multiline, value: String(repeating: "y", count: 300)),
        ]
        let events = machine.receive(.available(version: 302), offers: long, isRegistered: false)
        #expect(events.count == 3 || events.count == 2)
        guard case .available(_, isLast: false) = events.first, case .available(_, isLast: true) = events.last else {
            Issue.record("only the last line ends the list")
            return
        }
    }

    @Test("changes are told to those who listen, and what is gone is off")
    mutating func announcements() throws {
        _ = try receive("REQ", "sasl")
        #expect(machine.announce(added: [IRCCapabilityOffer(.batch)], removed: [.sasl]) == [])
        #expect(machine.enabled.isEmpty)
        _ = try receive("LS", "302")
        #expect(
            machine.announce(added: [IRCCapabilityOffer(.sasl, value: "PLAIN")], removed: [.batch])
                == [.removed("batch"), .new("sasl=PLAIN")])
    }
}
