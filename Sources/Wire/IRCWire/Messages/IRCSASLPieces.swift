import Basics

/// The messages of SASL as `AUTHENTICATE` carries them: in Base64, in pieces of 400 octets; both sides do the same.
///
/// ```text
///   AUTHENTICATE <400 octets>      more follows
///   AUTHENTICATE <fewer>           the message is complete
///   AUTHENTICATE +                 nothing: an empty message, or the end after a piece that was full
/// ```
///
/// - Limits: a message has ``limit`` octets in Base64; what goes beyond is never kept.
/// - Source: IRCv3 `sasl` 3.1, "The AUTHENTICATE command".
/// - SeeAlso: `IRCWireTests/IRCSASLPiecesTests`.
public struct IRCSASLPieces: Hashable, Sendable {
    /// Octets of a piece that is full.
    public static let pieceOctets = 400

    /// What comes of a piece.
    public enum Outcome: Hashable, Sendable {
        /// More pieces follow.
        case incomplete
        /// The message, decoded.
        case complete([UInt8])
        /// The piece or the message has too many octets.
        case tooLong
        /// It is no Base64.
        case malformed
    }

    /// Octets of a message in Base64.
    public let limit: Int
    private var gathered: [UInt8] = []

    /// Begins with nothing gathered.
    public init(limit: Int) { self.limit = limit }

    /// Takes the parameter of an `AUTHENTICATE`; after every outcome but ``Outcome/incomplete`` a new message begins.
    public mutating func receive(_ piece: IRCParameter) -> Outcome {
        let octets = piece == "+" ? "".utf8 : piece.text.utf8
        if octets.count > Self.pieceOctets || gathered.count + octets.count > limit {
            gathered = []
            return .tooLong
        }
        gathered += octets
        if octets.count == Self.pieceOctets { return .incomplete }
        defer { gathered = [] }
        return Base64.decode(gathered).map(Outcome.complete) ?? .malformed
    }

    /// The parameters of the `AUTHENTICATE`s for a message: one of exactly as much as fits is followed by `+`.
    public static func pieces(of message: [UInt8]) -> [IRCParameter] {
        var (pieces, rest) = ([IRCParameter](), Base64.encode(message)[...])
        while rest.count >= pieceOctets {
            pieces.append(IRCParameter(checked: String(decoding: rest.prefix(pieceOctets), as: UTF8.self)))
            rest = rest.dropFirst(pieceOctets)
        }
        pieces.append(rest.isEmpty ? "+" : IRCParameter(checked: String(decoding: rest, as: UTF8.self)))
        return pieces
    }
}
