/// The fields that a WHOX request asks for, and its token.
///
/// ```text
///   %tcuihsnfdlaor,42
/// ```
///
/// - Source: the IRCv3 specification `whox`.
public struct IRCWhoxFields: Hashable, Sendable {
    /// A field, in the order in which replies have them.
    public enum Field: UInt8, CaseIterable, Hashable, Sendable {
        case token = 0x74  // t
        case channel = 0x63  // c
        case user = 0x75  // u
        case address = 0x69  // i
        case host = 0x68  // h
        case server = 0x73  // s
        case nick = 0x6E  // n
        case flags = 0x66  // f
        case hops = 0x64  // d
        case idle = 0x6C  // l
        case account = 0x61  // a
        case operatorLevel = 0x6F  // o
        case realName = 0x72  // r
    }

    /// Which fields are asked for.
    public var fields: Set<Field>
    /// What each reply begins with, when asked for: one to three digits.
    public var token: IRCParameter?

    /// Makes a request for these fields.
    public init(_ fields: Set<Field>, token: IRCParameter? = nil) {
        self.fields = fields
        self.token = token
    }
}
