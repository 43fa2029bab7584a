/// The text of a gesture, which goes on from the name of whoever makes it, as in `Ada waves` and `Ada's hat falls off`.
package enum GestureText {
    /// What stands between the name and the text: a space, or nothing before an apostrophe or a comma.
    package static func gap(before text: String) -> String {
        text.utf8.first == UInt8(ascii: "'") || text.utf8.first == UInt8(ascii: ",") ? "" : " "
    }

    /// The text with what stands before it, and with an end.
    static func whole(_ text: String) -> String {
        let hasEnd = text.last.map { ".!?\"'。！？”’…".contains($0) } ?? true
        return gap(before: text) + text + (hasEnd ? "" : ".")
    }
}
