import Basics

/// A name in which `*` stands for any characters and `?` for one; letters count the same in either case.
///
/// - Limits: ``longest`` octets.
/// - SeeAlso: `WorldModelTests/NamePatternTests`.
package struct NamePattern: Hashable, Sendable {
    /// In octets of UTF-8.
    package static let longest = 64

    /// Folded.
    package let text: String

    /// Reads a pattern; nil when it is empty, too long or has spaces in it.
    package init?(_ text: String) {
        let text = text.folded
        guard !text.isEmpty, text.utf8.count <= Self.longest, !text.contains(where: \.isWhitespace) else { return nil }
        self.text = text
    }

    /// Whether a name is one of those; nobody else's name need be looked at when it has no wildcards.
    ///
    /// - Complexity: O(*n* · *m*) in the characters of both at worst, and nothing is kept.
    package func matches(_ name: String) -> Bool {
        WildcardElement.matches(
            name.folded.unicodeScalars, WildcardElement.elements(of: text.unicodeScalars, any: "?", run: "*"))
    }

    /// Whether it stands for so many names that it should be meant.
    package var isEverybody: Bool { text.allSatisfy { $0 == "*" || $0 == "?" } }
}
