import MUDWire
import Testing

@Suite struct StatusFactsTests {
    @Test func onlyWhatChangedIsToldAgain() {
        let race = StatusFacts.Variable(name: "race", caption: "Race", value: "elf")
        let sitting = StatusFacts.Variable(name: "position", caption: "Position", value: "sitting")
        let standing = StatusFacts.Variable(name: "position", caption: "Position", value: "standing")
        let before = StatusFacts(variables: [race, sitting])
        #expect(StatusFacts(variables: [race, standing]).changes(since: before).variables == [standing])
        #expect(before.changes(since: before).variables.isEmpty)
        #expect(before.changes(since: StatusFacts()).variables == [race, sitting])
    }
}
