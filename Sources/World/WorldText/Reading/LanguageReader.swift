import Basics
import WorldLanguage
import WorldModel

/// Reads the files of one language, `languages/zh/…`, in which a file may hold any of the parts.
///
/// ```text
///   language, name, grammar         what the language is, in one of its files
///   messages                        sentences by their keys
///   commands                        verbs, words and lines that may be typed
///   adverbs, socials, verbs         words for manner, gestures, what help says of commands
///   tutorial                        what its steps tell
///   area, texts                     the texts of an area by its keys
/// ```
struct LanguageReader {
    let sink: DiagnosticSink
    var parts = Language.Parts()
    /// The texts of areas, until it is known what they are in English.
    var translations: [AreaTranslation] = []
    /// What the tutorial tells, by the names of its steps.
    var steps: [String: [String: String]] = [:]

    /// What a file says of one room, exit, door, thing or prototype.
    struct AreaTranslation {
        let key: String
        let position: SourcePosition
        /// In place of the text of a property.
        var texts: [CoreProperty: String] = [:]
        var classifier = ""
        var nouns: [String] = []
        /// Texts by the words for them, English ones too.
        var details: [String: String] = [:]
        var topics: [String: String] = [:]
        var descriptions: [String: String] = [:]
        /// Names of an exit.
        var names: [String] = []
        /// Texts of verbs of its own, by verb and part, and reasons of locks, by deed.
        var verbs: [String: [Behavior.Part: String]] = [:]
        var reasons: [String: String] = [:]
    }

    init(code: String, _ sink: DiagnosticSink) {
        self.sink = sink
        parts.code = code
    }

    mutating func read(_ fields: inout Fields) {
        if fields.has("language") { readLanguage(&fields) }
        readMessages(&fields)
        readCommands(&fields)
        for (english, words) in texts(&fields, "adverbs") { parts.adverbs[english] = words }
        for entry in fields.map("socials") { readSocial(entry) }
        for entry in fields.map("verbs") { readVerb(entry) }
        for entry in fields.map("tutorial") { readStep(entry) }
        if let area = fields.text("area") {
            for entry in fields.map("texts") { readThing(entry, in: area) }
        }
        fields.finish()
    }

    mutating func add(_ page: HelpPage) {
        parts.pages.append(
            Language.Page(topic: page.topic, aliases: page.aliases, title: page.title, body: page.body))
    }

    // MARK: The language itself

    private mutating func readLanguage(_ fields: inout Fields) {
        let code = fields.text("language") ?? ""
        if code != parts.code {
            sink.error(fields.position(of: "language"), "language \(code) stands in the folder of \(parts.code)")
        }
        parts.name = fields.text("name") ?? code
        guard let entry = fields.entry("grammar"), var words = Fields(entry.value, of: "the grammar", sink) else {
            return
        }
        var grammar = Grammar()
        func take(_ key: String, _ path: WritableKeyPath<Grammar, String>) {
            if let text = words.text(key) { grammar[keyPath: path] = text }
        }
        take("you", \.you)
        take("possessive", \.possessive)
        take("reflexive", \.reflexive)
        take("someone", \.someone)
        take("something", \.something)
        take("several", \.several)
        take("unknown", \.unknown)
        take("separator", \.separator)
        take("and", \.and)
        take("or", \.or)
        take("classifier", \.classifier)
        take("counted", \.counted)
        take("others", \.others)
        take("adverb", \.adverb)
        grammar.isSpaced = words.flag("spaced") ?? false
        grammar.numbers = words.words("numbers") ?? []
        for entry in words.map("pronouns") {
            grammar.pronouns[entry.key] = Fields.text(entry.value, what: "pronoun \(entry.key)", sink)
        }
        words.finish()
        parts.grammar = grammar
    }

    private mutating func readMessages(_ fields: inout Fields) {
        for entry in fields.map("messages") {
            guard let text = line(entry, "message") else { continue }
            if parts.catalogue[entry.key] != nil {
                sink.error(entry.keyPosition, "the message \"\(entry.key)\" is given twice")
            }
            if let problem = Catalogue.problem(of: text, for: entry.key) {
                sink.error(entry.value.position, "the message \"\(entry.key)\" \(problem)")
            } else {
                parts.catalogue[entry.key] = Catalogue.Pattern(text)
            }
        }
    }

    private mutating func readCommands(_ fields: inout Fields) {
        guard let entry = fields.entry("commands"), var commands = Fields(entry.value, of: "the commands", sink) else {
            return
        }
        for entry in commands.map("lines") {
            guard let command = line(entry, "line") else { continue }
            if let problem = Catalogue.problem(of: command, for: entry.key) {
                sink.error(entry.value.position, "the line \(entry.key) \(problem)")
            } else {
                parts.commands.lines.append(CommandWords.Line(entry.key, command))
            }
        }
        for (word, command) in texts(&commands, "verbs") { parts.commands.verbs[word] = command }
        for (word, english) in texts(&commands, "words") { parts.commands.words[word] = english }
        commands.finish()
    }

    private mutating func readSocial(_ entry: TextNode.Entry) {
        guard var fields = Fields(entry.value, of: "social \(entry.key)", sink) else { return }
        var gesture = Language.Gesture()
        gesture.names = fields.words("names") ?? []
        for key in ["alone", "at", "self"] {
            guard let text = fields.text(key) else { continue }
            gesture.forms[key] = text
        }
        fields.finish()
        parts.gestures[entry.key] = gesture
        for name in gesture.names { parts.commands.verbs[name] = entry.key }
    }

    private mutating func readVerb(_ entry: TextNode.Entry) {
        guard var fields = Fields(entry.value, of: "verb \(entry.key)", sink) else { return }
        var text = Language.VerbText()
        text.summary = fields.text("summary") ?? ""
        text.help = fields.text("help") ?? ""
        text.usage = fields.words("usage") ?? []
        fields.finish()
        parts.verbs[entry.key] = text
    }

    private mutating func readStep(_ entry: TextNode.Entry) {
        guard var fields = Fields(entry.value, of: "step \(entry.key)", sink) else { return }
        for key in ["text", "hint", "done"] {
            if let text = fields.text(key) { steps[entry.key, default: [:]][key] = text }
        }
        fields.finish()
    }

    /// The language, when all files are read.
    mutating func finish(_ content: WorldContent) -> Language? {
        guard !parts.name.isEmpty else {
            if let first = translations.first?.position {
                sink.error(first, "no file of the language \(parts.code) says its `language` and `name`")
            }
            return nil
        }
        join(content)
        for page in parts.pages {
            guard let english = content.helpPages.first(where: { $0.topic == page.topic }) else { continue }
            parts.content.texts[english.title] = page.title
            parts.content.texts[english.body] = page.body
        }
        for step in content.tutorial {
            for (key, text) in step["name"].flatMap({ steps[$0] }) ?? [:] {
                if let english = step[key] { parts.content.texts[english] = text }
            }
        }
        for area in content.areas where parts.catalogue[area.title] != nil {
            parts.content.texts[area.title] = Language(parts).text(area.title)
        }
        return Language(parts)
    }

    // MARK: Texts

    func line(_ entry: TextNode.Entry, _ what: String) -> String? {
        Fields.text(entry.value, what: "\(what) \"\(entry.key)\"", sink)
    }

    func texts(_ fields: inout Fields, _ key: String) -> [(String, String)] {
        fields.map(key).compactMap { entry in line(entry, key).map { (entry.key, $0) } }
    }
}
