import IRCWire
import Testing

@testable import ChatPeers

@Suite("IRC client registration")
struct IRCClientRegistrationTests {
    /// A registration that is told lines, and what it wants to be done, as text.
    private final class Stage {
        var machine: IRCClientRegistration

        init(isEncrypted: Bool = false, _ change: (inout IRCClientSettings) -> Void = { _ in }) {
            var settings = IRCClientSettings(nick: "Heron")
            change(&settings)
            machine = IRCClientRegistration(settings, isEncrypted: isEncrypted)
            _ = machine.start()
        }

        func tell(_ lines: String...) throws -> [String] {
            var words: [String] = []
            for line in lines { words += machine.receive(try IRCMessage(parsing: line)).map(Self.text) }
            return words
        }

        static func text(_ step: IRCClientRegistration.Step) -> String {
            if case .send(let command, let parameters) = step { return "\(IRCMessage(command, parameters))" }
            return "\(step)"
        }
    }

    @Test("Capabilities come in several lines, with values, and go later")
    func capabilities() throws {
        let stage = Stage()
        #expect(try stage.tell(":s CAP * LS * :batch sts=port=6697") == [])
        #expect(
            try stage.tell(":s CAP * LS :draft/multiline=max-bytes=100 other") == [
                "strictTransport(port: 6697)", "CAP REQ :batch draft/multiline",
            ])
        #expect(stage.machine.offered[.multiline] == "max-bytes=100")
        #expect(
            try stage.tell(":s CAP * ACK :batch draft/multiline ") == [
                "capabilitiesChanged(enabled: batch draft/multiline, disabled: )", "CAP END",
            ])
        #expect(try stage.tell(":s 001 Egret :Welcome") == [#"welcomed(nick: "Egret")"#])
        #expect(try stage.tell(":s CAP Egret NEW :setname unknown batch") == ["CAP REQ setname"])
        #expect(
            try stage.tell(":s CAP Egret ACK :setname") == ["capabilitiesChanged(enabled: setname, disabled: )"]
        )
        #expect(
            try stage.tell(":s CAP Egret DEL :batch unknown") == [
                "capabilitiesChanged(enabled: , disabled: batch)"
            ])
        #expect(stage.machine.enabled == [.multiline, .setname])
    }

    @Test("What the server refuses is gone without")
    func refusedCapabilities() throws {
        let stage = Stage()
        #expect(try stage.tell(":s CAP * LS :batch") == ["CAP REQ batch"])
        #expect(try stage.tell(":s CAP * NAK :batch") == ["CAP END"])
        #expect(stage.machine.enabled.isEmpty)
    }

    @Test("A certificate is enough where the channel is encrypted")
    func external() throws {
        let stage = Stage(isEncrypted: true) { $0.login = .external(name: nil) }
        #expect(try stage.tell(":s CAP * LS :sasl=PLAIN,EXTERNAL sts=port=6697") == ["CAP REQ sasl"])
        #expect(
            try stage.tell(":s CAP * ACK :sasl").suffix(2) == [
                #"authenticate(mechanism: "EXTERNAL")"#, "AUTHENTICATE EXTERNAL",
            ])
        #expect(try stage.tell("AUTHENTICATE +") == ["challenge(+)"])
        #expect(try stage.tell(":s 903 * :ok") == ["authenticated"])
        #expect(stage.machine.accept().map(Stage.text) == ["CAP END"])
    }

    @Test("The next mechanism follows one that is refused, as far as the server has it")
    func mechanisms() throws {
        let stage = Stage(isEncrypted: true) { $0.login = .password(name: "a", password: "b") }
        _ = try stage.tell(":s CAP * LS :sasl")
        #expect(try stage.tell(":s CAP * ACK :sasl").last == "AUTHENTICATE SCRAM-SHA-256")
        #expect(
            try stage.tell(":s 908 * PLAIN,OTHER :are available", ":s 904 * :failed") == [
                #"loginFailed("failed")"#, #"authenticate(mechanism: "PLAIN")"#, "AUTHENTICATE PLAIN",
            ])
        let last = try stage.tell(":s 904 * :failed again")
        #expect(last.count == 2 && last[1].hasPrefix("fail("))
    }

    @Test("What cannot be part of a line is not sent")
    func malformed() {
        for nick in ["", "a b", ":a", "a\r\nb"] {
            let machine = IRCClientRegistration(IRCClientSettings(nick: nick, user: "u"), isEncrypted: false)
            #expect(machine.start() == [.fail(.malformed("the nick"))])
        }
        var settings = IRCClientSettings(nick: "a")
        settings.serverPassword = "x\ny"
        #expect(
            IRCClientRegistration(settings, isEncrypted: false).start() == [.fail(.malformed("the server's password"))])
    }

    @Test("A server with capabilities without end is remembered no further than that")
    func bounds() throws {
        let stage = Stage()
        for number in 0..<100 {
            let names = (0..<20).map { "x\(number)-\($0)" }.joined(separator: " ")
            #expect(try stage.tell(":s CAP * LS * :batch=\(number) \(names)") == [])
        }
        #expect(stage.machine.offered == [.batch: "99"])
    }
}
