import COpenSSL

/// The value of the option `from`: networks, and patterns as hosts are named with.
///
/// ```text
///   10.0.0.0/8,!10.1.0.0/16,2001:db8::/32,192.168.?.*
/// ```
///
/// - Source: sshd(8), "AUTHORIZED_KEYS FILE FORMAT"; RFC 4632 section 3.1.
struct AddressPatternList {
    private let words: [Substring]

    init(_ text: String) {
        words = text.split(separator: ",")
    }

    /// Whether the address is in one of the networks, or fits a pattern, and no exception has it.
    func matches(_ address: String) -> Bool {
        let octets = Self.octets(address)
        var isMatch = false
        for word in words {
            let isException = word.hasPrefix("!")
            let pattern = isException ? word.dropFirst() : word
            let fits =
                if let slash = pattern.firstIndex(of: "/") {
                    Self.contains(pattern[..<slash], pattern[pattern.index(after: slash)...], octets)
                } else {
                    Self.octets(String(pattern)).map { $0 == octets } ?? HostPatternList(pattern.utf8).matches(address)
                }
            // A network that is not understood lets nobody in.
            guard let fits else { return false }
            if fits, isException { return false }
            isMatch = isMatch || fits
        }
        return isMatch
    }

    /// Whether a network has the address; nil for what is none.
    private static func contains(_ network: Substring, _ length: Substring, _ address: [UInt8]?) -> Bool? {
        guard let network = octets(String(network)), let length = UInt8(length), Int(length) <= network.count * 8 else {
            return nil
        }
        guard let address, address.count == network.count else { return false }
        return zip(network, address).enumerated().allSatisfy { index, pair in
            let bits = min(max(Int(length) - index * 8, 0), 8)
            return (pair.0 ^ pair.1) & ~UInt8(truncatingIfNeeded: 0xFF >> bits) == 0
        }
    }

    /// The 4 or 16 octets of an address (`a2i_IPADDRESS`); 4 for one of IPv4 that is written as one of IPv6.
    private static func octets(_ text: String) -> [UInt8]? {
        defer { ERR_clear_error() }
        guard let string = a2i_IPADDRESS(text) else { return nil }
        defer { ASN1_OCTET_STRING_free(string) }
        let octets = Array(
            UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string))))
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        return octets.count == 16 && octets.starts(with: mapped) ? Array(octets.suffix(4)) : octets
    }
}
