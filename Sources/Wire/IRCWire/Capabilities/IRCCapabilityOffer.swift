/// A capability that a server offers, with what it says about it.
///
/// ```text
///   sasl=PLAIN,EXTERNAL      draft/multiline=max-bytes=4096,max-lines=24
/// ```
public struct IRCCapabilityOffer: Hashable, Sendable {
    /// Which it is.
    public var capability: IRCCapability
    /// What is told of it to clients of version 302; nil or empty for nothing.
    public var value: String?

    /// Makes an offer.
    public init(_ capability: IRCCapability, value: String? = nil) {
        self.capability = capability
        self.value = value
    }

    /// The word in a list.
    ///
    /// - Parameter version: Of the negotiation; before 302 there are no values.
    /// - Returns: The name, with `=` and the value if that is told.
    func word(version: Int) -> String {
        guard version >= 302, let value, !value.isEmpty else { return capability.name }
        return capability.name + "=" + value
    }
}
