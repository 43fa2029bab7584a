import CZlib

/// What surrounds compressed octets.
///
/// - Source: RFC 1950 (`zlib`), RFC 1952 (`gzip`), RFC 1951 for what is in both.
package enum CompressionFormat: Sendable {
    /// A header of 2 octets and an Adler-32 at the end: MCCP, SSH's `zlib`, HTTP's `deflate`.
    case zlib
    /// A header of 10 octets or more, and a CRC-32 and the length at the end: HTTP's `gzip`.
    case gzip
    /// Nothing.
    case raw

    /// How zlib's functions are told the format together with the size of the window.
    func windowBits(_ bits: Int32) -> Int32 {
        switch self {
        case .zlib: bits
        case .gzip: bits + 16
        case .raw: -bits
        }
    }
}
