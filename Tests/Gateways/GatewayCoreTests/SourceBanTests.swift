import AuditCore
import Basics
import GatewayCore
import TerminalWire
import Testing
import Transports
import WorldLanguage
import WorldModel
import WorldVerbs

/// Addresses from which nobody is let in.
@Suite struct SourceBanTests {
    /// A game in which Ada runs things, and sits at another address than everybody else.
    private func stage() throws -> (stage: GameStage, ada: RecordingDoor) {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let account = try #require(stage.world.account(named: "ada"))
        try stage.game.administer { turn in turn.world.set(.role, to: Role.admin.rawValue, on: account) }
        stage.settle()
        return (stage, ada)
    }

    // MARK: Reading

    @Test(
        arguments: [
            ("192.0.2.7", "192.0.2.7"), ("192.0.2.0/24", "192.0.2.0/24"), ("192.0.2.*", "192.0.2.0/24"),
            ("192.0.*.*", "192.0.0.0/16"), ("192.0.*", "192.0.0.0/16"), ("10.*", "10.0.0.0/8"),
            ("2001:db8::/48", "2001:db8::/48"),
            ("2001:db8::1", "2001:db8::1"), ("::ffff:192.0.2.7", "192.0.2.7"), ("192.0.2.7/32", "192.0.2.7"),
        ]) func networksAreRead(text: String, title: String) throws
    {
        let stage = try GameStage()
        let (ban, _, _) = try stage.game.ban(text, for: nil, because: "", by: .user(0))
        #expect(ban.title == title)
    }

    @Test(
        arguments: [
            ("", .noNetwork("")), ("*", .noNetwork("*")), ("192.*.2.7", .noNetwork("192.*.2.7")),
            ("example.com", .noNetwork("example.com")),
            ("192.0.2.7/24", .bitsBeyondLength("192.0.2.0/24")), ("0.0.0.0/0", .tooLarge(8)),
            ("192.0.2.0/33", .noNetwork("192.0.2.0/33")),
            ("::/0", .tooLarge(16)), ("1.2.3.4.*", .noNetwork("1.2.3.4.*")), ("....*", .noNetwork("....*")),
            ("fe80::1%2", .noNetwork("fe80::1%2")),
        ] as [(String, SourceBanFailure)]) func whatIsNoNetworkIsRefused(text: String, failure: SourceBanFailure) throws
    {
        let stage = try GameStage()
        #expect(throws: failure) { try stage.game.ban(text, for: nil, because: "", by: .user(0)) }
        #expect(throws: failure) { try stage.game.unban(text, by: .user(0)) }
    }

    // MARK: Keeping out

    @Test func nobodyComesInFromThere() throws {
        let (stage, ada) = try stage()
        let ben = try #require(stage.connect(source: "192.0.2.7"))
        stage.type("ban 192.0.2.0/24 2h floods and worse", ada)
        #expect(ada.takeSeen().contains("Nobody is let in from 192.0.2.0/24 for 2 hours."))
        #expect(ben.isClosed && ben.seen.contains("Nobody is let in from where you are: floods and worse"))
        #expect(stage.connect(source: "192.0.2.9") == nil && stage.game.knock(from: "::ffff:192.0.2.9") == nil)
        let words = String(decoding: stage.game.refusal(for: TerminalProfile(), from: "192.0.2.9"), as: UTF8.self)
        #expect(words.contains("floods and worse"))
        #expect(stage.connect(source: "192.0.3.9") != nil && stage.connect(source: "unix") != nil)
    }

    @Test func aBanEndsByItself() throws {
        let (stage, ada) = try stage()
        stage.type("ban 192.0.2.7 30s", ada)
        #expect(stage.connect(source: "192.0.2.7") == nil)
        stage.wall.now = WallInstant(milliseconds: stage.wall.now.milliseconds + 30_000)
        #expect(stage.connect(source: "192.0.2.7") != nil && stage.game.bans.isEmpty)
    }

    @Test func aBanIsListedAndTakenBack() throws {
        let (stage, ada) = try stage()
        stage.type("ban", ada)
        #expect(ada.takeSeen().contains("No address is banned."))
        stage.type("ban 192.0.2.7 spam", ada)
        stage.type("ban 192.0.2.7", ada)
        stage.type("ban", ada)
        #expect(ada.takeSeen().contains("192.0.2.7 by Ada, a moment ago, without an end"))
        #expect(stage.game.bans.count == 1)
        for (line, answer) in [
            ("unban 192.0.2.8", "192.0.2.8 is not banned."), ("unban nonsense", "is no address"),
            ("unban 192.0.2.7", "People are let in again from 192.0.2.7."),
        ] {
            stage.type(line, ada)
            #expect(ada.takeSeen().contains(answer), "\(line)")
        }
        #expect(stage.connect(source: "192.0.2.7") != nil)
    }

    // MARK: Who may

    @Test func nobodyShutsThemselvesOut() throws {
        let (stage, ada) = try stage()
        stage.type("ban 127.0.0.0/8", ada)
        #expect(ada.takeSeen().contains("You are connected from there yourself."))
        #expect(!ada.isClosed && stage.game.bans.isEmpty)
    }

    @Test func nobodyShutsOutWhoHasAsMuchToSay() throws {
        let (stage, ada) = try stage()
        _ = try stage.enter("ben")
        let account = try #require(stage.world.account(named: "ben"))
        try stage.game.administer { turn in turn.world.set(.role, to: Role.owner.rawValue, on: account) }
        let ben = try stage.comeBack("ben", source: "192.0.2.7")
        stage.type("ban 192.0.2.7", ada)
        #expect(ada.takeSeen().contains("Ben is connected from there, and has as much to say as you.") && !ben.isClosed)
        // Whoever administers the machine may.
        let (_, count, _) = try stage.game.ban("192.0.2.7", for: nil, because: "", by: .user(0))
        stage.settle()
        #expect(count == 1 && ben.isClosed)
    }

    @Test func playersCannot() throws {
        let stage = try GameStage()
        let ben = try stage.enter("ben")
        for line in ["ban 192.0.2.7", "ban", "unban 192.0.2.7"] { stage.type(line, ben) }
        #expect(stage.game.bans.isEmpty && stage.connect(source: "192.0.2.7") != nil)
    }

    // MARK: Keeping

    @Test func aReasonIsOneShortLineWithoutControls() throws {
        let stage = try GameStage()
        let (ban, _, _) = try stage.game.ban("192.0.2.7", for: 60, because: " spam\r\n\u{1B}[2J ", by: .user(0))
        #expect(ban.reason.hasPrefix("spam") && !ban.reason.contains("\u{1B}") && !ban.reason.contains("\n"))
        #expect(throws: SourceBanFailure.reasonTooLong) {
            try stage.game.ban("192.0.2.7", for: nil, because: String(repeating: "x", count: 301), by: .user(0))
        }
    }

    @Test func bansAreBounded() throws {
        let stage = try GameStage()
        let root = try #require(stage.world.root)
        let bans = (0..<SourceBan.most).map { number in
            Value.list([.text("10.0.\(number / 250).\(number % 250)/32"), .int(0), .text("Ada"), .int(0), .text("")])
        }
        try stage.game.administer { turn in turn.world.set(PropertyKey(.sourceBans), to: .list(bans), on: root) }
        #expect(throws: SourceBanFailure.tooMany) {
            try stage.game.ban("192.0.2.7", for: nil, because: "", by: .user(0))
        }
        #expect(
            try stage.game.ban("10.0.0.1", for: 60, because: "", by: .user(0)).ban.end != nil,
            "one that is there may change")
    }

    @Test func aBanIsInTheWorldAndOnRecord() throws {
        let (stage, ada) = try stage()
        var records: [AuditEvent] = []
        stage.game.audit = { records.append($0) }
        stage.type("ban 192.0.2.7 spam", ada)
        stage.type("unban 192.0.2.7", ada)
        #expect(records.map(\.detail) == ["ban: spam", "unban"])
        #expect(records.allSatisfy { $0.subject == "192.0.2.7" && $0.actor == "Ada" && $0.kind == .administer })
        stage.type("ban 2001:db8::/48 1d x", ada)
        let value = try #require(stage.world.root?.ownValue(of: PropertyKey(.sourceBans)))
        #expect([SourceBan](value) == stage.game.bans && stage.game.bans.count == 1)
    }

    /// What is not on disk keeps nobody out whom a crash would let in again without a word.
    @Test func connectionsEndWhenTheBanIsDurable() throws {
        let (stage, ada) = try stage()
        let ben = try #require(stage.connect(source: "192.0.2.7"))
        ada.session?.lineReceived("ban 192.0.2.7")
        stage.pass()
        #expect(!ben.isClosed && !ada.seen.contains("Nobody is let in"))
        stage.settle()
        #expect(ben.isClosed && ada.seen.contains("Nobody is let in"))
    }

    @Test func connectionsWithoutASessionEndToo() throws {
        let (stage, ada) = try stage()
        let (known, stranger) = (
            try #require(stage.game.knock(from: "192.0.2.7")), try #require(stage.game.knock(from: "192.0.2.7"))
        )
        var ends: [String] = []
        known.admit(GameEntry(.guest), door: "ssh")
        known.whenDismissed = { ends.append($0) }
        stranger.whenSentAway = { ends.append("cut") }
        stage.type("ban 192.0.2.7", ada)
        #expect(ends.sorted() == ["Nobody is let in from where you are.", "cut"])
        #expect(ada.takeSeen().contains("Connections that end: 2"))
    }
}
