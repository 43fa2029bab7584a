/// What the receiving side of `scp` answers, and either side when something went wrong.
///
/// ```text
///   0x00 │ 0x01 text LF, and it goes on │ 0x02 text LF, and it ends
/// ```
public enum SCPAnswer: Hashable, Sendable {
    /// Go on.
    case ready
    /// It went wrong.
    case failed(String, isFatal: Bool)

    /// The answer's octets; a text is kept to one line.
    public var octets: [UInt8] {
        switch self {
        case .ready: [0]
        case .failed(let text, let isFatal):
            [isFatal ? 2 : 1] + Array("scp: ".utf8) + text.utf8.map { $0 < 0x20 ? 0x20 : $0 } + [0x0A]
        }
    }
}
