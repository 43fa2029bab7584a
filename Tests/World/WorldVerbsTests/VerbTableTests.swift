import Testing
import WorldModel
import WorldVerbs

@Suite struct VerbTableTests {
    private let table = VerbTable.standard

    @Test func everyRowIsComplete() {
        for verb in table.verbs {
            #expect(!verb.usage.isEmpty, "\(verb.name) has no usage")
            #expect(verb.summary.hasSuffix("."), "\(verb.name) has no summary")
            #expect(verb.help.hasSuffix("."), "\(verb.name) has no help")
            #expect(verb.help.contains("`"), "the help of \(verb.name) names no command")
            #expect(!verb.forms.isEmpty, "\(verb.name) has no form")
        }
    }

    @Test func theUsageBeginsWithTheVerb() {
        for verb in table.verbs where verb.name != "go" {
            let names = [verb.name] + verb.aliases + verb.phrases
            for usage in verb.usage where !usage.hasPrefix("'") && !usage.hasPrefix(":") {
                #expect(names.contains { usage.hasPrefix($0) }, "\(usage) of \(verb.name)")
            }
        }
    }

    @Test func everyNameFindsItsVerb() {
        for verb in table.verbs {
            for name in [verb.name] + verb.aliases { #expect(table.verb(for: name) === verb) }
        }
    }

    @Test(arguments: [
        ("l", "look"), ("lo", "look"), ("x", "examine"), ("ex", "examine"), ("op", "open"), ("inv", "inventory"),
        ("inve", "inventory"), ("re", "remove"), ("dr", "drop"), ("qui", "quit"), ("com", "commands"),
        ("des", "describe"), ("exa", "examine"), ("exi", "exits"), ("exit", "exits"),
    ])
    func shortFormsFollowTheOrderOfTheTable(_ word: String, _ name: String) {
        #expect(table.verb(for: word)?.name == name)
    }

    @Test(arguments: ["z", "o", "lookk", "", "é"])
    func otherWordsFindNothing(_ word: String) {
        #expect(table.verb(for: word) == nil)
    }

    @Test(arguments: [
        ("lok", ["lock", "look"]), ("gte", ["get"]), ("drpo", ["drop"]), ("xyzzy", []), ("zz", []), ("gt", []),
        ("inventroy", ["inventory"]),
        (String(repeating: "look", count: 500), []),
    ])
    func suggestsTheNearest(_ word: String, _ names: [String]) {
        #expect(table.suggestions(for: word, role: .owner) == names)
    }

    @Test func guestsAreNotOfferedWhatTheyCannotUse() {
        #expect(table.suggestions(for: "pasword", role: .guest) == [])
        #expect(table.suggestions(for: "pasword", role: .player) == ["password"])
    }

    @Test func noVerbIsADirection() {
        for verb in table.verbs {
            for name in [verb.name] + verb.aliases { #expect(Direction(word: name) == nil) }
        }
    }
}
