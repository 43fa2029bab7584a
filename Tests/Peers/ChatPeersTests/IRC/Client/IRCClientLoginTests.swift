import Basics
import CredentialCore
import IRCWire
import ReactorCore
import ReactorTesting
import Testing

@testable import ChatPeers

@Suite("IRC client login")
struct IRCClientLoginTests {
    private func base64(_ text: String) -> String { Base64.text(Array(text.utf8)) }

    @Test("PLAIN goes before the end of the negotiation")
    func plain() throws {
        let stage = try ClientStage { $0.login = .plain(name: "heron", password: "secret") }
        stage.server.serve(capabilities: "sasl=PLAIN,EXTERNAL")
        let ordinary = stage.server.answer
        let message = base64("\u{0}heron\u{0}secret")
        stage.server.answer = { line in
            switch line {
            case "AUTHENTICATE PLAIN": ["AUTHENTICATE +"]
            case "AUTHENTICATE \(message)":
                [
                    ":irc.test 900 * *!*@* heron :You are now logged in as heron",
                    ":irc.test 903 * :SASL authentication successful",
                ]
            default: ordinary(line)
            }
        }
        stage.client.start()
        stage.test.settle()
        #expect(
            stage.server.takeLines().suffix(4) == [
                "CAP REQ sasl", "AUTHENTICATE PLAIN", "AUTHENTICATE \(message)", "CAP END",
            ])
        #expect(stage.client.isRegistered && stage.client.view.account == "heron")
        #expect(stage.takeEvents().contains(.loggedIn(account: "heron")))
    }

    @Test("A password is not shown in clear where nothing is encrypted")
    func inClear() throws {
        let stage = try ClientStage { $0.login = .password(name: "heron", password: "secret") }
        stage.server.serve(capabilities: "sasl=PLAIN")
        stage.client.start()
        stage.test.settle()
        #expect(!stage.server.takeLines().contains { $0.hasPrefix("AUTHENTICATE") })
        #expect(!stage.client.isRegistered)
    }

    @Test("A login that fails ends the connection, unless it is not needed", arguments: [true, false])
    func failing(isNeeded: Bool) throws {
        let stage = try ClientStage {
            $0.login = .plain(name: "heron", password: "wrong")
            $0.needsLogin = isNeeded
        }
        stage.server.serve(capabilities: "sasl=PLAIN")
        let ordinary = stage.server.answer
        stage.server.answer = { line in
            if line == "AUTHENTICATE PLAIN" { return ["AUTHENTICATE +"] }
            return line.hasPrefix("AUTHENTICATE") ? [":irc.test 904 * :SASL authentication failed"] : ordinary(line)
        }
        stage.client.start()
        stage.test.settle()
        #expect(stage.client.isRegistered == !isNeeded)
        #expect(stage.takeEvents().contains(.loginFailed("SASL authentication failed")))
    }

    /// A server that has the secret of a password, or only says so.
    private func serveSCRAM(_ stage: ClientStage, password: String, isHonest: Bool = true) throws {
        stage.server.serve(capabilities: "sasl=SCRAM-SHA-256,PLAIN")
        let ordinary = stage.server.answer
        let secret = try SCRAMSecret(password: password, iterations: SCRAMSecret.fewestIterations)
        var scram = try SCRAMServer(decoyKey: [1])
        var isSecond = false
        stage.server.answer = { line in
            guard line.hasPrefix("AUTHENTICATE ") else { return ordinary(line) }
            let word = String(line.dropFirst("AUTHENTICATE ".count))
            let success = [":irc.test 903 * :SASL authentication successful"]
            switch word {
            case "SCRAM-SHA-256": return ["AUTHENTICATE +"]
            case "+": return success
            case "*": return [":irc.test 906 * :SASL authentication aborted"]
            default: break
            }
            if isSecond, !isHonest { return success }
            isSecond = true
            var step = scram.receive(Base64.decode(Array(word.utf8)) ?? [])
            if case .lookUp = step { step = scram.answer(secret: secret) }
            switch step {
            case .challenge(let octets), .accepted(let octets, _, _), .refused(let octets):
                return ["AUTHENTICATE " + Base64.text(octets)]
            case .lookUp: return []
            }
        }
        stage.client.start()
    }

    @Test("SCRAM proves both sides, on another thread")
    func scram() throws {
        let stage = try ClientStage { $0.login = .password(name: "heron", password: "secret") }
        try serveSCRAM(stage, password: "secret")
        #expect(stage.test.run { stage.client.isRegistered })
        #expect(!stage.server.takeLines().contains { $0.contains(base64("secret")) })
    }

    @Test("A server that does not know the password is not believed", arguments: [true, false])
    func impostor(proves: Bool) throws {
        let stage = try ClientStage { $0.login = .scram(name: "heron", password: "secret") }
        try serveSCRAM(stage, password: "other", isHonest: proves)
        #expect(stage.test.run { stage.events.contains { if case .disconnected = $0 { true } else { false } } })
        #expect(!stage.client.isRegistered)
    }
}
