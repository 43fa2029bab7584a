import Basics
import WorldLanguage
import WorldModel

extension Verb {
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
