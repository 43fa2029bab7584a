import AuditCore
import Basics
import CredentialCore
import SASLWire
import Testing
import WorldModel

@testable import IRCGateway

/// Coming in by SASL.
@Suite struct IRCLoginTests {
    /// What stands in a line of `AUTHENTICATE`.
    private func octets(_ lines: [String]) throws -> [UInt8] {
        let line = try #require(lines.last { $0.hasPrefix("AUTHENTICATE ") || $0.contains(" AUTHENTICATE ") })
        let word = try #require(line.split(separator: " ").last)
        return word == "+" ? [] : try #require(Base64.decode(word.utf8))
    }

    private func line(_ octets: [UInt8]) -> String {
        "AUTHENTICATE " + (octets.isEmpty ? "+" : Base64.text(octets))
    }

    /// The password of a program that somebody has had made by way of their query with the game.
    private func makePassword(_ stage: IRCStage) throws -> String {
        let (client, _) = try stage.enter("ada")
        let asked = client.send("PRIVMSG *game :app-password add irc")
        #expect(asked.contains { $0.hasSuffix(":Your present password:") }, "\(asked)")
        let told = client.send("PRIVMSG *game :\(IRCStage.password)")
        let words = told.joined(separator: " ").split(whereSeparator: { $0 == " " || $0 == "\u{2}" || $0 == "\u{F}" })
        client.send("QUIT")
        return String(try #require(words.first { $0.count == 23 && $0.filter { $0 == "-" }.count == 3 }, "\(told)"))
    }

    @Test func whatIsOfferedIsThere() throws {
        let client = try IRCStage().connect()
        let list = client.send("CAP LS 302").joined()
        #expect(list.contains(" sasl=SCRAM-SHA-256,PLAIN "), "\(list)")
    }

    @Test func aPasswordMadeForIRCLetsInWithoutBeingSent() throws {
        let stage = try IRCStage()
        let password = try makePassword(stage)
        for (text, isRight) in [(password, true), (IRCStage.password, false)] {
            let client = try stage.connect()
            var scram = try SCRAMClient(
                name: "ada", password: text, authorizationIdentity: nil, channel: nil, nonce: nil)
            client.send("CAP REQ sasl", "NICK ada", "USER ada 0 * :Ada")
            _ = client.send("AUTHENTICATE SCRAM-SHA-256")
            let challenge = try octets(client.send(line(scram.first())))
            let answer = client.send(line(try scram.receive(challenge: challenge)))
            guard isRight else {
                #expect(answer.contains { $0.contains(" 904 ") })
                continue
            }
            try scram.receive(final: try octets(answer))
            #expect(client.send("AUTHENTICATE +").contains { $0.contains(" 903 ") })
            #expect(client.send("CAP END").contains { $0.hasPrefix(":irc.test 001 Ada :") })
        }
        #expect(stage.audited.contains { $0.detail.hasPrefix("application password irc ") && $0.outcome == .done })
    }

    @Test func itMayBeSentAsWell() throws {
        let stage = try IRCStage()
        let password = try makePassword(stage)
        let client = try stage.connect()
        let answer = client.send("PASS :\(password)", "NICK ada", "USER ada 0 * :Ada")
        #expect(answer.contains { $0.hasPrefix(":irc.test 001 Ada :") })
    }

    /// Nobody hears what a dialogue asks for.
    @Test func anAnswerIsNotSaidAloud() throws {
        let stage = try IRCStage()
        let (ada, _) = try stage.enter("ada")
        let (ben, _) = try stage.enter("ben")
        for client in [ada, ben] { client.send("JOIN #here") }
        ada.send("PRIVMSG #here :.app-password add irc")
        ada.send("PRIVMSG #here :\(IRCStage.password)")
        ada.send("PRIVMSG #here :well then")
        let heard = ben.settle().filter { $0.contains("PRIVMSG #here") }
        #expect(heard.count == 1 && heard.first?.hasSuffix(":well then") == true, "\(heard)")
    }
}
