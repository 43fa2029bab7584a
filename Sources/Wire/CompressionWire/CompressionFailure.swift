/// Why compressed octets are read no further, or a stream was not begun.
package enum CompressionFailure: Error, Hashable, Sendable {
    /// There is no memory for another stream.
    case outOfMemory
    /// The octets are not of the format, or their sum at the end is wrong.
    case damaged
    /// So little would become so much that it is meant to do harm; see ``CompressionLimits/ratio``.
    case bomb
}
