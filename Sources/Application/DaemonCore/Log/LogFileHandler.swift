import Logging

/// Turns the records of one logger into those of a ``LogFile``.
struct LogFileHandler: LogHandler {
    let file: LogFile
    let label: String
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let subsystem: LevelCell
    private var ownLevel: Logger.Level?

    init(file: LogFile, label: String, subsystem: LevelCell) {
        self.file = file
        self.label = label
        self.subsystem = subsystem
    }

    /// The subsystem's, unless this one logger was given another.
    var logLevel: Logger.Level {
        get { ownLevel ?? subsystem.level }
        set { ownLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
        if let own = event.metadata { fields.merge(own) { $1 } }
        if let error = event.error { fields["error"] = "\(error)" }
        file.append(
            level: event.level, label: label, message: event.message.description,
            fields: fields.map { (key: $0.key, value: $0.value.description) }.sorted { $0.key < $1.key })
    }
}
