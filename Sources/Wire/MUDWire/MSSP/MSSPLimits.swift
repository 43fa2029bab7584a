/// Every number that bounds what an MSSP table from a peer can make us hold.
package enum MSSPLimits {
    /// Octets of one payload; the tables in use have 1 to 4 KiB.
    ///
    /// Source: own choice.
    package static let payloadOctets = 65_536

    /// Variables, and values of all of them together, that are kept; what is beyond is passed over.
    package static let entries = 512
}
