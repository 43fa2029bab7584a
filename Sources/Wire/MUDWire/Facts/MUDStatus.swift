/// What a character is, for a list of properties; `Char.StatusVars` and `Char.Status` in GMCP.
package struct MUDStatus: Hashable, Sendable {
    /// One property: its name for programs, its name for people, and its value.
    package struct Variable: Hashable, Sendable {
        /// A word in small letters that never changes: `level`, `race`, `position`.
        package var name: String
        /// What the player reads before the value.
        package var caption: String
        package var value: String

        package init(name: String, caption: String, value: String) {
            self.name = name
            self.caption = caption
            self.value = value
        }
    }

    package var variables: [Variable]

    package init(variables: [Variable] = []) {
        self.variables = variables
    }
}
