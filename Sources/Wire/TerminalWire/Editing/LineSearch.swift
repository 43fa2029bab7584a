/// A search through the history, letter by letter.
package struct LineSearch: Hashable, Sendable {
    /// What is looked for.
    package internal(set) var query = ""
    /// Whether no line has it.
    package internal(set) var hasFailed = false
    /// The line that was found last, by its index.
    var found: Int?
    /// The line before the search, and where its cursor stood.
    var draft: [Character]
    var draftCursor: Int

    init(draft: [Character], cursor: Int) {
        self.draft = draft
        draftCursor = cursor
    }
}
