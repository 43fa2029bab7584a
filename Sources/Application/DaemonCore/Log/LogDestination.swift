/// Where the log goes.
package enum LogDestination: Hashable, Sendable {
    /// To standard output, as service managers and containers like it.
    case standardOutput

    /// To the journal of systemd, record by record with all its fields.
    case journal

    /// To a file, which is made when it is missing.
    case file(String)

    /// Reads `-`, `journal`, or a path.
    package init(_ text: String) {
        switch text {
        case "-": self = .standardOutput
        case "journal": self = .journal
        default: self = .file(text)
        }
    }
}

/// When a log file is put aside for a new one.
///
/// ```text
///   mudd.log      the one that is written
///   mudd.log.1    the one before
///   mudd.log.2    and so on, up to `keep`; older ones are removed
/// ```
package struct LogRotation: Hashable, Sendable {
    /// The file is put aside before it grows over this many octets; nil for no such limit.
    package var size: Int?
    /// Whether the first record of a new day (UTC) begins a new file.
    package var isDaily = false
    /// How many files that were put aside are kept.
    package var keep = 7

    package init(size: Int? = nil, isDaily: Bool = false, keep: Int = 7) {
        self.size = size
        self.isDaily = isDaily
        self.keep = keep
    }
}
