/// The states of all 256 options on both sides, and how many replies each has drawn.
///
/// ```text
///   16 bits an option:   refused remote 1, local 1 | replies 2 | remote state 3 | local state 3
/// ```
struct TelnetOptionTable {
    private var entries = [UInt16](repeating: 0, count: 256)

    subscript(option: TelnetOption, side: TelnetSide) -> TelnetOptionState {
        get {
            let entry = entries[Int(option.rawValue)]
            return TelnetOptionState(rawValue: UInt8((entry >> Self.shift(side)) & 0b111)) ?? .no
        }
        set {
            let index = Int(option.rawValue)
            entries[index] &= ~(0b111 << Self.shift(side))
            entries[index] |= UInt16(newValue.rawValue) << Self.shift(side)
        }
    }

    /// Counts one more reply for an option unless it has had its share.
    mutating func spendReply(_ option: TelnetOption) -> Bool {
        let index = Int(option.rawValue)
        let spent = (entries[index] >> 6) & 0b11
        guard spent < UInt16(TelnetLimits.repliesPerOption) else { return false }
        entries[index] = (entries[index] & ~(0b11 << 6)) | ((spent + 1) << 6)
        return true
    }

    /// Gives an option its share of replies back.
    mutating func renewReplies(_ option: TelnetOption) {
        entries[Int(option.rawValue)] &= ~(0b11 << 6)
    }

    /// Notes that one side of an option is refused; false if it was before, so that nobody is told twice.
    mutating func noteRefusal(_ option: TelnetOption, _ side: TelnetSide) -> Bool {
        let mark: UInt16 = side == .local ? 1 << 8 : 1 << 9
        let index = Int(option.rawValue)
        defer { entries[index] |= mark }
        return entries[index] & mark == 0
    }

    private static func shift(_ side: TelnetSide) -> UInt16 {
        side == .local ? 0 : 3
    }
}
