import Basics
import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import ChatPeers

@Suite("IRC client fuzz")
struct IRCClientFuzzTests {
    private static let lines = [
        ":irc.test CAP * LS * :a=b,c sasl=PLAIN", ":irc.test CAP * ACK :multi-prefix -x ~y",
        ":irc.test CAP Heron NEW :batch",
        ":irc.test CAP Heron DEL :batch", "AUTHENTICATE +", "AUTHENTICATE cj1hLHM9YixpPTQwOTY=", ":irc.test 903 * :ok",
        ":irc.test 005 Heron PREFIX=(ov)@+ CHANMODES=b,k,l,imn CASEMAPPING=ascii STATUSMSG=@+ :are",
        ":irc.test 001 Heron :hi",
        ":Heron!h@h JOIN #a", ":Ada!a@b JOIN #a ada :Ada", ":irc.test 353 Heron = #a :@+Ada!a@b Heron",
        ":irc.test 366 Heron #a :End",
        ":Ada!a@b MODE #a +ov-k Ada Ada key", ":irc.test 324 Heron #a +kl key 5",
        ":Ada!a@b PRIVMSG @#a :\u{1}ACTION x\u{1}",
        ":Ada!a@b NICK Byron", ":Byron!a@b QUIT :x", ":Ada!a@b KICK #a Heron :x", ":irc.test BATCH +1 chathistory #a",
        "@batch=1;msgid=2;time=2026-11-30T12:00:00.000Z :Ada!a@b PRIVMSG #a :old", ":irc.test BATCH -1",
        ":irc.test BATCH +2 draft/multiline #a", "@batch=2;draft/multiline-concat :Ada!a@b PRIVMSG #a :x",
        ":irc.test BATCH -2",
        "@label=r1 :irc.test BATCH +3 labeled-response", "@batch=3 :irc.test 311 Heron Ada a b * :Ada",
        ":irc.test BATCH -3",
        "@label=r1 ACK", "PING :x", ":irc.test PONG irc.test before-1", "FAIL JOIN X #a :no",
        ":irc.test 433 * Heron :used",
        ":irc.test 730 Heron :Ada!a@b,Ben", ":Ada!a@b CHGHOST x y", ":Ada!a@b AWAY :x",
        "@a=\\;b\\:;+c/d=e :x TAGMSG #a",
    ]

    /// A line with some of its octets otherwise, or pieces of two lines.
    private func mutated(_ random: inout SeededGenerator) -> [UInt8] {
        var octets = Array(Self.lines[Int.random(in: 0..<Self.lines.count, using: &random)].utf8)
        for _ in 0..<Int.random(in: 0...4, using: &random) where !octets.isEmpty {
            let place = Int.random(in: 0..<octets.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: octets[place] = UInt8.random(in: 0...255, using: &random)
            case 1: octets.remove(at: place)
            case 2: octets.insert(contentsOf: [0x20, 0x3A, 0x40, 0x2B, 0x2D].shuffled(using: &random), at: place)
            case 3: octets.removeSubrange(place...)
            default:
                let other = Array(Self.lines[Int.random(in: 0..<Self.lines.count, using: &random)].utf8)
                octets.replaceSubrange(place..., with: other[min(place, other.count)...])
            }
        }
        return octets + [0x0D, 0x0A]
    }

    @Test("No lines of a hostile server make the client trap, or talk without end", arguments: 0..<40 as Range<UInt64>)
    func hostile(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let stage = try ClientStage {
            $0.login = .scram(name: "a", password: "b")
            $0.needsLogin = false
            $0.channels = [IRCClientChannel("#a")]
        }
        if seed.isMultiple(of: 2) {
            stage.begin(capabilities: "labeled-response batch message-tags draft/chathistory draft/multiline")
        } else {
            stage.client.start()
            stage.test.settle()
        }
        let rounds = 100
        for _ in 0..<rounds {
            if stage.client.isRegistered {
                stage.client.whois("Ada").whenDone { _ in }
                try? stage.client.say("x\ny", to: "#a")
            }
            let octets = mutated(&random)
            stage.server.transport?.write(octets)
            stage.test.settle()
            if stage.server.transport == nil { stage.test.advance(by: .seconds(70)) }
        }
        // A round asks one thing, says two lines, answers one, and may register anew.
        #expect(stage.server.lines.count < 20 * rounds)
    }
}
