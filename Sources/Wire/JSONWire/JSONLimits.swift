/// How much of a text ``JSONReader`` takes; RFC 8259 section 9 leaves these to the implementation.
package struct JSONLimits: Hashable, Sendable {
    /// Octets of the whole text.
    package var octets: Int
    /// Arrays and objects within one another; never more than ``greatestDepth``.
    package var depth: Int
    /// Members of all objects and elements of all arrays, counted together.
    package var members: Int

    /// The nesting no limit can exceed, because the reader and the release of what it made use the stack for it.
    package static let greatestDepth = 128

    /// Octets of one number as it is written; a double needs 25, and more digits say nothing.
    package static let numberOctets = 256

    /// What small messages need: 64 KiB, 32 deep, 4,096 members.
    package static let message = JSONLimits(octets: 65_536, depth: 32, members: 4_096)

    package init(octets: Int, depth: Int = 32, members: Int) {
        self.octets = octets
        self.depth = min(depth, Self.greatestDepth)
        self.members = members
    }
}
