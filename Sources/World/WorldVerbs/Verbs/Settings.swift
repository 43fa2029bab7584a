import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let settings = Verb(
        "set", ["settings"], group: .yourself,
        usage: [
            "set", "set color on|off|auto", "set width NUMBER|auto", "set screenreader on|off|auto",
            "set charset utf8|latin1|ascii|auto",
        ],
        summary: "See or change how the game writes to you.",
        help:
            "Settings are kept with your account and count at every door; a guest's last as long as the guest. `auto` takes what your program tells. "
            + "An old program that shows two strange signs for one letter wants `set charset latin1`. "
            + "Example: `set color off`, `set width 60`, `set screenreader on`.",
        forms: [[], [.name, .name]]
    ) { command, action in
        let holder = Accounts.settingsHolder(of: action.actor, world: action.world)
        if command.form == 0 { return action.showSettings(holder) }
        try action.change(command.words[0], to: command.words[1], in: holder)
    }
}

extension Action {
    private static let choices: [(name: String, values: String)] = [
        ("color", "on, off or auto"), ("width", "a number from 20 to 500, or auto"),
        ("screenreader", "on, off or auto"), ("charset", "utf8, latin1, ascii or auto"),
    ]

    func showSettings(_ holder: Thing) {
        var text = StyledText("Your settings", .title)
        for (name, values) in Self.choices {
            text.append("\n- ")
            text.append(name, .command)
            text.append(": \(holder[.settings][name] ?? "auto") (\(values))")
        }
        turn.show(text, as: .reference)
    }

    func change(_ name: String, to value: String, in holder: Thing) throws {
        let name = name == "colour" ? "color" : name == "reader" ? "screenreader" : name
        let value = name == "charset" ? String(value.filter { $0 != "-" }) : value
        guard let choice = Self.choices.first(where: { $0.name == name }) else {
            throw refuse("There is no setting called \"\(plain: name)\". Type \(command: "set") to see them.")
        }
        let isGood =
            switch name {
            case "width": value == "auto" || (Int(value).map { (20...500).contains($0) } ?? false)
            case "charset": ["utf8", "latin1", "ascii", "auto"].contains(value)
            default: ["on", "off", "auto"].contains(value)
            }
        guard isGood else { throw refuse("\(plain: name.capitalizedFirst) can be \(plain: choice.values).") }
        var settings = holder[.settings]
        settings[name] = value == "auto" ? nil : value
        world.set(.settings, to: settings, on: holder)
        turn.reply("\(plain: name.capitalizedFirst) is \(plain: value) now.")
        turn.request(.settingsChanged)
    }
}
