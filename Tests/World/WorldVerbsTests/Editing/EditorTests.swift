import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting

@testable import WorldVerbs

/// The editor and the world: what is stored, what survives, what is told.
@Suite struct EditorTests {
    @Test func aTextSurvivesACrash() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        for line in ["mail to ben about tea", "Dear Ben,", "", "  come at five."] { _ = stage.play(line, by: ada) }
        let world = World()
        try world.restore(stage.world.snapshot(), nextID: stage.world.nextID, sequence: stage.world.sequence)
        let next = Stage(world: world)
        let again = try #require(world.player(named: "Ada"))
        next.join(again)
        let back = next.turn(by: again) { turn in
            next.interpreter.linkRestored(again, turn, wasConnected: false)
        }
        let told = back.deliveries.map(\.text.plain)
        #expect(told.contains("You are in the middle of writing \"tea\": 3 lines so far."))
        #expect(
            next.reading(of: next.play(".l", by: again), by: again) == [
                "Ada: 1: Dear Ben,", "Ada: 2:", "Ada: 3:   come at five.",
            ])
        #expect(Mailbox(of: again, in: world).draft?.body == "Dear Ben,\n\n  come at five.")
        // What was changed before cannot be taken back; nothing traps.
        #expect(next.play(".u", by: again).deliveries.first?.text.plain == "There is nothing to take back.")
        #expect(next.failures == [])
    }

    @Test func whatAFileDescribesIsSaidToComeBack() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        stage.roles[ada.id] = .builder
        let hall = try #require(ada.place)
        stage.change { $0.set(.contentKey, to: "house/hall", on: hall) }
        let warning = "Ada: The files of the world describe it otherwise; mud-admin world reload brings that back."
        func read(_ line: String) -> [String] { stage.reading(of: stage.play(line, by: ada), by: ada) }
        #expect(read("describe here as A low hall.").last == warning)
        #expect(hall[.isRewritten])
        for line in ["edit here", ".c", ".c", "A high hall."] { _ = stage.play(line, by: ada) }
        #expect(read(".x").last == warning)
        // What no file has made stays as it is.
        #expect(read("describe chest as Elm.") == ["Ada: The wooden chest is described now as: Elm."])
        #expect(read("edit chest").first == "Ada: You change what is there: \"Description of wooden chest\".")
        for line in [".d 1", ".x"] { _ = stage.play(line, by: ada) }
        #expect(stage.failures == [])
    }

    @Test func aQuestionIsForgottenByWhoComesBack() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        for line in ["edit me", "A tall woman.", ".q"] { _ = stage.play(line, by: ada) }
        _ = stage.turn(by: ada) { stage.interpreter.linkRestored(ada, $0, wasConnected: false) }
        #expect(
            stage.reading(of: stage.play(".q", by: ada), by: ada).first == "Ada: You have written one line.",
            "it is asked again")
        #expect(ada[.isEditing] && stage.failures == [])
    }

    /// The log grows with what is typed, not with what is there.
    @Test func aLineMoreDoesNotWriteTheWholeText() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        _ = stage.play("mail to ben about a long story", by: ada)
        let line = String(repeating: "x", count: 79)
        var written = 0
        var largest: [Int] = []
        for _ in 0..<800 {
            let record = try #require(stage.play(line, by: ada).record)
            written += record.encoded().count
            largest.append(record.encoded().count)
        }
        let draft = try #require(Mailbox(of: ada, in: stage.world).draft)
        #expect(draft.body.utf8.count == 800 * 80 - 1 && draft.lineCount == 800)
        // All of it each time would be 25 million octets.
        #expect(written < 3_000_000)
        #expect(largest.count { $0 > 4096 } < 40)
        #expect(stage.failures == [])
    }

    @Test func limitsAreToldAndNothingIsLost() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        _ = stage.play("edit plan", by: ada)
        _ = stage.play(String(repeating: "a", count: 150), by: ada)
        let refused = stage.play(String(repeating: "b", count: 80), by: ada)
        #expect(
            refused.deliveries.first?.text.plain == "There can be 200 characters at most, so nothing was changed.")
        #expect(stage.play(".x", by: ada).record != nil)
        #expect(ada[.plan] == String(repeating: "a", count: 150))
    }

    @Test func aScreenReaderIsToldPlainly() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        stage.screenReaders = [ada.id]
        _ = stage.play("mail to ben about tea", by: ada)
        #expect(stage.reading(of: stage.play("Dear Ben,", by: ada), by: ada) == ["Ada: Line 1."])
        #expect(stage.reading(of: stage.play("", by: ada), by: ada) == ["Ada: Line 2."])
        _ = stage.play("come.", by: ada)
        #expect(
            stage.reading(of: stage.play(".l", by: ada), by: ada) == [
                "Ada: Line 1: Dear Ben,", "Ada: Line 2 is empty.", "Ada: Line 3: come.",
            ])
        let time = stage.time
        #expect(stage.interpreter.prompt(of: ada, at: time, isHeard: true) == nil)
        #expect(stage.interpreter.prompt(of: ada, at: time, isHeard: false)?.plain == "4] ")
    }

    @Test func aDescriptionIsEditedInLinesThatFitAScreen() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        let text = Array(repeating: "word", count: 100).joined(separator: " ")
        _ = stage.play("describe me as \(text)", by: ada)
        _ = stage.play("edit me", by: ada)
        let draft = try #require(Mailbox(of: ada, in: stage.world).draft)
        #expect(draft.draft().lines.allSatisfy { $0.count <= 72 } && draft.lineCount > 5)
        _ = stage.play(".s 1 /word/WORD/", by: ada)
        _ = stage.play(".x", by: ada)
        #expect(ada[.description].lowercased() == text)
        #expect(ada[.description] != text)
    }

    @Test func whatADraftIsForMayBeGone() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        stage.roles[ada.id] = .builder
        let lamp = try #require(stage.world.things.values.first { $0.name == "brass lamp" })
        _ = stage.play("edit brass lamp", by: ada)
        _ = stage.play("Shiny.", by: ada)
        stage.change { $0.destroy(lamp) }
        let refused = stage.play(".x", by: ada)
        #expect(
            refused.deliveries.first?.text.plain
                == "What this was written for is gone. .q leaves the editor and keeps the text as draft 1.")
        #expect(stage.play(".p", by: ada).record == nil)
        _ = stage.play(".q", by: ada)
        _ = stage.play(".q", by: ada)
        #expect(!ada[.isEditing])
        #expect(Mailbox(of: ada, in: stage.world).folder(.drafts)?.letters.first?.body == "Shiny.")
    }

    @Test func hostileStoredValuesAreSurvived() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        _ = stage.play("mail to ben about tea", by: ada)
        let draft = try #require(Mailbox(of: ada, in: stage.world).draft)
        stage.change { world in
            world.set(.purpose, to: "conquest", on: draft.thing)
            world.set(PropertyKey(.body), to: .int(7), on: draft.thing)
            world.set(.bodyEnd, to: "\n\n", on: draft.thing)
        }
        for line in ["x", ".l", ".p", ".d 1", ".m 1 2", ".u", ".u", ".c", ".c"] { _ = stage.play(line, by: ada) }
        #expect(stage.failures == [])
        // Without a draft the mode ends, and the line is not lost in silence.
        stage.change { world in world.set(PropertyKey(.draft), to: nil, on: ada) }
        let outcome = stage.play("look", by: ada)
        #expect(outcome.deliveries.first?.text.plain == "What you were writing is gone, so this line was not read.")
        #expect(!ada[.isEditing])
    }

    /// Whatever is typed in the editor: nothing traps, and what is played is what is found after a crash.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func anyLineIsSurvived(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let stage = House.make()
        let recovered = World()
        try recovered.restore(stage.world.snapshot(), nextID: stage.world.nextID, sequence: stage.world.sequence)
        let ada = try #require(stage.player(named: "Ada"))
        let lines = [
            "edit me", "edit plan", "mail to ben about it", "edit", "a line", "", "   x ", ".l", ".p", ".d 1",
            ".d 2-last",
            ".i 1 x", ".r last y", ".s /x/yy/", ".s /y//", ".m 1 2", ".m last 1", ".u", ".u", ".c", ".q", ".x", "yes",
            "no",
            ".do look", ".do mail drop", ".do edit plan", ".do .l", "...", "..", ".", ".d 0", ".d 9-1", "\u{3002}l",
        ]
        for _ in 0..<300 {
            let line = lines.randomElement(using: &random) ?? ""
            let outcome = stage.play(line, by: ada)
            #expect(stage.failures == [], "seed \(seed): \(line)")
            if !stage.failures.isEmpty { return }
            if let record = outcome.record { try recovered.replay(try TurnRecord(decoding: record.encoded())) }
        }
        #expect(recovered.snapshot() == stage.world.snapshot())
    }
}
