package import WorldModel

/// The languages that players may read the game in beside English.
package struct LanguageTable: Sendable {
    package let languages: [Language]
    /// What may be typed in any of them, by everybody.
    package let translator: CommandTranslator
    private let byCode: [String: Language]

    package init(_ languages: [Language] = []) {
        self.languages = languages
        byCode = Dictionary(languages.map { ($0.code, $0) }) { first, _ in first }
        var translator = CommandTranslator()
        for language in languages { translator.add(language.commands) }
        self.translator = translator
    }

    package static let empty = LanguageTable()

    package var isEmpty: Bool { languages.isEmpty }

    package subscript(code: String) -> Language? { byCode[code] }

    /// The language of a locale as POSIX names them, such as `zh_CN.UTF-8`: that of the whole name, or else of its first part.
    ///
    /// - Returns: Nil for one that is not here, and for English.
    package func language(ofLocale locale: String) -> Language? {
        let name = locale.prefix { $0 != "." && $0 != "@" }.lowercased().replacing("_", with: "-")
        let first = String(name.prefix { $0 != "-" })
        return languages.first { $0.code.lowercased() == name } ?? byCode[first]
    }

    /// What somebody reads; nil is English.
    package func language(of person: Thing) -> Language? {
        if languages.isEmpty { return nil }
        let code = person[.language]
        return code.isEmpty ? nil : byCode[code]
    }

    /// The name of a page of help in English, by any name it has in another language.
    package func topic(_ word: String) -> String? {
        for language in languages {
            let page = language.pages.first { $0.aliases.contains(word) || $0.title == word }
            if let page { return page.topic }
        }
        return nil
    }

    /// Whether a word is what any language has for a text of the content.
    package func isTranslation(_ word: String, of text: String) -> Bool {
        languages.contains { $0.content.texts[text] == word }
    }

    /// The English word for what is in sight of a place, or for what a creature knows.
    package func word(_ word: String, of thing: Thing) -> String? {
        for language in languages { if let word = language.content.words[thing.name]?[word] { return word } }
        return nil
    }

    /// The English words for everything in a text that a creature knows.
    package func words(in text: String, of thing: Thing) -> [String] {
        languages.flatMap { language in
            (language.content.words[thing.name] ?? [:]).filter { text.contains($0.key) }.map(\.value)
        }
    }

    /// Further nouns of things, by their English names; see ``World/useNouns(_:)``.
    package var nouns: [String: [String]] {
        var nouns: [String: [String]] = [:]
        for language in languages {
            for (name, translation) in language.content.names {
                nouns[name, default: []] += [translation.name] + translation.nouns
            }
        }
        return nouns
    }
}
