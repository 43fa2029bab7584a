import Glibc

extension GuessBudget {
    /// The key under which an address is counted: IPv4 whole, IPv6 by its /64, anything else as it is.
    ///
    /// One IPv6 customer owns at least a /64, so counting single addresses would give 2^64 budgets.
    package static func sourceKey(_ address: String) -> String {
        var octets = [UInt8](repeating: 0, count: 16)
        let bare = address.prefix { $0 != "%" }
        guard inet_pton(AF_INET6, String(bare), &octets) == 1 else { return address }
        if octets[0..<10].allSatisfy({ $0 == 0 }), octets[10] == 0xFF, octets[11] == 0xFF {
            return octets[12...].map(String.init).joined(separator: ".")
        }
        return octets[0..<8].map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }
}
