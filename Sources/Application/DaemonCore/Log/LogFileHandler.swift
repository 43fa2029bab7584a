import Logging

/// Turns the records of one logger into lines of a ``LogFile``.
struct LogFileHandler: LogHandler {
    let file: LogFile
    let label: String
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(file: LogFile, label: String, logLevel: Logger.Level) {
        self.file = file
        self.label = label
        self.logLevel = logLevel
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
        var line = LogLine(level: event.level, label: label, message: event.message.description)
        line.fields = fields.map { (key: $0.key, value: $0.value.description) }.sorted { $0.key < $1.key }
        file.append(line, level: event.level)
    }
}
