/// What loading content did to a world.
package struct LoadSummary: Hashable, Sendable, CustomStringConvertible {
    package internal(set) var created = 0
    package internal(set) var updated = 0
    package internal(set) var unchanged = 0
    /// Ways out that were in no file any more, and are gone.
    package internal(set) var closed = 0
    /// Keys of things that came from content once, but are in no file any more; they were left alone.
    package internal(set) var leftBehind: [String] = []

    /// Keys of things whose description was written in play, and is that of the files again.
    package internal(set) var takenBack: [String] = []

    /// Things that the description names of a kind, at most.
    private static let mostNamed = 5

    package init() {}

    package var description: String {
        var text = "\(created) made, \(updated) changed, \(unchanged) as before"
        if closed > 0 { text += ", \(closed) way\(closed == 1 ? "" : "s") closed" }
        if !takenBack.isEmpty {
            text += ", \(takenBack.count) described as in the files again instead of as in play: "
            text += takenBack.prefix(Self.mostNamed).joined(separator: ", ")
            if takenBack.count > Self.mostNamed { text += " and others" }
        }
        if !leftBehind.isEmpty { text += ", \(leftBehind.count) no longer in any file: " }
        return text + leftBehind.joined(separator: ", ")
    }
}
