/// One text file of the world: where it lies and what it says.
///
/// The caller reads files; this room only ever sees their text.
package struct ContentSource: Sendable {
    /// The path to show in diagnostics, such as `World/areas/cove.yaml`.
    package let path: String
    package let text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// What a path's name says the file holds.
    enum Kind: Equatable {
        case yaml
        case help
        /// Part of a language other than English, by its code: what lies in `languages/zh`.
        case language(String)
        /// Not content, such as the folder's README.
        case other
    }

    /// The code of the language it belongs to; nil for what is in English.
    var language: String? {
        let folders = path.split(separator: "/").dropLast()
        guard let place = folders.lastIndex(of: "languages"), place < folders.count - 1 else { return nil }
        return String(folders[place + 1])
    }

    var isYAML: Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

    var kind: Kind {
        if let language { return .language(language) }
        if isYAML { return .yaml }
        let folders = path.split(separator: "/").dropLast()
        if path.hasSuffix(".md"), folders.last == "help" { return .help }
        return .other
    }
}
