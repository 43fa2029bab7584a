import Basics
import Logging

/// One record as one line of printable text, whatever its values hold.
///
/// ```text
///   time  level  label  message  key=value  key="value with spaces"
/// ```
///
/// Control, format (bidirectional override and the like) and line-separating characters are written as
/// escapes, so a value cannot forge a second record or change what a terminal shows. Values of keys that
/// name a secret are not written at all.
///
/// - Limits: a value or message is cut after ``longestValue`` characters.
struct LogLine {
    var level: Logger.Level
    var label: String
    var message: String
    var fields: [(key: String, value: String)] = []

    /// Characters of one value; what is longer is cut and marked with an ellipsis.
    static let longestValue = 2048
    private static let secretWords = ["password", "secret", "token", "claim"]

    init(level: Logger.Level, label: String, message: String) {
        self.level = level
        self.label = label
        self.message = message
    }

    /// The line's octets with the final newline.
    func encoded(at time: WallInstant) -> [UInt8] {
        var text = "\(Self.stamp(time)) \(level.rawValue) \(Self.escape(label)) \(Self.escape(message))"
        for (key, value) in fields {
            text += " \(Self.escape(key))="
            let isSecret = Self.secretWords.contains { key.folded.contains($0) }
            text += isSecret ? "(withheld)" : Self.quote(value)
        }
        text += "\n"
        return Array(text.utf8)
    }

    /// RFC 3339 in UTC with milliseconds.
    static func stamp(_ time: WallInstant) -> String {
        let fraction = ((time.milliseconds % 1000) + 1000) % 1000
        let digits = String(fraction)
        return time.description.dropLast() + "." + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
    }

    static func quote(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.unicodeScalars.allSatisfy { $0 != " " && $0 != "\"" && $0 != "=" }
        if isPlain { return escape(value) }
        return "\"" + escape(value, quoted: true) + "\""
    }

    static func escape(_ text: String, quoted: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(longestValue) {
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
        return text.unicodeScalars.count > longestValue ? result + "…" : result
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }
}
