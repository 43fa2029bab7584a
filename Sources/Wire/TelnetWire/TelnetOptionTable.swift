/// The states of all 256 options on both sides, and how many replies each has drawn.
///
/// ```text
///   one octet an option:   replies 2 bits | remote state 3 bits | local state 3 bits
/// ```
struct TelnetOptionTable {
    private var octets = [UInt8](repeating: 0, count: 256)

    subscript(option: TelnetOption, side: TelnetSide) -> TelnetOptionState {
        get {
            let octet = octets[Int(option.rawValue)]
            return TelnetOptionState(rawValue: (octet >> Self.shift(side)) & 0b111) ?? .no
        }
        set {
            let index = Int(option.rawValue)
            octets[index] &= ~(0b111 << Self.shift(side))
            octets[index] |= newValue.rawValue << Self.shift(side)
        }
    }

    /// Counts one more reply for an option unless it has had its share.
    mutating func spendReply(_ option: TelnetOption) -> Bool {
        let index = Int(option.rawValue)
        let spent = octets[index] >> 6
        guard spent < TelnetLimits.repliesPerOption else { return false }
        octets[index] = (octets[index] & 0b11_1111) | ((spent + 1) << 6)
        return true
    }

    private static func shift(_ side: TelnetSide) -> UInt8 {
        side == .local ? 0 : 3
    }
}
