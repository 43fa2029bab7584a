public import Basics

/// The times of IRC.
///
/// ```text
///   2026-11-30T12:00:00.000Z    server-time, timestamp=…
///   1796040000                  seconds since 1970, in numerics
/// ```
///
/// - Source: the IRCv3 specification `server-time`; ISO 8601 extended, UTC, milliseconds.
extension WallInstant {
    /// Reads a time as servers write them; the part of a second may be missing or have up to nine digits.
    ///
    /// - Returns: Nil for what is no time, or none of the years 1 to 9999.
    public init?(ircTime text: some StringProtocol) {
        var octets = Array(text.utf8.prefix(31))[...]
        func number(_ digits: Int) -> Int? {
            guard octets.count >= digits else { return nil }
            var value = 0
            for octet in octets.prefix(digits) {
                guard 0x30...0x39 ~= octet else { return nil }
                value = value * 10 + Int(octet & 0x0F)
            }
            octets = octets.dropFirst(digits)
            return value
        }
        func take(_ character: Unicode.Scalar) -> Bool {
            guard octets.first == UInt8(truncatingIfNeeded: character.value) else { return false }
            octets = octets.dropFirst()
            return true
        }
        guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2), take("T"),
            let hour = number(2), take(":"), let minute = number(2), take(":"), let second = number(2),
            year > 0, second <= 60
        else { return nil }
        var thousandths = 0
        if take(".") {
            let digits = octets.prefix { 0x30...0x39 ~= $0 }
            guard (1...9).contains(digits.count) else { return nil }
            for place in 0..<3 {
                let digit = place < digits.count ? Int(digits[digits.startIndex + place] & 0x0F) : 0
                thousandths = thousandths * 10 + digit
            }
            octets = octets.dropFirst(digits.count)
        }
        guard take("Z"), octets.isEmpty else { return nil }
        // A leap second counts as the one before.
        let time = CivilTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: min(second, 59),
            millisecond: thousandths)
        guard let time else { return nil }
        self = time.instant
    }

    /// The time as the `time` tag has it.
    public var ircTime: String { stamp }

    /// Whole seconds since 1970, as numerics have it.
    var ircSeconds: IRCParameter { IRCParameter(Int(milliseconds / 1000)) }
}
