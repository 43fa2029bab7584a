/// A `WHO`: about whom, and which fields of them.
///
/// ```text
///   WHO #a                 everybody on a channel
///   WHO bob o              bob, if an operator
///   WHO #a %tcuhnfar,42    WHOX: these fields, and 42 in each reply
/// ```
///
/// - Source: the Modern IRC document, "WHO message"; the IRCv3 specification `whox`.
public struct IRCWhoRequest: Hashable, Sendable {
    /// A channel, a nick or a mask.
    public var mask: IRCParameter
    /// Whether only operators are asked for.
    public var operatorsOnly: Bool
    /// The fields asked for by WHOX; nil for those of a 352.
    public var fields: IRCWhoxFields?

    /// Makes a request.
    public init(mask: IRCParameter, operatorsOnly: Bool = false, fields: IRCWhoxFields? = nil) {
        self.mask = mask
        self.operatorsOnly = operatorsOnly
        self.fields = fields
    }
}
