import Logging

/// How records are written, one line for each, whatever the values hold.
///
/// ```text
///   text    2026-11-23T05:41:00.123Z info game login failed name=Ada source="10.0.0.1 (proxy)"
///   logfmt  time=2026-11-23T05:41:00.123Z level=info subsystem=game message="login failed" name=Ada …
///   json    {"time":"2026-11-23T05:41:00.123Z","level":"info","subsystem":"game","message":"login failed",…}
/// ```
///
/// Control, format (bidirectional override and the like) and line-separating characters are written as escapes, so that a
/// value cannot forge a second record or change what a terminal shows.
///
/// In `json` and `logfmt` a field that is called like one of the first four is written as `field_…`.
///
/// - Limits: a value or message is cut after 2,048 scalars.
package enum LogFormat: String, CaseIterable, Sendable {
    case text
    case json
    case logfmt

    private static let ownKeys = ["time", "level", "subsystem", "message"]

    /// The line's octets, with the final newline; `isColoured` marks the level for a terminal, in ``text`` only.
    func encode(_ record: LogRecord, isColoured: Bool = false) -> [UInt8] {
        var line: String
        switch self {
        case .text:
            let level = record.level.rawValue
            let shown = isColoured ? "\u{1B}[\(Self.colour(of: record.level))m\(level)\u{1B}[0m" : level
            line = "\(record.stamp) \(shown) \(Self.escape(record.label)) \(Self.escape(record.message))"
            for (key, value) in record.fields {
                line += " \(Self.escape(key))=" + Self.quote(LogRecord.shown(key, value))
            }
        case .logfmt:
            line = "time=\(record.stamp) level=\(record.level.rawValue) subsystem=\(Self.quote(record.label))"
            line += " message=" + Self.quote(record.message)
            for (key, value) in record.fields {
                line += " \(Self.word(Self.unlikeOwn(key)))=" + Self.quote(LogRecord.shown(key, value))
            }
        case .json:
            line = #"{"time":"\#(record.stamp)","level":"\#(record.level.rawValue)","#
            line += #""subsystem":\#(Self.string(record.label)),"message":\#(Self.string(record.message))"#
            for (key, value) in record.fields {
                line += ",\(Self.string(Self.unlikeOwn(key))):" + Self.string(LogRecord.shown(key, value))
            }
            line += "}"
        }
        line += "\n"
        return Array(line.utf8)
    }

    /// The parameter of SGR (ECMA-48) for a level.
    private static func colour(of level: Logger.Level) -> String {
        switch level {
        case .trace, .debug: "2"
        case .info: "0"
        case .notice: "1"
        case .warning: "33"
        case .error: "31"
        case .critical: "1;31"
        }
    }

    private static func unlikeOwn(_ key: String) -> String { ownKeys.contains(key) ? "field_\(key)" : key }

    // MARK: Words

    static func quote(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.unicodeScalars.allSatisfy { $0 != " " && $0 != "\"" && $0 != "=" }
        if isPlain { return escape(value) }
        return "\"" + escape(value, quoted: true) + "\""
    }

    /// A key that stays one word.
    private static func word(_ key: String) -> String {
        let escaped = escape(key)
        return String(
            String.UnicodeScalarView(escaped.unicodeScalars.map { " =\"".unicodeScalars.contains($0) ? "_" : $0 }))
    }

    static func escape(_ text: String, quoted: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(LogRecord.longestValue) {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\\": result += "\\\\"
            case "\"" where quoted: result += "\\\""
            default:
                if isHarmless(scalar) {
                    result.unicodeScalars.append(scalar)
                } else {
                    result += "\\u{\(String(scalar.value, radix: 16))}"
                }
            }
        }
        return text.unicodeScalars.count > LogRecord.longestValue ? result + "…" : result
    }

    /// A string of JSON (RFC 8259, section 7).
    private static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars.prefix(LogRecord.longestValue) {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            default:
                if isHarmless(scalar) {
                    result.unicodeScalars.append(scalar)
                } else {
                    for unit in String(scalar).utf16 {
                        let digits = String(unit, radix: 16)
                        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                    }
                }
            }
        }
        if text.unicodeScalars.count > LogRecord.longestValue { result += "…" }
        return result + "\""
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }
}
