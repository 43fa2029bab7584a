/// One element of a pattern of names: a unit that stands for itself, one for any unit, or one for any run of them.
///
/// A unit is a character, a scalar or an octet, as the protocol or the world compares names; folding and escapes are the caller's.
///
/// - Isolation: none; a value type.
/// - SeeAlso: `BasicsTests/WildcardElementTests`.
package enum WildcardElement<Unit: Hashable & Sendable>: Hashable, Sendable {
    case literal(Unit)
    case any
    case run

    /// Reads a pattern in which one unit always stands for any unit, and another for any run.
    ///
    /// - Parameters:
    ///   - units: The pattern.
    ///   - any: As a rule `?`.
    ///   - run: As a rule `*`.
    /// - Returns: An element for each unit.
    package static func elements(of units: some Sequence<Unit>, any: Unit, run: Unit) -> [Self] {
        units.map { $0 == run ? .run : $0 == any ? .any : .literal($0) }
    }

    /// Whether the whole of a text is one of those that a pattern means.
    ///
    /// From left to right; only the last run is ever tried again, since a shorter one for those before it gains nothing.
    ///
    /// - Complexity: O(*n* · *m*) in the units of both at worst, without recursion; nothing is kept.
    @inlinable
    package static func matches(_ text: some Collection<Unit>, _ pattern: [Self]) -> Bool {
        var (place, spot) = (text.startIndex, 0)
        var (run, runPlace): (Int?, _) = (nil, text.startIndex)
        while place < text.endIndex {
            if spot < pattern.count, pattern[spot] == .run {
                (run, runPlace) = (spot, place)
                spot += 1
            } else if spot < pattern.count, pattern[spot] == .any || pattern[spot] == .literal(text[place]) {
                spot += 1
                text.formIndex(after: &place)
            } else if let start = run {
                text.formIndex(after: &runPlace)
                (spot, place) = (start + 1, runPlace)
            } else {
                return false
            }
        }
        return pattern[spot...].allSatisfy { $0 == .run }
    }
}
