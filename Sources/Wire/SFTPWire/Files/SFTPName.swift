import SSHKeys

/// A name as it is on the wire, for a listing and for the answer to `SSH_FXP_REALPATH`.
///
/// ```text
///   string filename │ string longname, as of `ls -l` │ ATTRS attrs
/// ```
///
/// - Source: draft-ietf-secsh-filexfer-02 section 7.
public struct SFTPName: Hashable, Sendable {
    /// The name or path, mostly UTF-8.
    public var octets: [UInt8]
    /// The line that `ls -l` shows; made for people, and nothing should read it.
    public var longName: [UInt8]
    /// What is known of it.
    public var attributes: SFTPAttributes

    /// Makes a name.
    public init(_ octets: [UInt8], longName: [UInt8] = [], attributes: SFTPAttributes = SFTPAttributes()) {
        self.octets = octets
        self.longName = longName
        self.attributes = attributes
    }

    /// The name as text; octets that are no UTF-8 become the replacement character.
    public var text: String { String(decoding: octets, as: UTF8.self) }

    /// Reads a name.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        octets = Array(try reader.string())
        longName = Array(try reader.string())
        attributes = try SFTPAttributes(&reader)
    }

    /// Writes a name.
    func write(to writer: inout SSHWriter) {
        writer.string(octets)
        writer.string(longName)
        attributes.write(to: &writer)
    }
}
