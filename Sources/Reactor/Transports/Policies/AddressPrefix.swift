/// A block of addresses: the first bits that they have in common, as in `10.0.0.0/8` or `2001:db8::/32`.
///
/// IPv4 addresses in their IPv6 form (`::ffff:10.0.0.1`) count as IPv4 everywhere. Matching is O(1).
public struct AddressPrefix: Hashable, Sendable, CustomStringConvertible {
    private enum Bits: Hashable {
        case ipv4(UInt32)
        case ipv6(high: UInt64, low: UInt64)
    }

    private let bits: Bits

    /// The number of bits in common: 0 to 32 for IPv4, 0 to 128 for IPv6.
    public let length: Int

    /// Parses `address/length`, or a single address.
    ///
    /// - Throws: ``AddressPrefixFailure``, also when the address has bits set beyond the length.
    public init(_ text: String) throws(AddressPrefixFailure) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let address = String(parts[0])
        let whole: Bits
        if let host = IPv4Host(address) {
            whole = .ipv4(host.bits)
        } else if !address.utf8.contains(0x25), let host = IPv6Host(address) {
            whole = .ipv6(high: host.high, low: host.low)
        } else {
            throw AddressPrefixFailure(text: text, kind: .notAnAddress)
        }
        let width = Self.width(whole)
        let length = parts.count == 2 ? try Self.parseLength(parts[1], width: width, in: text) : width
        self = Self.unmapped(whole, length)
        guard Self.masked(whole, length) == whole else {
            throw AddressPrefixFailure(text: text, kind: .bitsBeyondLength(suggestion: description))
        }
    }

    /// The block that an address is in, of the given lengths in bits; nil for a Unix socket.
    ///
    /// Lengths outside 0 to 32 and 0 to 128 are taken as the nearest of them.
    public init?(of address: SocketAddress, ipv4Length: Int = 32, ipv6Length: Int = 128) {
        guard let bits = Self.bits(of: address) else { return nil }
        let wanted = if case .ipv4 = bits { ipv4Length } else { ipv6Length }
        self.init(masking: bits, length: min(max(0, wanted), Self.width(bits)))
    }

    private init(masking bits: Bits, length: Int) {
        self.bits = Self.masked(bits, length)
        self.length = length
    }

    /// Whether an address is in the block; never for Unix sockets.
    public func contains(_ address: SocketAddress) -> Bool {
        guard let other = Self.bits(of: address), Self.width(other) == Self.width(bits) else { return false }
        return Self.masked(other, length) == bits
    }

    /// The block as `address/length`.
    public var description: String {
        switch bits {
        case .ipv4(let bits): "\(IPv4Host(bits: bits))/\(length)"
        case .ipv6(let high, let low): "\(IPv6Host(high: high, low: low))/\(length)"
        }
    }

    private static func parseLength(
        _ text: Substring, width: Int, in whole: String
    ) throws(AddressPrefixFailure) -> Int {
        let isDecimal = !text.isEmpty && text.utf8.count <= 3 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isDecimal, let length = Int(text), length <= width else {
            throw AddressPrefixFailure(text: whole, kind: .badLength(greatest: width))
        }
        return length
    }

    private static func bits(of address: SocketAddress) -> Bits? {
        switch address {
        case .ipv4(let host, _): .ipv4(host.bits)
        case .ipv6(let host, _): unmapped(.ipv6(high: host.high, low: host.low), 128).bits
        case .unix: nil
        }
    }

    /// An IPv6 block inside `::ffff:0:0/96` as the IPv4 block it stands for.
    private static func unmapped(_ bits: Bits, _ length: Int) -> AddressPrefix {
        guard case .ipv6(0, let low) = bits, low >> 32 == 0xFFFF, length >= 96 else {
            return AddressPrefix(masking: bits, length: length)
        }
        return AddressPrefix(masking: .ipv4(UInt32(truncatingIfNeeded: low)), length: length - 96)
    }

    private static func width(_ bits: Bits) -> Int {
        if case .ipv4 = bits { 32 } else { 128 }
    }

    /// Whether it is a block of IPv6; one inside `::ffff:0:0/96` is one of IPv4.
    public var isIPv6: Bool { Self.width(bits) == 128 }

    private static func masked(_ bits: Bits, _ length: Int) -> Bits {
        switch bits {
        case .ipv4(let bits): .ipv4(bits & ~(UInt32.max >> UInt32(length)))
        case .ipv6(let high, let low):
            .ipv6(high: high & ~(UInt64.max >> min(64, length)), low: low & ~(UInt64.max >> max(0, length - 64)))
        }
    }
}

/// Why text is no block of addresses.
public struct AddressPrefixFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// What stands before the slash is neither an IPv4 nor an IPv6 address without a scope.
        case notAnAddress

        /// What stands behind the slash is no decimal number from 0 to `greatest`.
        case badLength(greatest: Int)

        /// The address has bits set beyond the length: perhaps `suggestion` was meant.
        case bitsBeyondLength(suggestion: String)
    }

    /// The whole text.
    public var text: String

    /// What is wrong with it.
    public var kind: Kind

    /// The failure in one line.
    public var description: String {
        switch kind {
        case .notAnAddress: "\"\(text)\": not an IPv4 or IPv6 address"
        case .badLength(let greatest): "\"\(text)\": the prefix length is not a number from 0 to \(greatest)"
        case .bitsBeyondLength(let suggestion): "\"\(text)\": bits are set beyond the prefix length; \(suggestion)?"
        }
    }
}
