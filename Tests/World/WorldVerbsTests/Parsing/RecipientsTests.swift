import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// Several people to whom one thing is said.
@Suite struct RecipientsTests {
    private func player(_ name: String, _ stage: Stage) throws -> Thing {
        try #require(stage.player(named: name))
    }

    @Test func thereMayBeTen() throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        let names = (0..<11).map { "Xan" + String(repeating: "n", count: $0) }
        for name in names { stage.player(name, in: try #require(ada.place)) }
        for verb in ["tell", "whisper"] {
            let told = stage.play("\(verb) \(names.prefix(10).joined(separator: ", ")) hello", by: ada)
            let readers = told.deliveries.filter { $0.category == .tell }.flatMap(\.recipients)
            #expect(readers.map(\.name) == ["Ada"] + names.prefix(10))
            let refused = stage.play("\(verb) \(names.joined(separator: " and ")) hello", by: ada)
            #expect(stage.reading(of: refused, by: ada) == ["Ada: That is too many people at once."])
        }
        #expect(stage.failures == [])
    }

    /// Also when the first is asked about, the others stay.
    @Test func anAnswerKeepsTheOthers() throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        for name in ["Dora", "Dorian"] { stage.player(name, in: try #require(ada.place)) }
        _ = stage.play("tell dor, ben and cy come", by: ada)
        let read = stage.reading(of: stage.play("dorian", by: ada), by: ada)
        #expect(read.first == "Ada: You tell Dorian, Ben and Cy, \"come\"")
        #expect(read.contains("Ben: Ada tells you, Dorian and Cy, \"come\""))
        #expect(read.count == 4)
    }

    @Test func guestsTellOnlyThoseWhoAreHere() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        stage.roles[ada.id] = .guest
        stage.absent.insert(ben.id)
        let read = stage.reading(of: stage.play("tell ben, cy hi", by: ada), by: ada)
        #expect(
            read == [
                "Ada: You tell Cy, \"hi\"", "Cy: Ada tells you, \"hi\"",
                "Ada: Ben is not connected, and guests cannot leave word.",
            ])
        #expect(ben[.tells].isEmpty)
    }

    @Test func whatSeveralWereToldIsEvidenceOfTheTeller() throws {
        let stage = House.make()
        let (ada, ben, cy) = (try player("Ada", stage), try player("Ben", stage), try player("Cy", stage))
        _ = stage.play("tell ada, cy you are fools", by: ben)
        _ = stage.play("tell ben, cy stop it", by: ada)
        _ = stage.play("report ben about that", by: ada)
        #expect(
            Complaint(number: 1, in: stage.world)?.evidence.map(\.text) == [
                "Ben tells you and Cy, \"you are fools\"", "You tell Ben and Cy, \"stop it\"",
            ])
        _ = stage.play("report ben about that", by: cy)
        #expect(
            Complaint(number: 2, in: stage.world)?.evidence.map(\.text) == ["Ben tells you and Ada, \"you are fools\""])
    }

    /// Whatever is typed, those who are told are named in it, and what they are told is how it ends.
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func whatIsToldIsTheEndOfTheLine(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let stage = House.make()
        stage.isChecking = false
        let ada = try player("Ada", stage)
        let words = ["ben", "cy", "ben,", "cy,", "and", "hi", "hi,", "Ada", "ada,", "b", ",", "Cy."]
        for _ in 0..<50 {
            var line = ""
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                line += " " + (words.randomElement(using: &random) ?? "")
            }
            for verb in ["tell", "whisper"] {
                let outcome = stage.play(verb + line, by: ada)
                #expect(outcome.fault == nil, "\(verb)\(line)")
                for delivery in outcome.deliveries where delivery.category == .tell {
                    for reader in delivery.recipients where reader !== ada {
                        #expect(line.lowercased().contains(reader.name.lowercased().prefix(1)), "\(verb)\(line)")
                        let text = delivery.text.plain
                        let said = text[(text.firstIndex(of: "\"").map { text.index(after: $0) } ?? text.endIndex)...]
                            .dropLast()
                        #expect(!said.isEmpty && line.hasSuffix(said), "\(verb)\(line): \(text)")
                    }
                }
            }
        }
    }
}
