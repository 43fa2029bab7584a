/// What loading content did to a world.
package struct LoadSummary: Hashable, Sendable, CustomStringConvertible {
    package internal(set) var created = 0
    package internal(set) var updated = 0
    package internal(set) var unchanged = 0
    /// Ways out that were in no file any more, and are gone.
    package internal(set) var closed = 0
    /// Keys of things that came from content once, but are in no file any more; they were left alone.
    package internal(set) var leftBehind: [String] = []

    package init() {}

    package var description: String {
        var text = "\(created) made, \(updated) changed, \(unchanged) as before"
        if closed > 0 { text += ", \(closed) way\(closed == 1 ? "" : "s") closed" }
        if !leftBehind.isEmpty { text += ", \(leftBehind.count) no longer in any file: " }
        return text + leftBehind.joined(separator: ", ")
    }
}
