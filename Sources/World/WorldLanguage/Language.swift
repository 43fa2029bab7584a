import WorldModel

/// A language the game can be read in beside English: sentences, names, gestures, help and what may be typed in it.
///
/// Everything in it is data from files; see the README of the world's folder.
package final class Language: Sendable {
    /// What one types for it, as `zh`.
    package let code: String
    /// What it calls itself.
    package let name: String
    package let grammar: Grammar
    package let catalogue: Catalogue
    package let content: ContentTexts
    package let commands: CommandWords
    package let gestures: [String: Gesture]
    /// Words for how something is done, by the English ones.
    package let adverbs: [String: String]
    /// What help says of verbs, by their names.
    package let verbs: [String: VerbText]
    package let pages: [Page]

    /// A gesture as the language shows it: forms in the manner of `SocialForm`.
    package struct Gesture: Equatable, Sendable {
        package var names: [String] = []
        /// By `alone`, `at` and `self`.
        package var forms: [String: String] = [:]

        package init() {}
    }

    /// What help says of one verb.
    package struct VerbText: Equatable, Sendable {
        package var summary = ""
        package var help = ""
        package var usage: [String] = []

        package init() {}
    }

    /// A page of help.
    package struct Page: Sendable {
        package let topic: String
        package let aliases: [String]
        package let title: String
        package let body: String

        package init(topic: String, aliases: [String], title: String, body: String) {
            self.topic = topic
            self.aliases = aliases
            self.title = title
            self.body = body
        }
    }

    /// What a language is made of, to be filled in while files are read.
    package struct Parts: Sendable {
        package var code = ""
        package var name = ""
        package var grammar = Grammar()
        package var catalogue = Catalogue()
        package var content = ContentTexts()
        package var commands = CommandWords()
        package var gestures: [String: Gesture] = [:]
        package var adverbs: [String: String] = [:]
        package var verbs: [String: VerbText] = [:]
        package var pages: [Page] = []
        /// What verbs of things show, by what it is in English; see ``SocialForm``.
        package var forms: [String: String] = [:]

        package init() {}
    }

    private let parts: Parts

    package init(_ parts: Parts) {
        var parts = parts
        for (name, gesture) in parts.gestures {
            for (key, form) in gesture.forms {
                parts.catalogue[Self.key(ofGesture: name, key)] = Catalogue.Pattern("{1}" + Self.numbered(form))
            }
        }
        for (english, form) in parts.forms {
            parts.catalogue[Self.key(ofForm: english)] = Catalogue.Pattern("{1}" + Self.numbered(form))
        }
        self.parts = parts
        code = parts.code
        name = parts.name
        grammar = parts.grammar
        catalogue = parts.catalogue
        content = parts.content
        commands = parts.commands
        gestures = parts.gestures
        adverbs = parts.adverbs
        verbs = parts.verbs
        pages = parts.pages
    }

    /// A form of a gesture with the numbers of arguments in place of its marks: who does it is the first.
    private static func numbered(_ form: String) -> String {
        var text = form
        for (index, mark) in SocialForm.Mark.allCases.enumerated() {
            text = text.replacing("<\(mark.rawValue)>", with: "{\(index + 2)}")
        }
        return text
    }

    /// What a catalogue calls the form of a gesture.
    package static func key(ofGesture name: String, _ form: String) -> String { "social:\(name):\(form)" }

    /// What a catalogue calls what a verb of a thing shows.
    package static func key(ofForm english: String) -> String { "form:\(english)" }

    /// The same with further texts and names of the content, by what they are in English.
    package func adding(_ content: ContentTexts) -> Language {
        var parts = parts
        parts.content.texts.merge(content.texts) { _, new in new }
        parts.content.names.merge(content.names) { _, new in new }
        return Language(parts)
    }

    /// A sentence without arguments; in English when there is no other.
    package func text(_ key: String) -> String {
        guard case .text(let text)? = catalogue[key]?.parts.first else { return key }
        return text
    }

    /// A text of the content or a sentence of the game's own, in English when there is no other.
    package func content(_ text: String) -> String { content.texts[text] ?? self.text(text) }
}

/// The texts of the world's content in a language, by what they are in English.
///
/// A text that somebody changed in play is another one, and is read as it is.
package struct ContentTexts: Sendable {
    /// How a thing is called.
    package struct Name: Equatable, Sendable {
        package var name: String
        /// What counts it, as `盏`; empty takes the usual one.
        package var classifier: String
        /// Further words for it.
        package var nouns: [String]

        package init(name: String, classifier: String = "", nouns: [String] = []) {
            self.name = name
            self.classifier = classifier
            self.nouns = nouns
        }
    }

    package var texts: [String: String] = [:]
    /// By English names.
    package var names: [String: Name] = [:]
    /// The English words for what places have in sight and creatures know, by the names of places and creatures and the
    /// words of the language.
    package var words: [String: [String: String]] = [:]

    package init() {}
}
