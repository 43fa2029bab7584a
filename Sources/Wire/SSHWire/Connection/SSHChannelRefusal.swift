/// Says why a channel was not opened.
///
/// ```text
///   92 │ uint32 channel │ uint32 reason │ string text in UTF-8 │ string language
/// ```
///
/// - Source: RFC 4254 section 5.1.
public struct SSHChannelRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason as a number of the RFC.
    public var reason: Reason
    /// The reason in words; a peer's are to be cleaned before they are shown.
    public var text: String

    /// Makes a refusal.
    public init(_ reason: Reason, _ text: String = "") {
        self.reason = reason
        self.text = text
    }

    /// The numbers of the RFC; others may come.
    public struct Reason: RawRepresentable, Hashable, Sendable {
        /// The number on the wire.
        public var rawValue: UInt32
        /// Makes a reason from its number.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// It is not allowed.
        public static let prohibited = Reason(rawValue: 1)
        /// It was tried, and the target did not answer.
        public static let connectFailed = Reason(rawValue: 2)
        /// Nobody knows such a kind of channel.
        public static let unknownKind = Reason(rawValue: 3)
        /// There are too many channels.
        public static let resourceShortage = Reason(rawValue: 4)
    }

    /// The reason in words, for a log.
    public var description: String { "the channel was refused (\(reason.rawValue)): \(text)" }
}
