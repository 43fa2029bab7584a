/// What binds a SCRAM exchange to the TLS channel it runs in.
///
/// - Source: RFC 5802 section 6, RFC 9266 (`tls-exporter`: 32 octets exported for the label
///   `EXPORTER-Channel-Binding`).
package struct SCRAMChannel: Hashable, Sendable {
    /// The type's registered name, as `tls-exporter`.
    package let type: String
    /// The channel's own octets, the same at both ends.
    package let data: [UInt8]

    package init(type: String, data: [UInt8]) {
        self.type = type
        self.data = data
    }
}
