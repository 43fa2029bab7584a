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
    enum Kind {
        case yaml
        case help
        /// Not content, such as the folder's README.
        case other
    }

    var kind: Kind {
        if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return .yaml }
        let folders = path.split(separator: "/").dropLast()
        if path.hasSuffix(".md"), folders.last == "help" { return .help }
        return .other
    }
}
