/// Why compressed octets are read no further, or a stream was not begun.
package enum CompressionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no memory for another stream.
    case outOfMemory
    /// The octets are not of the format, or their sum at the end is wrong.
    case damaged
    /// So little would become so much that it is meant to do harm; see ``CompressionLimits/ratio``.
    case bomb

    /// The reason in words, for a log.
    package var description: String {
        switch self {
        case .outOfMemory: "there is no memory for another compressed stream"
        case .damaged: "the compressed octets are damaged"
        case .bomb: "the compressed octets would become more than \(CompressionLimits.ratio) times as many"
        }
    }
}
