import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let map = Verb(
        "map", group: .looking, usage: ["map", "map list"], summary: "See a map of the places around.",
        help: """
            Draws the places around as you know them: `@` is where you are, letters are places you have been to, and `?` \
            is where you have not been yet. A place where one can go up or down has `^` or `v`. `map list` says the same in \
            words, and is what `map` shows with `set screenreader on`.
            Example: `map`, `map list`.
            """,
        forms: [[], [.word(["list"])]]
    ) { command, action in
        guard let place = action.place else { throw action.refuse("You are nowhere at all.") }
        let width = action.world.setting(.width, of: action.actor).flatMap { Int($0) } ?? .max
        let chart = Chart(around: place, knownTo: action.actor, in: action.world, width: width - Action.indentation)
        if command.form == 1 || action.usesScreenReader {
            action.list(chart)
        } else {
            action.draw(chart)
        }
    }
}

extension Action {
    /// Whether the actor listens to the text instead of seeing it: as they have set it, else as their client tells.
    var usesScreenReader: Bool {
        switch world.setting(.screenreader, of: actor) {
        case "on": true
        case "off": false
        default: turn.usesScreenReader(actor)
        }
    }
}

extension Action {
    /// Spaces before the lines of a map.
    fileprivate static let indentation = 2
    /// Places named below a map at most, one letter each.
    private static let mostLetters = 26
    /// Places beyond the next ones that are told of at most.
    private static let mostTold = 20

    // MARK: Drawn

    fileprivate func draw(_ chart: Chart) {
        var letters: [ThingID: Character] = [:]
        var legend: [StyledText] = []
        for cell in chart.cells.dropFirst() where cell.isKnown && letters.count < Self.mostLetters {
            let letter = Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(letters.count)))
            letters[cell.place.id] = letter
            var line = StyledText("  \(letter)  ", .command)
            line.append(turn.content(cell.place.name))
            legend.append(line)
        }
        var text = turn.text("Map around \(content: chart.center.name, .title)")
        for line in chart.drawing({ cell in
            if cell.place === chart.center { return "@" }
            return cell.isKnown ? letters[cell.place.id] ?? "." : "?"
        }) {
            text.append("\n  " + line)
        }
        for line in legend {
            text.append("\n")
            text.append(line)
        }
        if chart.hasConflicts {
            text.append("\n")
            text.append(turn.text("Ways marked * lead where something else is drawn already."))
        }
        turn.show(text)
    }

    // MARK: In words

    fileprivate func list(_ chart: Chart) {
        var text = turn.text("Around \(content: chart.center.name, .title)")
        let exits = passable(world.exits(of: chart.center))
        for exit in exits {
            text.append("\n- ")
            text.append(turn.text(item(of: exit)))
        }
        if exits.isEmpty {
            text.append("\n- ")
            text.append(turn.text("You see no way out."))
        }
        var told = 0
        for cell in chart.cells where cell.isKnown && cell.route.count > 1 && told < Self.mostTold {
            told += 1
            let ways: [Sentence] = cell.route.map { "\(phrase: $0.wayName, .exit)" }
            text.append("\n- ")
            text.append(turn.text("\(content: cell.place.name, .title): \(list: ways)."))
        }
        turn.show(text)
    }
}
