/// A colour that somebody may choose for a kind of text; each door has its own shade of it.
package enum TextColour: String, Hashable, Sendable, CaseIterable {
    /// The same as the text around it.
    case plain = "none"
    case red, green, yellow, blue, magenta, cyan, white, black, grey
}
