/// How a request ended: a code, and a text for a person.
///
/// ```text
///   uint32 code │ string message, UTF-8 │ string language tag, RFC 1766
/// ```
///
/// It is also the error that a tree of files throws, and that a client is given.
///
/// - Limits: a message keeps its first 1,024 octets on the wire.
/// - Source: draft-ietf-secsh-filexfer-02 section 7.
public struct SFTPStatus: Error, Hashable, Sendable, CustomStringConvertible {
    /// How it ended.
    public var code: SFTPStatusCode
    /// What a person is told.
    public var message: String
    /// In which language `message` is, as in `en` or `zh`; empty when nobody said.
    public var language: String

    /// Makes a status.
    public init(_ code: SFTPStatusCode, _ message: String, language: String = "") {
        self.code = code
        self.message = message
        self.language = language
    }

    /// It is done.
    public static let ok = Self(.ok, "done")
    /// There is no more.
    public static let endOfFile = Self(.endOfFile, "end of file")
    /// There is nothing of that name.
    public static let noSuchFile = Self(.noSuchFile, "no such file or directory")

    /// Says that this user may not.
    public static func permissionDenied(_ message: String = "permission denied") -> Self {
        Self(.permissionDenied, message)
    }

    /// Says that it went wrong, and why.
    public static func failure(_ message: String) -> Self { Self(.failure, message) }

    /// Says that there is no such operation here.
    public static func unsupported(_ message: String = "operation unsupported") -> Self {
        Self(.operationUnsupported, message)
    }

    /// The message, and the number of the code.
    public var description: String { "\(message) (\(code.rawValue))" }
}
