import WorldModel

/// Reads the content files of a world.
///
/// Reports everything that is wrong in one run: one bad entry costs that entry, and bad YAML costs that file.
package struct ContentReader {
    private let sink = DiagnosticSink()
    private var content = WorldContent()
    private var worldFile: SourcePosition?
    private var languages: [String: LanguageReader] = [:]

    private init() {}

    /// Reads a world from its files, in any order.
    ///
    /// - Parameter sources: `*.yaml` and `help/*.md`; other files are passed over.
    /// - Returns: What could be read, and diagnostics in the order of files and lines. Content is fit for loading when
    ///   no diagnostic is an error.
    /// - Complexity: O(*n*) in the size of the files, but for the search for similar names in case of an error.
    package static func read(_ sources: [ContentSource]) -> (content: WorldContent, diagnostics: [Diagnostic]) {
        var reader = ContentReader()
        for source in sources.sorted(by: { $0.path < $1.path }) { reader.read(source) }
        reader.check()
        for code in reader.languages.keys.sorted() {
            guard let language = reader.languages[code]?.finish(reader.content) else { continue }
            reader.content.languages.append(language)
        }
        return (reader.content, reader.sink.diagnostics.sorted())
    }

    private mutating func read(_ source: ContentSource) {
        switch source.kind {
        case .yaml: readDocument(source)
        case .help: readHelp(source)
        case .language(let code): readLanguage(source, code)
        case .other: break
        }
    }

    private mutating func readLanguage(_ source: ContentSource, _ code: String) {
        if source.isYAML {
            guard let root = YAMLDocument(path: source.path, sink: sink).read(source.text),
                var fields = Fields(root, of: "the file", sink)
            else { return }
            languages[code, default: LanguageReader(code: code, sink)].read(&fields)
        } else if let page = HelpReader(sink: sink).read(source) {
            languages[code, default: LanguageReader(code: code, sink)].add(page)
        }
    }

    private mutating func readDocument(_ source: ContentSource) {
        guard let root = YAMLDocument(path: source.path, sink: sink).read(source.text) else { return }
        guard var fields = Fields(root, of: "the file", sink) else {
            sink.refusals += 1
            return
        }
        if fields.has("area") {
            readArea(&fields)
        } else if fields.has("start") {
            readWorld(&fields)
        } else if fields.has("socials") {
            SocialReader(sink: sink).read(&fields, into: &content.socials)
            fields.finish()
        } else if fields.has("tutorial") {
            TutorialReader(sink: sink).read(&fields, into: &content)
            fields.finish()
        } else {
            sink.refusals += 1
            sink.error(root.position, "the file names neither an `area` nor, for the whole world, a `start`")
        }
    }

    private mutating func readArea(_ fields: inout Fields) {
        let position = fields.position(of: "area")
        guard let key = fields.text("area") else {
            sink.refusals += 1
            return
        }
        guard KeyText.isValid(key) else {
            sink.refusals += 1
            return sink.error(position, "\(key) cannot name an area; use lower-case letters, digits and hyphens")
        }
        if let other = content.areas.first(where: { $0.key == key }) {
            sink.error(position, "area \(key) is given twice; the first is at \(other.position)")
        }
        var reader = AreaReader(area: key, sink)
        reader.read(&fields)
        fields.finish()
        content.areas.append(AreaDeclaration(key: key, title: reader.title, position: position))
        for declaration in reader.declarations { add(declaration) }
    }

    private mutating func add(_ declaration: Declaration) {
        if declaration.kind == .exit { return content.exits.append(declaration) }
        if let other = content.declarations[declaration.key] {
            sink.error(
                declaration.position,
                "\(declaration.label) has the key of \(other.label) at \(other.position)")
        } else {
            content.declarations[declaration.key] = declaration
        }
    }

    private mutating func readWorld(_ fields: inout Fields) {
        let position = fields.position(of: "start")
        if let other = worldFile {
            sink.error(position, "the world's settings are given twice; the first are at \(other)")
        }
        worldFile = position
        content.title = fields.text("title") ?? ""
        content.welcome = fields.text("welcome") ?? ""
        content.cascades = CascadeReader(sink: sink).read(fields.map("cascades"))
        content.vitals = VitalReader(sink: sink, owner: "the world").read(fields.map("vitals"))
        let days = CalendarReader(sink: sink)
        content.calendar = fields.entry("calendar").flatMap { days.calendar($0.value) }
        content.channels = ChannelReader(sink: sink).read(fields.map("channels"))
        content.climates = days.climates(fields.map("climate"), content.calendar ?? .standard)
        if let start = fields.text("start") {
            let parts = start.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            if parts.count == 2, parts.allSatisfy(KeyText.isValid) {
                content.startPlace = Reference(key: start, position: position)
            } else {
                sink.error(position, "start must be a room's key with its area, such as cove/pier, not \(start)")
            }
        }
        fields.finish()
    }

    private mutating func readHelp(_ source: ContentSource) {
        guard let page = HelpReader(sink: sink).read(source) else { return }
        for word in [page.topic] + page.aliases {
            if let other = content.helpPages.first(where: { $0.topic == word || $0.aliases.contains(word) }) {
                sink.error(page.position, "help for \(word) is already given by \(other.position.file)")
            }
        }
        content.helpPages.append(page)
    }

    private func check() {
        if worldFile == nil, !sink.missesFile {
            let place = content.areas.map(\.position).min() ?? SourcePosition(file: "World", line: 1, column: 1)
            sink.error(place, "no file says where the world starts; write `start: area/room` into world.yaml")
        }
        ReferenceCheck(content, sink).run()
        ShapeCheck(content, sink).run()
        PassageCheck(content, sink).run()
        TutorialCheck(content, sink).run()
        ClimateCheck(content, sink).run()
        // The lock check walks the world, so it makes sense only when the world hangs together.
        if !sink.diagnostics.contains(where: { $0.severity == .error }) { LockCheck(content, sink).run() }
    }
}
