import Basics

extension AuthorizedKeyOptions {
    /// The last second of the year 9999, which is the last that can be written.
    private static let lastSecond: Int64 = 253_402_300_799

    /// Reads `YYYYMMDD[HHMM[SS]][Z]` as seconds since 1970; without a `Z` it is UTC as well.
    static func seconds(_ text: String) -> Int64? {
        var octets = Array(text.utf8)
        if octets.last == UInt8(ascii: "Z") || octets.last == UInt8(ascii: "z") { octets.removeLast() }
        guard [8, 12, 14].contains(octets.count), octets.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let digits = octets.map { Int($0 - 0x30) } + [Int](repeating: 0, count: 14 - octets.count)
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        let time = CivilTime(
            year: number(0..<4), month: number(4..<6), day: number(6..<8), hour: number(8..<10),
            minute: number(10..<12), second: number(12..<14))
        guard let time, time.year >= 1970 else { return nil }
        return time.instant.milliseconds / 1000
    }

    /// The time as ``seconds(_:)`` reads it.
    static func written(_ seconds: Int64) -> String {
        let instant = WallInstant(milliseconds: min(max(seconds, 0), lastSecond) * 1000)
        return instant.description.filter { $0.isNumber || $0 == "Z" }
    }
}
