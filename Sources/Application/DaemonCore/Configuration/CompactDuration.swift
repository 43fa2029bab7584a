/// Durations as configuration and command lines write them: `90s`, `5m`, `1h30m`, `2d`.
package enum CompactDuration {
    private static let units: [(letter: Character, seconds: Int64)] = [
        ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
    ]
    /// The longest duration accepted: ten years, so that sums of deadlines stay far from overflow.
    private static let longest: Int64 = 10 * 365 * 86_400

    /// Reads a duration: numbers with units, each unit at most once and in falling order; nil when it is none.
    package static func read(_ text: String) -> Duration? {
        var total: Int64 = 0
        var digits = ""
        var allowed = units[...]
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            guard let place = allowed.firstIndex(where: { $0.letter == character }), let count = Int64(digits)
            else { return nil }
            let (product, overflow) = count.multipliedReportingOverflow(by: units[place].seconds)
            let (sum, carried) = total.addingReportingOverflow(product)
            if overflow || carried || sum > longest { return nil }
            total = sum
            digits = ""
            allowed = units[(place + 1)...]
        }
        return digits.isEmpty && !text.isEmpty ? .seconds(total) : nil
    }

    /// Writes a duration's whole seconds in the form ``read(_:)`` accepts.
    package static func write(_ duration: Duration) -> String {
        var rest = max(0, duration.components.seconds)
        var text = ""
        for unit in units where rest >= unit.seconds {
            text += "\(rest / unit.seconds)\(unit.letter)"
            rest %= unit.seconds
        }
        return text.isEmpty ? "0s" : text
    }
}
