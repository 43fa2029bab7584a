/// Every number that bounds what MSDP payloads can make us hold.
package enum MSDPLimits {
    /// Octets of one payload; a whole room with its exits takes some hundred.
    ///
    /// Source: own choice.
    package static let payloadOctets = 8_192

    /// Tables and arrays within one another; a room's exits are two deep.
    package static let depth = 8

    /// Variables of one command, and of all that are reported to one client.
    package static let names = 64

    /// Octets of a variable's name that is remembered.
    package static let nameOctets = 64
}
