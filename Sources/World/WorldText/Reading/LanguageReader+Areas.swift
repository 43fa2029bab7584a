import WorldLanguage
import WorldModel

/// The texts of areas in a language.
extension LanguageReader {
    private static let properties: [(String, CoreProperty)] = [
        ("name", .name), ("description", .description), ("initial", .initial), ("readable", .readable),
        ("fixed", .fixed), ("greeting", .greeting), ("default", .defaultReply), ("text", .passageText),
        ("impassable", .impassable), ("title", .title), ("subject", .subject), ("body", .body),
    ]

    mutating func readThing(_ entry: TextNode.Entry, in area: String) {
        let key = area + "/" + entry.key
        guard var fields = Fields(entry.value, of: "the text of \(key)", sink) else { return }
        var translation = AreaTranslation(key: key, position: entry.keyPosition)
        for (name, property) in Self.properties {
            if let text = fields.text(name) { translation.texts[property] = text }
        }
        translation.classifier = fields.text("classifier") ?? ""
        translation.nouns = fields.words("nouns") ?? []
        translation.names = fields.words("names") ?? []
        translation.details = Dictionary(texts(&fields, "details")) { $1 }
        translation.topics = Dictionary(texts(&fields, "topics")) { $1 }
        translation.descriptions = Dictionary(texts(&fields, "descriptions")) { $1 }
        translation.reasons = Dictionary(texts(&fields, "locks")) { $1 }
        for verb in fields.map("verbs") { translation.verbs[verb.key] = readParts(of: verb) }
        fields.finish()
        translations.append(translation)
    }

    /// Finds out what every text of an area is in English.
    mutating func join(_ content: WorldContent) {
        let exits = Dictionary(content.exits.map { ($0.key, $0) }) { first, _ in first }
        for translation in translations {
            guard let declaration = content.declarations[translation.key] ?? exits[translation.key] else {
                let hint = sink.hint(for: translation.key, among: content.declarations.keys.sorted())
                sink.warning(translation.position, "there is nothing called \(translation.key)\(hint)")
                continue
            }
            join(translation, declaration)
        }
    }

    private mutating func join(_ translation: AreaTranslation, _ declaration: Declaration) {
        for (property, text) in translation.texts {
            let english = declaration.text(property)
            if english.isEmpty {
                sink.warning(translation.position, "\(declaration.label) has no \(property) that could be translated")
            } else if property == .name {
                parts.content.names[english] = ContentTexts.Name(
                    name: text, classifier: translation.classifier, nouns: translation.nouns)
                parts.content.texts[english] = text
            } else {
                take(text, for: english)
            }
        }
        for (index, name) in declaration.words(.otherNames).enumerated() where index < translation.names.count {
            parts.content.texts[name] = translation.names[index]
        }
        join(translation.details, .details, of: declaration, translation.position)
        join(translation.topics, .topics, of: declaration, translation.position)
        join(translation.descriptions, .descriptions, of: declaration, translation.position)
        joinRules(translation, declaration)
    }

    /// What everybody reads of a verb, or a map of its texts.
    private func readParts(of entry: TextNode.Entry) -> [Behavior.Part: String] {
        let what = "verb \(entry.key)"
        if case .text = entry.value.content {
            return Fields.text(entry.value, what: what, sink).map { [.does: $0] } ?? [:]
        }
        guard var fields = Fields(entry.value, of: what, sink) else { return [:] }
        var texts: [Behavior.Part: String] = [:]
        for part in [Behavior.Part.does, .tells, .beyond, .refusal, .spent] { texts[part] = fields.text(part.rawValue) }
        fields.finish()
        return texts
    }

    private mutating func joinRules(_ translation: AreaTranslation, _ declaration: Declaration) {
        for (verb, texts) in translation.verbs {
            guard case .map(let stored)? = declaration.entries[.verbs]?[verb] else {
                sink.warning(translation.position, "\(declaration.label) has no verb \(verb)")
                continue
            }
            let behavior = Behavior(stored)
            for (part, text) in texts where !behavior[part].isEmpty {
                if part == .does {
                    parts.forms[behavior[part]] = text
                } else {
                    parts.content.texts[behavior[part]] = text
                }
            }
        }
        for (deed, text) in translation.reasons {
            guard case .map(let lock)? = declaration.entries[.locks]?[deed], case .text(let english)? = lock["because"]
            else {
                sink.warning(translation.position, "\(declaration.label) has no reason for \(deed)")
                continue
            }
            parts.content.texts[english] = text
        }
    }

    /// What a creature does instead of answering stands between asterisks, which are not shown.
    private mutating func take(_ text: String, for english: String) {
        parts.content.texts[english] = text
        if english.hasPrefix("*"), english.hasSuffix("*"), english.utf8.count > 2 {
            parts.content.texts[String(english.dropFirst().dropLast())] = text.replacing("*", with: "")
        }
    }

    /// Joins texts by any of the words they have in English; other words are further ones for the same.
    private mutating func join(
        _ texts: [String: String], _ property: CoreProperty, of declaration: Declaration, _ position: SourcePosition
    ) {
        guard !texts.isEmpty, case .map(let entries)? = declaration.looks[property] else { return }
        var known: [String: (key: String, text: String)] = [:]
        for (key, value) in entries {
            guard case .text(let text) = value else { continue }
            for word in Fields.split(key) { known[word] = (key, text) }
        }
        for (key, text) in texts {
            let words = Fields.split(key)
            guard let english = words.first(where: { known[$0] != nil }), let meant = known[english] else {
                sink.warning(position, "\(declaration.label) has no \(property) for \(key)")
                continue
            }
            take(text, for: meant.text)
            for word in words where known[word] == nil {
                parts.content.words[declaration.name, default: [:]][word] = english
            }
        }
    }
}
