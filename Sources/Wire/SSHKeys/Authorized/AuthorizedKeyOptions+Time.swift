import Basics

extension AuthorizedKeyOptions {
    /// The last second of the year 9999, which is the last that can be written.
    private static let lastSecond: Int64 = 253_402_300_799

    /// Reads `YYYYMMDD[HHMM[SS]][Z]` as seconds since 1970; without a `Z` it is UTC as well.
    static func seconds(_ text: String) -> Int64? {
        var octets = Array(text.utf8)
        if octets.last == UInt8(ascii: "Z") || octets.last == UInt8(ascii: "z") { octets.removeLast() }
        guard [8, 12, 14].contains(octets.count), octets.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let digits = octets.map { Int64($0 - 0x30) } + [Int64](repeating: 0, count: 14 - octets.count)
        func number(_ range: Range<Int>) -> Int64 { digits[range].reduce(0) { $0 * 10 + $1 } }
        let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
        let (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let months: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard year >= 1970, (1...12).contains(month), day >= 1, day <= months[Int(month) - 1], hour < 24, minute < 60,
            second < 60
        else { return nil }
        let before = year - 1
        let leapDays = (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400)
        let days = (year - 1970) * 365 + leapDays + months.prefix(Int(month) - 1).reduce(0, +) + day - 1
        return days * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// The time as ``seconds(_:)`` reads it.
    static func written(_ seconds: Int64) -> String {
        let instant = WallInstant(milliseconds: min(max(seconds, 0), lastSecond) * 1000)
        return instant.description.filter { $0.isNumber || $0 == "Z" }
    }
}
