import CredentialCore
import ReactorTesting
import Testing

@testable import ChatPeers

struct IRCNetworkOperatorsTests {
    private func stage() throws -> (IRCNetworkStage, IRCTypist) {
        let stored = try PasswordHasher.hash("sesame", cost: .trivial)
        let stage = try IRCNetworkStage { $0.operators = [.init(name: "root", storedPassword: stored)] }
        let ann = stage.enter("ann")
        #expect(ann.words(of: "OPER root sesame") == ["381", "MODE"])
        return (stage, ann)
    }

    @Test func passwordsAreChecked() throws {
        let (stage, _) = try stage()
        let bob = stage.enter("bob")
        #expect(bob.words(of: "OPER root wrong") == ["464"])
        #expect(bob.words(of: "OPER nobody sesame") == ["464"])
        #expect(try IRCNetworkStage().enter("ann").words(of: "OPER root sesame") == ["491"])
    }

    @Test func ranksAreShownAndGivenUp() throws {
        let (stage, ann) = try stage()
        let bob = stage.enter("bob")
        #expect(bob.words(of: "WHOIS ann").contains("313"))
        #expect(bob.ask("WHO ann").first?.contains(" H* ") ?? false)
        #expect(bob.words(of: "WHO ann o") == ["352", "315"])
        #expect(bob.ask("LUSERS")[1].contains(" 252 bob 1 "))
        #expect(ann.ask("MODE ann -o") == [":ann!~ann@127.0.0.1 MODE ann -o"])
        #expect(ann.words(of: "KILL bob :x") == ["481"])
    }

    @Test func killingEndsConnections() throws {
        let (stage, ann) = try stage()
        let guests = stage.meet("#a", "bob", "eve")
        #expect(ann.ask("KILL bob :too loud").isEmpty)
        #expect(guests[0].read().suffix(2).map(IRCTypist.word) == ["KILL", "ERROR"])
        #expect(guests[1].read().last == ":bob!~bob@127.0.0.1 QUIT :Killed (ann (too loud))")
        #expect(ann.words(of: "KILL nobody :x") == ["401"])
        #expect(ann.words(of: "KILL irc.test :x") == ["483"])
        #expect(guests[1].words(of: "KILL ann :x") == ["481"])
    }

    @Test func bansKeepOutUntilTheyEnd() throws {
        let (stage, ann) = try stage()
        let bob = stage.enter("bob")
        #expect(ann.words(of: "KLINE 10 ~bo*@127.0.0.1 :no bobs") == ["NOTICE"])
        #expect(bob.read().map(IRCTypist.word) == ["465", "ERROR"])
        let again = stage.connect()
        #expect(again.words(of: "NICK bob", "USER bob 0 * :bob") == ["465", "ERROR"])
        #expect(ann.words(of: "STATS k") == ["216", "219"])
        _ = ann.ask("KLINE bad.host :x")
        #expect(ann.ask("UNKLINE bad.host").first?.hasSuffix("No longer banned: *@bad.host.") ?? false)
        #expect(ann.ask("UNKLINE bad.host").first?.hasSuffix("There is no such ban.") ?? false)
        stage.test.advance(by: .seconds(601))
        #expect(stage.enter("bob").words(of: "STATS k") == ["481", "219"])
    }

    @Test func wallopsReachThoseWhoListen() throws {
        let (stage, ann) = try stage()
        let (bob, eve) = (stage.enter("bob"), stage.enter("eve"))
        _ = bob.ask("MODE bob +w")
        ann.type("WALLOPS :hear, hear")
        #expect(bob.read() == [":ann!~ann@127.0.0.1 WALLOPS :hear, hear"] && eve.read().isEmpty)
        #expect(eve.words(of: "WALLOPS :x") == ["481"])
    }
}
