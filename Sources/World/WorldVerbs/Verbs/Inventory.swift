import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let inventory = Verb(
        "inventory", ["i", "inv"], group: .things, usage: ["inventory"], summary: "See what you carry.",
        help: """
            Lists what you carry and, separately, what you wear; you know it by touch also in the dark. The short form \
            is `i`.
            """,
        forms: [[]]
    ) { _, action in
        let worn = action.actor.contents.filter { $0[.isWorn] }
        let carried = action.actor.contents.filter { !$0[.isWorn] }
        var text =
            carried.isEmpty
            ? action.turn.text("You carry nothing.")
            : action.listed("You carry \(things: carried).", "You carry:", carried)
        if !worn.isEmpty {
            text.append("\n")
            text.append(action.listed("You wear \(things: worn).", "You wear:", worn))
        }
        action.turn.show(text)
    }
}

extension Action {
    /// Things in one sentence, or one to a line after a heading for those who use a screen reader.
    func listed(_ sentence: Sentence, _ heading: Sentence, _ things: [Thing]) -> StyledText {
        guard usesScreenReader else { return turn.text(sentence) }
        var text = turn.text(heading)
        for item in turn.items(of: things) { text = text + "\n- " + item }
        return text
    }
}
