import Basics
import MarkupWire
import TerminalWire
import WorldVerbs

/// What is said, as it stands on the other side of a bridge, with who said it before it.
///
/// ```text
///   <Ada> Good evening.          * Ada waves.          <ben@oftc> hello
/// ```
///
/// - Isolation: none; pure functions.
/// - Complexity: linear in the text.
enum BridgeText {
    /// Nicks of people there that one line may have in it; those after them are written so that nobody is called.
    static let mostCalled = 3
    /// Octets of a speaker's name that are shown.
    static let longestName = 40
    /// What is put into a name so that no client takes it for its user's.
    static let breaker: Unicode.Scalar = "\u{200B}"

    /// A line for the other network.
    ///
    /// - Parameters:
    ///   - name: Who said it, as players read it.
    ///   - words: What was said; a gesture goes on from the name.
    ///   - isGesture: Whether it is one.
    ///   - isNick: Whether somebody on the channel there has that nick.
    /// - Returns: The line, however long.
    static func outward(
        _ name: String, _ words: String, isGesture: Bool, isNick: (String) -> Bool
    ) -> String {
        let shown = isNick(name) ? broken(name) : name
        let words = calmed(clean(words), isNick)
        return isGesture ? "* \(shown)\(GestureText.gap(before: words))\(words)" : "<\(shown)> \(words)"
    }

    /// A text of the other network, without formats and what cannot be seen; line ends become spaces.
    static func inward(_ text: String) -> String { clean(IRCFormatReader.read(text).plain).trimmed }

    /// A nick of the other network as the game shows it: no longer than it may be, and nothing in it that means something else.
    static func name(_ nick: String, limit: Int = longestName) -> String {
        var name = String.UnicodeScalarView()
        var octets = 0
        for scalar in nick.unicodeScalars {
            let shown = isPlain(scalar) ? scalar : "_"
            octets += UTF8.width(shown)
            if octets > limit { break }
            name.append(shown)
        }
        return name.isEmpty ? "_" : String(name)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            || "-_[]\\`^{|}".unicodeScalars.contains(scalar)
    }

    /// The same for telling whether two lines are one that went round: without spaces, breakers and case.
    static func essence(_ text: some StringProtocol) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != breaker && !scalar.properties.isWhitespace {
            kept.append(scalar)
        }
        return String(kept).lowercased()
    }

    private static func broken(_ name: String) -> String {
        guard let first = name.first else { return name }
        return String(first) + String(breaker) + name.dropFirst()
    }

    /// The words with the nicks after the first few broken.
    private static func calmed(_ words: String, _ isNick: (String) -> Bool) -> String {
        var called = 0
        let parts = words.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
            let bare = String(word.drop { "@+<(\"".contains($0) }.prefix { !",:;.!?)>\"".contains($0) })
            guard !bare.isEmpty, isNick(bare) else { return String(word) }
            called += 1
            guard called > mostCalled, let place = word.firstRange(of: bare) else { return String(word) }
            return word[..<place.lowerBound] + broken(bare) + word[place.upperBound...]
        }
        return parts.joined(separator: " ")
    }

    private static func clean(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isUnsafe($0) ? " " : $0 }))
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        TextSafety.isControl(scalar) || TextSafety.isSpaceLike(scalar) || TextSafety.isDirectionOverride(scalar)
    }
}
