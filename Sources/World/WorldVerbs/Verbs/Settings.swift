import Basics
import WorldLanguage
import WorldModel

extension Verb {
    /// Longest description a player may give themself, in characters.
    private static let longestDescription = 1000

    static let describe = Verb(
        "describe", ["desc"], group: .yourself, role: .player, usage: ["describe me as TEXT"],
        summary: "Set what others read when they look at you.",
        help: "Others see this text when they look at you, up to \(longestDescription) characters. "
            + "Example: `describe me as a tall woman in a patched coat.`",
        forms: [[.word(["me", "myself", "self"]), .word(["as"]), .text]]
    ) { command, action in
        if command.text.count > longestDescription {
            throw action.refuse("That is too long; at most \(plain: String(longestDescription)) characters.")
        }
        action.world.set(.description, to: command.text, on: action.actor)
        action.turn.reply("Others see you now as: \(plain: command.text)")
    }

    static let settings = Verb(
        "set", ["settings"], group: .yourself, role: .player,
        usage: ["set", "set color on|off|auto", "set width NUMBER|auto", "set screenreader on|off"],
        summary: "See or change how the game writes to you.",
        help: "Settings are kept with your account and count at every door. `auto` takes what your program tells. "
            + "Example: `set color off`, `set width 60`, `set screenreader on`.",
        forms: [[], [.name, .name]]
    ) { command, action in
        guard let account = action.world.thing(action.actor, .account) else {
            throw action.refuse("Guests have no settings that could be kept.")
        }
        if command.form == 0 { return action.showSettings(account) }
        try action.change(command.words[0], to: command.words[1], in: account)
    }

    static let again = Verb(
        "again", ["g"], group: .game, usage: ["again"], summary: "Do the last thing once more.",
        help: "Repeats your last command. The short form is `g`.", forms: [[]]
    ) { _, action in
        throw action.refuse("You have not done anything yet.")
    }

    static let password = Verb(
        "password", group: .game, role: .player, usage: ["password"], summary: "Change your password.",
        help: "Asks for your present password and then for the new one; what you type is not shown.", forms: [[]]
    ) { _, action in
        action.turn.request(.changePassword)
    }

    static let claim = Verb(
        "claim", group: .game, role: .player, usage: ["claim CODE"], summary: "Become the owner of a new game.",
        help: "A new server prints a code when it starts. The first who types it after `claim` owns the game.",
        forms: [[.name]]
    ) { command, action in
        action.turn.request(.claim(command.words[0].uppercased()))
    }

    static let quit = Verb(
        "quit", ["logout"], group: .game, usage: ["quit"], summary: "Leave the game.",
        help: "Takes you out of the game. What you carry stays with you, and you come back where you left.", forms: [[]]
    ) { _, action in
        action.turn.reply("Goodbye, \(plain: action.actor.name). Come back soon.", as: .system)
        action.turn.request(.quit)
    }
}

extension Action {
    private static let choices: [(name: String, values: String)] = [
        ("color", "on, off or auto"), ("width", "a number from 20 to 500, or auto"), ("screenreader", "on or off"),
    ]

    func showSettings(_ account: Thing) {
        var text = StyledText("Your settings", .title)
        for (name, values) in Self.choices {
            text.append("\n- ")
            text.append(name, .command)
            text.append(": \(account[.settings][name] ?? "auto") (\(values))")
        }
        turn.show(text, as: .reference)
    }

    func change(_ name: String, to value: String, in account: Thing) throws {
        let name = name == "colour" ? "color" : name == "reader" ? "screenreader" : name
        guard let choice = Self.choices.first(where: { $0.name == name }) else {
            throw refuse("There is no setting called \"\(plain: name)\". Type \(command: "set") to see them.")
        }
        let isGood =
            switch name {
            case "width": value == "auto" || (Int(value).map { (20...500).contains($0) } ?? false)
            case "color": ["on", "off", "auto"].contains(value)
            default: ["on", "off"].contains(value)
            }
        guard isGood else { throw refuse("\(plain: name.capitalizedFirst) can be \(plain: choice.values).") }
        var settings = account[.settings]
        settings[name] = value == "auto" ? nil : value
        world.set(.settings, to: settings, on: account)
        turn.reply("\(plain: name.capitalizedFirst) is \(plain: value) now.")
        turn.request(.settingsChanged)
    }
}
