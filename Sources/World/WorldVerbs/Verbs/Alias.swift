import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let alias = Verb(
        "alias", ["aliases"], group: .yourself, usage: ["alias", "alias NAME", "alias NAME COMMAND"],
        summary: "Make a name of your own for a command.",
        help: """
            Lists your names, shows one, or makes one. What you type after the name is put at the end of the command, or \
            wherever it has `$*`. Several commands stand with `then` between them.
            Example: `alias gl get lamp then light it`, `alias hug emote hugs $* tightly`.
            """,
        forms: [[], [.name], [.name, .text]]
    ) { command, action in
        switch command.form {
        case 0: action.showAliases()
        case 1: try action.showAlias(command.words[0])
        default: try action.setAlias(command.words[0], command.text)
        }
    }

    static let unalias = Verb(
        "unalias", group: .yourself, usage: ["unalias NAME"], summary: "Forget a name of your own for a command.",
        help: "Forgets a name that you made with `alias`. Example: `unalias gl`.", forms: [[.name]]
    ) { command, action in
        let holder = action.world.holder(of: action.actor)
        let name = command.words[0]
        var aliases = holder[.aliases]
        guard aliases.removeValue(forKey: name) != nil else {
            throw action.refuse("You have no alias \"\(plain: name)\".")
        }
        action.world.set(PropertyKey(.aliases), to: aliases.isEmpty ? nil : aliases.value, on: holder)
        action.turn.reply("The alias \(command: name) is forgotten.")
    }
}

extension Action {
    /// Names one may have at most.
    private static let mostAliases = 50
    /// Octets of a name, and of what it stands for, at most.
    private static let longestAlias = (name: 20, text: 500)

    private var aliasHolder: Thing { world.holder(of: actor) }

    fileprivate func showAliases() {
        let aliases = aliasHolder[.aliases]
        if aliases.isEmpty {
            return turn.reply("You have no aliases. Make one with \(command: "alias NAME COMMAND").", as: .reference)
        }
        var text = turn.text("\(phrase: "Your aliases", .title)")
        for (name, meaning) in aliases.sorted(by: { $0.key < $1.key }) {
            text.append("\n- ")
            text.append(name, .command)
            text.append(": \(meaning)")
        }
        turn.show(text, as: .reference)
    }

    fileprivate func showAlias(_ name: String) throws {
        guard let meaning = aliasHolder[.aliases][name] else {
            throw refuse("You have no alias \"\(plain: name)\".")
        }
        turn.reply("The alias \(command: name) stands for \(command: meaning).", as: .reference)
    }

    fileprivate func setAlias(_ name: String, _ text: String) throws {
        if interpreter.verbs.verb(exactly: name) != nil || Direction(word: name) != nil {
            throw refuse("There is a command \(command: name) already.")
        }
        let (longestName, longestText) = Self.longestAlias
        guard name.utf8.count <= longestName,
            name.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || $0.isDigit })
        else { throw refuse("A name is made of letters and digits, \(plain: String(longestName)) at most.") }
        if text.utf8.count > longestText { throw refuse("That is too long for an alias.") }
        var aliases = aliasHolder[.aliases]
        if aliases[name] == nil, aliases.count >= Self.mostAliases {
            throw refuse("You have \(plain: String(Self.mostAliases)) aliases already; forget one first.")
        }
        aliases[name] = text
        world.set(.aliases, to: aliases, on: aliasHolder)
        turn.reply("The alias \(command: name) now stands for \(command: text).")
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
