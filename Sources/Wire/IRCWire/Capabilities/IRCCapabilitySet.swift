/// Some of the capabilities that we know, in 32 bits: asking for one costs nothing where lines are written.
public struct IRCCapabilitySet: Hashable, Sendable {
    private var bits: UInt32 = 0

    /// Makes an empty set.
    public init() {}

    /// Makes a set of these.
    public init(_ capabilities: some Sequence<IRCCapability>) {
        for capability in capabilities { insert(capability) }
    }

    /// Whether there is none in it.
    public var isEmpty: Bool { bits == 0 }

    /// Whether it is in the set.
    public func contains(_ capability: IRCCapability) -> Bool { bits & Self.bit(capability) != 0 }

    /// Whether all of another set are in this one.
    public func isSuperset(of other: IRCCapabilitySet) -> Bool { other.bits & ~bits == 0 }

    /// Puts one in.
    public mutating func insert(_ capability: IRCCapability) { bits |= Self.bit(capability) }

    /// Takes one out.
    public mutating func remove(_ capability: IRCCapability) { bits &= ~Self.bit(capability) }

    /// Those in either.
    public func union(_ other: IRCCapabilitySet) -> IRCCapabilitySet { IRCCapabilitySet(bits: bits | other.bits) }

    /// Those in both.
    public func intersection(_ other: IRCCapabilitySet) -> IRCCapabilitySet {
        IRCCapabilitySet(bits: bits & other.bits)
    }

    /// Those in this one only.
    public func subtracting(_ other: IRCCapabilitySet) -> IRCCapabilitySet {
        IRCCapabilitySet(bits: bits & ~other.bits)
    }

    /// The capabilities in the order of their names.
    public var all: [IRCCapability] { IRCCapability.allCases.filter(contains) }

    private init(bits: UInt32) {
        self.bits = bits
    }

    private static func bit(_ capability: IRCCapability) -> UInt32 { 1 << UInt32(capability.rawValue & 31) }
}

extension IRCCapabilitySet: CustomStringConvertible {
    /// The names with spaces between them, as a list on the wire.
    public var description: String { all.map(\.name).joined(separator: " ") }
}

extension IRCCapabilitySet: ExpressibleByArrayLiteral {
    /// Makes a set of these.
    public init(arrayLiteral elements: IRCCapability...) {
        self.init(elements)
    }
}
