/// One variable of a client's environment: a label that the client chose, never proof of anything.
public struct TelnetVariable: Equatable, Sendable {
    /// Where the name comes from.
    public enum Kind: UInt8, Sendable {
        /// VAR: a name that a standard gives; MNES sends all of its own so.
        case wellKnown = 0
        /// USERVAR: any other; Mudlet sends all so unless MNES is switched on.
        case user = 3
    }

    /// Where the name comes from.
    public var kind: Kind
    /// Printable ASCII, at most ``TelnetLimits/variableOctets``; empty means every name of the kind.
    public var name: String
    /// Printable ASCII, at most as long; nil when it is only asked for, or not defined.
    public var value: String?

    /// Makes a variable.
    public init(_ kind: Kind, _ name: String, value: String? = nil) {
        self.kind = kind
        self.name = name
        self.value = value
    }
}
