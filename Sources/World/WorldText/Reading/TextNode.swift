/// A piece of a content file: text, a list or a map, and where it stands.
struct TextNode {
    struct Entry {
        let key: String
        let keyPosition: SourcePosition
        let value: TextNode
    }

    enum Content {
        case nothing
        /// `isPlain` is false for quoted and block text, which is never taken for a number or a truth value.
        case text(String, isPlain: Bool)
        case list([TextNode])
        case map([Entry])
    }

    let position: SourcePosition
    let content: Content

    /// What it is, for a sentence such as `size must be a number, not a list`.
    var kind: String {
        switch content {
        case .nothing: "nothing"
        case .text: "text"
        case .list: "a list"
        case .map: "a map"
        }
    }
}
