import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let settings = Verb(
        "set", ["settings"], group: .yourself, usage: ["set", "set NAME", "set NAME VALUE"],
        summary: "See or change how the game writes to you.",
        help: """
            Settings are kept with your account and count at every door; a guest's last as long as the guest. `auto` \
            takes what your program tells.
            - `set color on` shows colours, `set color off` none; `16`, `256` and `true` say how many your screen has.
            - `set width 60` breaks lines after 60 columns.
            - `set screenreader on` leaves out prompts and decoration, and does not break lines.
            - `set charset latin1` is for an old program that shows two strange signs for one letter.
            - `set brief on` leaves out descriptions while you walk; `look` still shows them.
            - `set movement off` hides who comes and goes, `set actions off` what others do with things, and \
            `set emotes off` their gestures. What is said or done to you is always shown.
            - `set timestamps on` puts the time (UTC) before what others say and do.
            - `set lastseen off` lets nobody know when you were here last.
            Example: `set`, `set color`, `set width 60`.
            """,
        forms: [[], [.name], [.name, .name]]
    ) { command, action in
        let holder = action.world.holder(of: action.actor)
        switch command.form {
        case 0: action.showSettings(holder)
        case 1: try action.showSetting(command.words[0], of: holder)
        default: try action.change(command.words[0], to: command.words[1], in: holder)
        }
    }
}

extension Action {
    func showSettings(_ holder: Thing) {
        let settings = holder[.settings]
        var text = turn.text("\(phrase: "Your settings", .title)")
        for setting in Setting.all + languageSettings {
            let value = settings[setting.name] ?? setting.initial
            text.append("\n- ")
            text.append(turn.phrase("\(command: setting.name): \(command: value) (\(setting.choices))"))
        }
        turn.show(text, as: .reference)
    }

    func showSetting(_ name: String, of holder: Thing) throws {
        let setting = try setting(name)
        let value = holder[.settings][setting.name] ?? setting.initial
        turn.show(turn.phrase("\(command: setting.name): \(command: value) (\(setting.choices))"), as: .reference)
    }

    func change(_ name: String, to value: String, in holder: Thing) throws {
        let setting = try setting(name)
        let value = setting.name == "charset" ? String(value.filter { $0 != "-" }) : value
        guard setting.allows(value) else {
            throw refuse("\(plain: setting.name.capitalizedFirst) can be \(setting.choices).")
        }
        var settings = holder[.settings]
        settings[setting.name] = value == setting.initial ? nil : value
        world.set(.settings, to: settings, on: holder)
        if setting.name == Setting.languageName { useLanguage(of: holder) }
        turn.reply("You set \(command: setting.name) to \(command: value).")
        turn.request(.settingsChanged)
    }

    private func setting(_ name: String) throws -> Setting {
        let settings = Setting.all + languageSettings
        guard let setting = settings.first(where: { $0.name == name || $0.aliases.contains(name) }) else {
            throw refuse("There is no setting called \"\(plain: name)\". Type \(command: "set") to see them.")
        }
        return setting
    }
}

/// One thing that players may set: a row of what `set` lists.
struct Setting: Sendable {
    /// The stored name.
    let name: String
    let aliases: [String]
    /// Words it can be; the last is what it is while nobody has set it.
    let words: [String]
    /// Numbers it can be as well.
    let numbers: ClosedRange<Int>?

    init(_ name: String, _ aliases: [String] = [], words: [String], numbers: ClosedRange<Int>? = nil) {
        self.name = name
        self.aliases = aliases
        self.words = words
        self.numbers = numbers
    }

    var initial: String { words.last ?? "" }

    func allows(_ value: String) -> Bool {
        words.contains(value) || Int(value).map { numbers?.contains($0) == true } == true
    }

    /// What it can be, as part of a sentence.
    var choices: Sentence {
        var choices: [Sentence] = words.map { "\(command: $0)" }
        if let numbers {
            choices.insert("\(plain: String(numbers.lowerBound)) to \(plain: String(numbers.upperBound))", at: 0)
        }
        return "\(list: choices, isChoice: true)"
    }

    static let all = [
        Setting("color", ["colour", "colors", "colours"], words: ["on", "off", "16", "256", "true", "auto"]),
        Setting("width", words: ["auto"], numbers: 20...500),
        Setting("screenreader", ["reader"], words: ["on", "off", "auto"]),
        Setting("charset", words: ["utf8", "latin1", "ascii", "auto"]),
        Setting("brief", words: ["on", "off"]),
        Setting("movement", words: ["off", "on"]),
        Setting("actions", ["action"], words: ["off", "on"]),
        Setting("emotes", ["emote"], words: ["off", "on"]),
        Setting("timestamps", ["timestamp"], words: ["on", "off"]),
        Setting("lastseen", words: ["off", "on"]),
    ]
}
