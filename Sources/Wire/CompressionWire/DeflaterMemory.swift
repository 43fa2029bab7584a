/// How much memory a ``Deflater`` takes to find repetitions in.
///
/// ```text
///   octets = 2^(windowBits + 2) + 2^(memoryLevel + 9), and about 6,000 of state
///   small      13, 4     46,912         51 % left of game text that is flushed every 250 octets
///   standard   15, 8    268,096         49 %
/// ```
///
/// - Source: zconf.h "Memory requirements"; sizes as zlib 1.2.13 asked for them.
package struct DeflaterMemory: Hashable, Sendable {
    /// The window is 2 to this power octets: 9 to 15.
    package let windowBits: Int32
    /// The table of repetitions, by zlib's own measure: 1 to 9.
    package let memoryLevel: Int32

    /// Under 64 KiB, for thousands of connections at a time.
    package static let small = DeflaterMemory(windowBits: 13, memoryLevel: 4)
    /// What zlib takes unless told otherwise.
    package static let standard = DeflaterMemory(windowBits: 15, memoryLevel: 8)
}
