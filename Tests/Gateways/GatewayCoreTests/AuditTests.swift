import AuditCore
import GatewayCore
import Testing
import WorldModel

/// What goes on record, and when.
@Suite struct AuditTests {
    private final class Book {
        var events: [AuditEvent] = []
        var lines: [String] {
            events.map { "\($0.kind.rawValue) \($0.outcome) \($0.actor) \($0.detail)".trimmingSpaces }
        }
    }

    private func stage() throws -> (GameStage, Book) {
        let (stage, book) = (try GameStage(), Book())
        stage.game.audit = { book.events.append($0) }
        return (stage, book)
    }

    @Test func aVisitFromMakingToLeaving() throws {
        let (stage, book) = try stage()
        let door = try stage.enter("ada")
        stage.type("quit", door)
        #expect(book.lines == ["create done Ada", "logout done Ada"])
        let later = try #require(stage.connect(source: "192.0.2.7"))
        for line in ["ada", "wrong horse", "ada", "correct horse"] { stage.type(line, later) }
        #expect(book.lines.suffix(2) == ["login refused Ada accounts: wrong password", "login done Ada"])
        #expect(book.events.last?.origin.hasSuffix("192.0.2.7") == true)
        let third = try #require(stage.connect())
        for line in ["ada", "correct horse"] { stage.type(line, third) }
        #expect(book.lines.last?.hasPrefix("login done Ada beside ") == true)
        third.session?.connectionLost()
        stage.settle()
        #expect(book.lines.last == "logout done Ada connection lost")
    }

    @Test func guestsPasswordsAndClaims() throws {
        let (stage, book) = try stage()
        let guest = try #require(stage.connect())
        stage.type("guest", guest)
        #expect(book.lines == ["login done Guest1 guest"])
        let ada = try stage.enter("ada")
        stage.game.claimCode = "AAAA-BBBB"
        stage.type("claim CCCC", ada)
        #expect(book.lines.last == "claim refused Ada wrong code")
        stage.type("claim AAAA-BBBB", ada)
        #expect(book.lines.last == "claim done Ada")
        for line in ["password", "wrong horse"] { stage.type(line, ada) }
        #expect(book.lines.last == "password refused Ada wrong password")
        for line in ["password", "correct horse", "battery staple", "battery staple"] { stage.type(line, ada) }
        #expect(book.lines.last == "password done Ada")
        #expect(
            !book.events.contains { "\($0)".contains("horse") || "\($0)".contains("AAAA") || "\($0)".contains("CCCC") })
    }

    @Test func furtherCharactersAreMadeAndEnded() throws {
        let (stage, book) = try stage()
        let ada = try stage.enter("ada")
        stage.type("character create bryn", ada)
        #expect(book.lines.last == "create done Bryn of Ada")
        stage.type("character delete bryn", ada)
        #expect(book.lines.last == "create done Bryn of Ada")
        ada.session?.lineReceived("character delete bryn bryn")
        stage.pass()
        #expect(stage.world.player(named: "bryn") == nil && book.lines.last == "create done Bryn of Ada")
        stage.settle()
        #expect(book.lines.last == "delete done Ada" && book.events.last?.subject == "Bryn")
    }

    /// A crash before the turn is on disk undoes the character; the record must not say that there is one.
    @Test func whatACrashCanUndoIsNotOnRecord() throws {
        let (stage, book) = try stage()
        let door = try #require(stage.connect())
        for line in ["ada", "yes", "correct horse", "correct horse"] { stage.type(line, door) }
        door.session?.lineReceived("no")
        stage.pass()
        #expect(stage.world.player(named: "ada") != nil && book.events.isEmpty)
        stage.settle()
        #expect(book.lines == ["create done Ada"])
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
