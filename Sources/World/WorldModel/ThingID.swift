/// The number of a thing in one world; given out in rising order and never used again.
package struct ThingID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }

    package static func < (left: ThingID, right: ThingID) -> Bool {
        left.number < right.number
    }

    /// `#17`, the form people type.
    package var description: String { "#\(number)" }
}
