/// Every number that bounds what compressed octets can make us hold or do.
package enum CompressionLimits {
    /// Octets that one step of an ``Inflater`` makes at most.
    package static let stepOctets = 64 * 1024

    /// Octets made for each one taken, beyond which a stream is a bomb.
    ///
    /// Zeros shrink by 1,029:1, which is the most that the format can do; what people type does not reach 20:1.
    package static let ratio = 100

    /// Octets that a stream may make before its ratio counts: a few equal lines at the beginning are no bomb.
    package static let octetsBeforeRatio = 64 * 1024

    /// Octets a second that a peer's compressed input may become; who inflates keeps count, because that needs a clock.
    package static let inflatedOctetsPerSecond = 1024 * 1024

    /// Octets that one ``Deflater`` with ``DeflaterMemory/small`` costs at most, its own state counted.
    package static let deflaterOctets = 64 * 1024
}
