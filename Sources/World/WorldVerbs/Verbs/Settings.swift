import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let settings = Verb(
        "set", ["settings"], group: .yourself, usage: ["set", "set NAME", "set NAME VALUE"],
        summary: "See or change how the game writes to you.",
        help: """
            Settings are kept with your account and count for all its characters and at every door; a guest's last as long as \
            the guest. `set` lists them, `set NAME` explains one and says what it can be. The beginning of a name or value \
            is enough. `auto` takes what your program tells.
            - `set color on` shows colours, `set color off` none; `set theme light` has those for a light background, and \
            `set color speech green` chooses one.
            - `set width 60` breaks lines after 60 columns.
            - `set screenreader on` leaves out prompts and decoration, and does not break lines.
            - `set prompt [%time] %place>` says what stands before the line in which you type.
            - `set pager on` stops long texts after a screen of lines; `set statusline off` leaves the foot of the screen \
            empty, and `set charmode off` leaves the editing of your lines to your program.
            - `set encoding latin1` writes letters as an old program reads them, `set compress off` sends everything as it \
            is, and `set mxp on` lets you click commands in programs that know MXP.
            - `set brief on` leaves out descriptions of places that you know; `look` still shows them.
            - `set movement off` hides who comes and goes, `set actions off` what others do with things, and \
            `set emotes off` their gestures. What is said or done to you is always shown.
            - `set timestamps on` puts the time (UTC) before what others say and do.
            - `set lastseen off` lets nobody know when you were here last.
            Example: `set`, `set color`, `set width 60`.
            """,
        forms: [[], [.name], [.name, .text]]
    ) { command, action in
        let holder = action.world.holder(of: action.actor)
        switch command.form {
        case 0: action.showSettings(holder)
        case 1: try action.showSetting(command.words[0], of: holder)
        default: try action.change(command.words[0], to: command.text, in: holder)
        }
    }
}

extension Action {
    /// The settings there are: that of the language only where there is more than one.
    private var settings: [SettingName] {
        SettingName.allCases.filter { $0 != .language || !turn.languages.isEmpty }
    }

    func showSettings(_ holder: Thing) {
        let preferences = Preferences(holder[.settings])
        var text = turn.text("\(phrase: "Your settings", .title)")
        for setting in settings {
            text.append("\n- ")
            text.append(line(setting, preferences))
        }
        text.append(colours(of: preferences))
        text.append("\n" + turn.text("By default each is the last of what it can be."))
        turn.show(text, as: .reference)
    }

    /// The colours that were chosen, a line each.
    private func colours(of preferences: Preferences) -> StyledText {
        var text = StyledText()
        for (kind, colour) in preferences.colours.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            text.append("\n- ")
            text.append(turn.phrase("\(plain: "color \(kind)"): \(plain: colour.rawValue)"))
        }
        return text
    }

    private func line(_ setting: SettingName, _ preferences: Preferences) -> StyledText {
        let value = preferences[setting]
        return turn.phrase("\(plain: setting.rawValue): \(plain: value) (\(choices(of: setting)))")
    }

    func showSetting(_ name: String, of holder: Thing) throws {
        let setting = try setting(name)
        let preferences = Preferences(holder[.settings])
        var text = line(setting, preferences)
        text.append("\n")
        text.append(turn.text(setting.help))
        text.append("\n" + turn.text("By default it is \(plain: setting.rule.initial)."))
        if setting == .color { text.append(colours(of: preferences)) }
        turn.show(text, as: .reference)
    }

    func change(_ name: String, to typed: String, in holder: Thing) throws {
        let setting = try setting(name)
        if setting == .color, let space = typed.firstIndex(of: " ") {
            return try changeColour(of: String(typed[..<space]).folded, to: String(typed[space...]).trimmed, in: holder)
        }
        let value = try value(typed, for: setting)
        store(value == setting.rule.initial ? nil : value, as: setting.rawValue, in: holder)
        if setting == .language { useLanguage(of: holder) }
        // Which programs a player has at hand is not known here, so that it is said of all that would not follow.
        if setting == .charmode, value == "on" {
            return turn.reply(
                """
                You set \(plain: setting.rawValue) to \(plain: value). A program for games, which takes facts from this \
                one (GMCP or MSDP), has an input line of its own and goes on sending it whole.
                """)
        }
        turn.reply("You set \(plain: setting.rawValue) to \(plain: value).")
    }

    private func value(_ typed: String, for setting: SettingName) throws -> String {
        let word = typed.folded
        if setting == .language, languageCodes.contains(word) { return word }
        if let value = setting.rule.value(of: word) { return value }
        guard setting == .prompt else {
            throw refuse("\(plain: setting.rawValue.capitalizedFirst) can be \(choices(of: setting)).")
        }
        if let problem = PromptTemplate(typed).problem { throw refuse(problem) }
        return typed
    }

    private func store(_ value: String?, as name: String, in holder: Thing) {
        var settings = holder[.settings]
        settings[name] = value
        world.set(.settings, to: settings, on: holder)
        turn.request(.settingsChanged)
    }

    /// Words of which one is chosen.
    ///
    /// They are no commands, so that nothing offers them to be clicked.
    private static func choice(_ words: [String]) -> Sentence {
        let choices: [Sentence] = words.map { "\(plain: $0)" }
        return "\(list: choices, isChoice: true)"
    }

    /// What it can be, as part of a sentence.
    private func choices(of setting: SettingName) -> Sentence {
        let words = setting == .language ? languageCodes + ["auto"] : setting.rule.words
        var choices: [Sentence] = words.map { "\(plain: $0)" }
        if let numbers = setting.rule.numbers {
            choices.insert("\(plain: String(numbers.lowerBound)) to \(plain: String(numbers.upperBound))", at: 0)
        }
        if setting.rule.takesText { choices.insert("a text", at: 0) }
        return "\(list: choices, isChoice: true)"
    }

    private func setting(_ name: String) throws -> SettingName {
        let settings = settings
        if let exact = SettingName(named: name), settings.contains(exact) { return exact }
        let near = SettingName.beginning(with: name).filter { settings.contains($0) }
        if near.count == 1 { return near[0] }
        if near.isEmpty {
            throw refuse("There is no setting called \"\(plain: name)\". Type \(command: "set") to see them.")
        }
        throw refuse("Which do you mean: \(Self.choice(near.map(\.rawValue)))?")
    }

    // MARK: Colours

    /// Kinds of text that can have a colour of their own.
    private static let kinds = TextStyle.allCases.filter { $0 != .plain }.map { "\($0)" }

    private func changeColour(of kind: String, to typed: String, in holder: Thing) throws {
        guard Self.kinds.contains(kind) else {
            throw refuse(
                "There is no kind of text called \"\(plain: kind)\". Kinds are \(Self.choice(Self.kinds))."
            )
        }
        let word = typed.folded == "gray" ? TextColour.grey.rawValue : typed.folded
        let colours = TextColour.allCases.map(\.rawValue) + ["auto"]
        guard colours.contains(word) else {
            throw refuse("The colour of a kind of text can be \(Self.choice(colours)).")
        }
        store(word == "auto" ? nil : word, as: Preferences.colourPrefix + kind, in: holder)
        turn.reply("You set \(plain: "color \(kind)") to \(plain: word).")
    }
}
