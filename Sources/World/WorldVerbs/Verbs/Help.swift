import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let helpVerb = Verb(
        "help", group: .game, usage: ["help", "help topics", "help TOPIC", "help VERB", "help search WORDS"],
        summary: "Read about the game or a command.",
        help: """
            Shows the page of a command, a gesture or an idea; the beginning of its name is enough. `help topics` lists \
            the pages. Words that have no page of their own are looked for in all pages, and so are those after \
            `help search`; the pages that fit best come first.
            Example: `help`, `help get`, `help take off`, `help search open door`.
            """,
        forms: [[], [.word(["search"]), .text], [.word(["topics", "pages", "index"])], [.text]]
    ) { command, action in
        switch command.form {
        case 0: action.showFirstHelp()
        case 1: action.searchHelp(command.text)
        case 2: action.listHelp()
        default: action.showHelp(command.text)
        }
    }
}

extension Action {
    /// The page a world may have for beginners, else the least one has to know.
    func showFirstHelp() {
        if let entry = interpreter.help.entry("getting-started") { return turn.show(page(entry), as: .reference) }
        turn.reply(
            """
            Type \(command: "look") to see where you are, a direction as \(command: "north") or \(command: "n") to go \
            there, \(command: "get") and \(command: "drop") with the name of a thing, and \(command: "say") to talk. \
            \(typed: "commands") lists all there is; \(typed: "help") and a command tells more about it.
            """, as: .reference)
    }

    /// Shows the page of a name or of its beginning, else what pages say of the words.
    func showHelp(_ topic: String) {
        // No page has so long a name.
        if topic.utf8.count > Spelling.maximumLength * 2 { return searchHelp(topic) }
        let topic = interpreter.englishTopic(topic, turn)
        let folded = topic.folded
        if let entry = interpreter.help.entry(folded) { return show(entry, askedFor: folded) }
        if let verb = verb(called: folded), verb.role <= turn.role { return show(verb) }
        if Social.isName(folded, in: world), let social = Social(for: folded, in: world) { return show(social) }
        if let group = group(called: topic) { return listCommands(of: group) }
        if folded.utf8.count > 1 {
            let pages = pages(beginning: folded)
            if pages.count == 1, let page = pages.first { return show(page) }
            if !pages.isEmpty { return list(pages, under: "These pages begin with \"\(plain: topic)\":") }
        }
        searchHelp(topic)
    }

    /// The verb with exactly that name, or that is typed so.
    private func verb(called topic: String) -> Verb? {
        let tokens = InputLine(topic).tokens
        guard let first = tokens.first else { return nil }
        if let (verb, _) = interpreter.verbs.phrase(tokens) { return verb }
        if tokens.count > 1 { return nil }
        if Direction(word: first.word) != nil { return .go }
        return interpreter.verbs.verb(exactly: first.word)
    }

    // MARK: Lists of pages

    /// A page of help, whatever it is about.
    private enum Page {
        case entry(HelpEntry)
        case verb(Verb)
        case social(String)
    }

    private func show(_ page: Page) {
        switch page {
        case .entry(let entry): show(entry)
        case .verb(let verb): show(verb)
        case .social(let name): if let social = Social(for: name, in: world) { show(social) }
        }
    }

    /// Every page there is for the actor.
    private var pages: [Page] {
        interpreter.help.entries.map { .entry($0) }
            + interpreter.verbs.verbs.filter { $0.role <= turn.role }.map { .verb($0) }
            + Social.names(in: world).map { .social($0) }
    }

    private func pages(beginning word: String) -> [Page] {
        interpreter.help.entries(beginning: word).map { .entry($0) }
            + interpreter.verbs.verbs.filter { verb in
                verb.role <= turn.role && ([verb.name] + verb.aliases).contains { $0.hasPrefix(word) }
            }.map { .verb($0) }
            + Social.names(in: world).filter { $0.hasPrefix(word) }.map { .social($0) }
    }

    private func names(of page: Page) -> [String] {
        switch page {
        case .entry(let entry): entry.names
        case .verb(let verb): [verb.name] + verb.aliases + verb.phrases
        case .social(let name): [name]
        }
    }

    private func title(of page: Page) -> String {
        switch page {
        case .entry(let entry): turn.content(entry.title)
        case .verb(let verb): turn.content(verb.summary)
        case .social: turn.content("A gesture.")
        }
    }

    private func body(of page: Page) -> String {
        switch page {
        case .entry(let entry): turn.content(entry.body)
        case .verb(let verb): turn.content(verb.help)
        case .social: ""
        }
    }

    /// The words of a page in the actor's language, which are read once.
    private func words(of page: Page, in language: String) -> HelpText {
        let key =
            switch page {
            case .entry(let entry): "page " + entry.topic
            case .verb(let verb): "verb " + verb.name
            case .social(let name): "gesture " + name
            }
        return interpreter.helpTexts.text(key, in: language) {
            HelpText(names: names(of: page), title: title(of: page), body: body(of: page))
        }
    }

    /// Pages named by one list at most.
    private static let longestList = 12

    private func list(_ pages: [Page], under heading: Sentence) {
        var text = turn.text(heading)
        for page in pages.prefix(Self.longestList) { append(page, to: &text) }
        let rest = pages.count - Self.longestList
        if rest == 1 { text.append("\n" + turn.text("There is one page more.")) }
        if rest > 1 { text.append("\n" + turn.text("There are \(number: rest) pages more.")) }
        turn.show(text, as: .reference)
    }

    private func append(_ page: Page, to text: inout StyledText) {
        text.append("\n- ")
        text.append("help \(names(of: page).first ?? "")", .command)
        text.append(": \(title(of: page))")
    }

    func listHelp() {
        var text = turn.text("\(phrase: "Pages of help", .title)")
        for entry in interpreter.help.entries.sorted(by: { $0.topic < $1.topic }) { append(.entry(entry), to: &text) }
        text.append("\n" + turn.text("Every command has a page as well; \(typed: "commands") lists them."))
        turn.show(text, as: .reference)
    }

    // MARK: Searching

    func searchHelp(_ text: String) {
        let search = HelpSearch(text)
        let language = turn.language?.code ?? ""
        let pages = pages.map { (page: $0, words: words(of: $0, in: language)) }
        let found = pages.compactMap { page in search.fit(page.words).map { (page.page, fit: $0) } }
        // Pages with all the words, if there are such, else those with the most of them.
        let most = found.map(\.fit.words).max() ?? 0
        let best = found.filter { $0.fit.words == most }.enumerated()
            .sorted { ($1.element.fit, $0.offset) < ($0.element.fit, $1.offset) }.map(\.element.0)
        if !best.isEmpty { return list(best, under: "These pages speak of \"\(plain: text)\":") }
        let near = nearTopics(text.folded, among: pages.flatMap(\.words.names))
        if near.isEmpty {
            return turn.reply(
                "There is no help about \"\(plain: text)\". Try \(typed: "help") or \(typed: "commands").",
                as: .reference)
        }
        let choices = near.map { "help \($0)" }
        turn.reply(
            "There is no help about \"\(plain: text)\". Did you mean \(commands: choices, isChoice: true)?",
            as: .reference)
    }

    /// Names of pages that differ from a word by few letters, nearest first.
    private func nearTopics(_ word: String, among names: [HelpText.Name]) -> [String] {
        if word.utf8.count > Spelling.maximumLength { return [] }
        let length = word.count
        let letters = Spelling.letters(of: word)
        let farthest = max(1, min(3, length / 3))
        var near: [(distance: Int, name: String)] = []
        for name in names where abs(name.length - length) <= farthest && name.length > 2 {
            if (name.letters ^ letters).nonzeroBitCount > 2 * farthest { continue }
            let distance = Spelling.distance(word, name.folded)
            if distance <= farthest, !near.contains(where: { $0.name == name.name }) {
                near.append((distance, name.name))
            }
        }
        return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }

    // MARK: One page

    /// Pages that are named under another at most.
    private static let mostSeenAlso = 5

    private func show(_ verb: Verb) {
        var text = page(verb)
        let pages = interpreter.help.entries(about: [verb.name] + verb.aliases, atMost: Self.mostSeenAlso)
        appendSeeAlso(pages.map(\.topic), to: &text)
        turn.show(text, as: .reference)
    }

    private func page(_ verb: Verb) -> StyledText {
        var text = StyledText(verb.name, .title)
        text.append(": \(turn.content(verb.summary))")
        for usage in turn.usage(of: verb) {
            text.append("\n  ")
            text.append(usage, .command)
        }
        let others = verb.aliases + verb.phrases + turn.words(for: verb)
        if !others.isEmpty {
            text.append("\n" + turn.text("Also: \(commands: others)."))
        }
        text.append("\n")
        text.append(marked(turn.content(verb.help)))
        return text
    }

    /// Shows a page about an idea, and below it that of the command that is called as what was asked for.
    private func show(_ entry: HelpEntry, askedFor name: String = "") {
        var text = page(entry)
        if let own = interpreter.verbs.verb(exactly: name), own.role <= turn.role { text.append("\n\n" + page(own)) }
        var verbs: [String] = []
        for word in entry.commands {
            guard let verb = interpreter.verbs.verb(exactly: word), verb.role <= turn.role,
                interpreter.help.entry(verb.name) == nil, !verbs.contains(verb.name), verb.name != "help"
            else { continue }
            verbs.append(verb.name)
        }
        appendSeeAlso(Array(verbs.prefix(Self.mostSeenAlso)), to: &text)
        turn.show(text, as: .reference)
    }

    private func appendSeeAlso(_ topics: [String], to text: inout StyledText) {
        if topics.isEmpty { return }
        text.append("\n" + turn.text("See also: \(commands: topics.map { "help \($0)" })."))
    }

    private func page(_ entry: HelpEntry) -> StyledText {
        var text = StyledText(turn.content(entry.title), .title)
        text.append("\n")
        text.append(marked(turn.content(entry.body).trimmed))
        return text
    }

    /// Text between backticks is what may be typed.
    func marked(_ source: String) -> StyledText {
        var text = StyledText()
        for (index, part) in source.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
            text.append(String(part), index % 2 == 1 ? .command : .plain)
        }
        return text
    }
}
