import Transports

extension EndpointRegistry {
    /// Makes the endpoint of a host that a client of SSH has named; nil for what is the name and the address of none.
    func client(host: String, port: UInt16) -> (any ClientEndpoint)? {
        let isPlain = host.utf8.allSatisfy { octet in
            (0x30...0x3A).contains(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
                || "-._%".utf8.contains(octet)
        }
        if host.isEmpty || !isPlain { return nil }
        // The colons of an address of IPv6 are part of it.
        return try? client(
            "tcp:\(host.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "\\:")):\(port)")
    }
}
