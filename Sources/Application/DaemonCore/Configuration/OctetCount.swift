/// Numbers of octets as configuration writes them: `1024`, `500K`, `64M`, `2G`, in powers of 1,024.
enum OctetCount {
    private static let units: [(letter: Character, shift: Int)] = [("G", 30), ("M", 20), ("K", 10)]

    /// Reads a number; nil when it is none, or more than 1 PiB.
    static func read(_ text: String) -> Int? {
        let unit = units.first { text.last == $0.letter }
        let digits = unit == nil ? text[...] : text.dropLast()
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(digits), count <= 1 << 50 else {
            return nil
        }
        let (product, isTooLarge) = count.multipliedReportingOverflow(by: 1 << (unit?.shift ?? 0))
        return isTooLarge || product > 1 << 50 ? nil : product
    }

    /// Writes a number with the largest unit that holds it whole.
    static func write(_ count: Int) -> String {
        for unit in units where count >= 1 << unit.shift && count & (1 << unit.shift - 1) == 0 {
            return "\(count >> unit.shift)\(unit.letter)"
        }
        return "\(count)"
    }
}
