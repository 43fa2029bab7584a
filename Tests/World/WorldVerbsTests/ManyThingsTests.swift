import Testing
import WorldLanguage
import WorldModel
import WorldTesting

/// A command about very many things is answered in a few lines.
@Suite struct ManyThingsTests {
    private func yard(_ count: Int, _ furnish: @escaping (Furnishing) -> Void) throws -> (Stage, ada: Thing) {
        let stage = Stage()
        let yard = stage.room("Yard")
        for number in 1...count {
            // Words, because a last number would be an ordinal.
            stage.thing("pebble \(String(repeating: "x", count: number))stone", in: yard, [], furnish)
        }
        let ada = stage.player("Ada", in: yard)
        stage.player("Ben", in: yard)
        return (stage, ada)
    }

    private func lines(_ stage: Stage, _ line: String, by ada: Thing) -> [String: [String]] {
        let read = stage.reading(of: stage.play(line, by: ada), by: ada)
        return Dictionary(grouping: read) { String($0.prefix(3)) }
    }

    @Test func whatCannotBeCarriedIsToldTogether() throws {
        let (stage, ada) = try yard(150) { _ in }
        let read = lines(stage, "get all", by: ada)
        #expect(ada.contents.count == 50)
        let told = try #require(read["Ada"])
        #expect(told.count == 12)
        #expect(told[10] == "Ada: You take 40 other things.")
        #expect(told[11].hasPrefix("Ada: A pebble "))
        #expect(told[11].hasSuffix("xstone and 90 other things: You cannot carry that as well."))
        #expect(read["Ben"]?.count == 11 && read["Ben"]?.last == "Ben: Ada takes 40 other things.")
        #expect(stage.failures == [])
    }

    @Test func aBurdenIsDroppedInAFewLines() throws {
        let (stage, ada) = try yard(150) { $0.set(.size, 0) }
        _ = stage.play("get all", by: ada)
        let read = lines(stage, "drop all", by: ada)
        #expect(ada.contents.isEmpty)
        #expect(read["Ada"]?.count == 11 && read["Ada"]?.last == "Ada: You drop 140 other things.")
        #expect(read["Ben"]?.last == "Ben: Ada drops 140 other things.")
        #expect(stage.failures == [])
    }

    @Test func sceneryIsNotSpokenOf() throws {
        let (stage, ada) = try yard(150) { $0.set(.fixed, "It is part of the yard.") }
        #expect(lines(stage, "get all", by: ada) == ["Ada": ["Ada: There is nothing here that you could take."]])
    }

    @Test func reasonsThatDifferAreCounted() throws {
        let (stage, ada) = try yard(13) { $0.set(.size, 0) }
        _ = stage.play("get all", by: ada)
        let read = lines(stage, "wear all", by: ada)
        #expect(read["Ada"]?.count == 11)
        #expect(read["Ada"]?.last == "Ada: Three other things stay as they are.")
        #expect(read["Ben"] == nil)
    }
}
