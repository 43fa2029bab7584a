import SSHKeys

/// Tells that a command was ended by a signal: the fields of `exit-signal`.
///
/// ```text
///   string name without "SIG" │ boolean core dumped │ string text in UTF-8 │ string language
/// ```
///
/// - Source: RFC 4254 section 6.10.
public struct SSHExitSignal: Hashable, Sendable {
    /// The signal without `SIG`, such as `TERM`.
    public var name: String
    /// Whether it left its memory on disk.
    public var dumpedCore: Bool
    /// What there is to say about it; of a peer, so not to be shown as it is.
    public var text: String

    /// Makes a report.
    public init(name: String, dumpedCore: Bool = false, text: String = "") {
        self.name = name
        self.dumpedCore = dumpedCore
        self.text = text
    }

    init(from reader: inout SSHReader) throws(SSHDataFailure) {
        name = String(decoding: try reader.string(limit: SSHChannelLimits.nameByteCount), as: UTF8.self)
        dumpedCore = try reader.boolean()
        text = String(decoding: try reader.string(limit: SSHChannelLimits.textByteCount), as: UTF8.self)
        _ = try reader.string(limit: SSHChannelLimits.nameByteCount)
    }

    func write(to writer: inout SSHWriter) {
        writer.string(name)
        writer.boolean(dumpedCore)
        writer.string(text)
        writer.string("")
    }
}
