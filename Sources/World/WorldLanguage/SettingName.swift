/// What a player may set, under its stored name and in the order in which `set` lists it: the one table of settings.
///
/// What follows from a setting is the work of whoever reads it: a door, or the world itself.
package enum SettingName: String, CaseIterable, Sendable {
    // How it looks.
    case color, theme, width, encoding, screenreader, pager, prompt, statusline, charmode
    // What is told, and how.
    case brief, movement, actions, emotes, timestamps, lastseen, sounds
    // What goes over the wire.
    case compress, mxp
    case language

    /// The row of the table.
    package var rule: SettingRule { Self.rules[Self.index(of: self)] }

    /// The setting of a name in full, or of one that it had before or has beside.
    package init?(named name: String) {
        guard let found = Self.allCases.first(where: { $0.rawValue == name || $0.rule.aliases.contains(name) }) else {
            return nil
        }
        self = found
    }

    /// Those whose name begins so.
    package static func beginning(with name: String) -> [SettingName] {
        allCases.filter { setting in
            setting.rawValue.hasPrefix(name) || setting.rule.aliases.contains { $0.hasPrefix(name) }
        }
    }

    private static let rules = allCases.map(makeRule)

    private static func index(of name: SettingName) -> Int { allCases.firstIndex(of: name) ?? 0 }

    private static func makeRule(_ name: SettingName) -> SettingRule {
        switch name {
        case .color: SettingRule(["colour", "colors", "colours"], words: ["on", "off", "16", "256", "true", "auto"])
        case .theme:
            SettingRule(
                words: ["dark", "light", "contrast", "none", "auto"],
                others: ["highcontrast": "contrast", "high": "contrast"])
        case .width: SettingRule(words: ["auto"], numbers: 20...500)
        case .encoding:
            SettingRule(
                ["charset"], words: ["utf8", "latin1", "cp437", "gbk", "big5", "ascii", "auto"],
                others: [
                    "iso88591": "latin1", "latin": "latin1", "ibm437": "cp437", "437": "cp437", "gb2312": "gbk",
                    "gb18030": "gbk", "cp936": "gbk", "cp950": "big5", "usascii": "ascii", "unicode": "utf8",
                ])
        case .screenreader: SettingRule(["reader"], words: ["on", "off", "auto"])
        case .pager: SettingRule(words: ["on", "off"], numbers: 5...200)
        case .prompt: SettingRule(words: ["off", "auto"], takesText: true)
        case .statusline: SettingRule(["status"], words: ["off", "on"])
        case .charmode: SettingRule(["charactermode"], words: ["on", "off", "auto"])
        case .brief: SettingRule(words: ["on", "off"])
        case .movement: SettingRule(words: ["off", "on"])
        case .actions: SettingRule(["action"], words: ["off", "on"])
        case .emotes: SettingRule(["emote"], words: ["off", "on"])
        case .timestamps: SettingRule(["timestamp"], words: ["on", "off"])
        case .lastseen: SettingRule(words: ["off", "on"])
        case .sounds: SettingRule(["sound"], words: ["on", "off"])
        case .compress: SettingRule(["compression", "mccp"], words: ["off", "on"])
        case .mxp: SettingRule(words: ["on", "off"])
        case .language: SettingRule(["lang"], words: ["en", "auto"])
        }
    }
}

/// What one setting can be.
package struct SettingRule: Sendable {
    /// Further names, also those it had before.
    package let aliases: [String]
    /// Words it can be; the last is what it is while nobody has set it.
    package let words: [String]
    /// Other spellings of the words.
    package let others: [String: String]
    /// Numbers it can be as well.
    package let numbers: ClosedRange<Int>?
    /// Whether it can be any text as well.
    package let takesText: Bool

    init(
        _ aliases: [String] = [], words: [String], others: [String: String] = [:], numbers: ClosedRange<Int>? = nil,
        takesText: Bool = false
    ) {
        self.aliases = aliases
        self.words = words
        self.others = others
        self.numbers = numbers
        self.takesText = takesText
    }

    package var initial: String { words.last ?? "" }

    /// Whether a stored value is one of those it can be.
    package func allows(_ value: String) -> Bool {
        takesText || words.contains(value) || Int(value).map { numbers?.contains($0) == true } == true
    }

    /// The value that somebody means: in other spelling, or by its beginning.
    ///
    /// - Returns: nil when it is none, or might be several.
    package func value(of typed: String) -> String? {
        let plain = typed.lowercased()
        if words.contains(plain) { return plain }
        if let number = Int(plain), numbers?.contains(number) == true { return String(number) }
        let bare = String(plain.filter { $0 != "-" && $0 != "_" && $0 != " " })
        if bare.isEmpty { return nil }
        if let other = others[bare] { return other }
        if words.contains(bare) { return bare }
        let near = words.filter { $0.hasPrefix(bare) }
        return near.count == 1 ? near[0] : nil
    }
}
