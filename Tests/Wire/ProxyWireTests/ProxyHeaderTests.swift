import Basics
import ProxyWire
import Testing

@Suite struct ProxyHeaderTests {
    /// Feeds octets until the header is complete.
    private func decode(_ octets: [UInt8]) throws(ProxyHeaderError) -> (header: ProxyHeader, rest: [UInt8])? {
        var decoder = ProxyHeaderDecoder()
        for (place, octet) in octets.enumerated() {
            if let header = try decoder.receive(octet) { return (header, Array(octets[(place + 1)...])) }
        }
        return nil
    }

    private static let v6 = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [7]
    private static let one = [UInt8](repeating: 0, count: 15) + [1]

    @Test(arguments: [
        (
            "PROXY TCP4 192.0.2.7 198.51.100.1 51234 4000\r\n",
            ProxyHeader.Ends.ipv4(
                source: 0xC000_0207, sourcePort: 51234, destination: 0xC633_6401, destinationPort: 4000)
        ),
        (
            "PROXY TCP6 2001:db8::7 ::1 0 65535\r\n",
            .ipv6(source: v6, sourcePort: 0, destination: one, destinationPort: 65535)
        ),
        (
            "PROXY TCP6 2001:db8:0:0:0:0:0:7 0:0:0:0:0:0:0:1 1 2\r\n",
            .ipv6(source: v6, sourcePort: 1, destination: one, destinationPort: 2)
        ),
        ("PROXY UNKNOWN\r\n", .own), ("PROXY UNKNOWN ffff::1 whatever 1 2\r\n", .own),
    ])
    func readsText(text: String, ends: ProxyHeader.Ends) throws {
        let found = try decode(Array((text + "look\r\n").utf8))
        #expect(found?.header.ends == ends)
        #expect(found?.rest == Array("look\r\n".utf8))
        for count in 0..<text.utf8.count { #expect(try decode(Array(text.utf8.prefix(count))) == nil) }
    }

    @Test(arguments: [
        ProxyHeader.Ends.own,
        .ipv4(source: 1, sourcePort: 2, destination: .max, destinationPort: .max),
        .ipv6(source: v6, sourcePort: 1, destination: one, destinationPort: 2),
        .unix(source: "/run/a", destination: "/run/b"),
    ])
    func readsBinary(ends: ProxyHeader.Ends) throws {
        let octets = ProxyHeader(ends).encoded
        let found = try decode(octets + [1, 2, 3])
        #expect(found?.header.ends == ends)
        #expect(found?.rest == [1, 2, 3])
        for count in 0..<octets.count { #expect(try decode(Array(octets.prefix(count))) == nil) }
    }

    @Test func skipsExtensionsAndUnspecifiedFamilies() throws {
        var octets = ProxyHeader(.ipv4(source: 1, sourcePort: 2, destination: 3, destinationPort: 4)).encoded
        octets[15] += 5
        octets += [4, 0, 2, 9, 9]
        #expect(try decode(octets)?.header.ends == .ipv4(source: 1, sourcePort: 2, destination: 3, destinationPort: 4))
        var unspecified = ProxyHeader(.own).encoded
        unspecified[12] = 0x21
        #expect(try decode(unspecified)?.header.ends == .own)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n", ProxyHeaderError.noHeader), ("look\r\n", .noHeader), ("PROXX", .noHeader),
        ("\rX", .noHeader),
        ("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n", .malformed("a line feed without carriage return")),
        ("PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n", .malformed("neither TCP4, TCP6 nor UNKNOWN with their four fields")),
        ("PROXY TCP4 1.2.3.04 1.2.3.4 1 2\r\n", .malformed("IPv4 address 1.2.3.04")),
        ("PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n", .malformed("IPv4 address 1.2.3")),
        ("PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n", .malformed("port 65536")),
        ("PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n", .malformed("port 01")),
        ("PROXY TCP6 1::2::3 ::1 1 2\r\n", .malformed("IPv6 address 1::2::3")),
        ("PROXY TCP6 12345::1 ::1 1 2\r\n", .malformed("IPv6 address 12345::1")),
        ("PROXY TCP6 1:2:3 ::1 1 2\r\n", .malformed("IPv6 address 1:2:3")),
        ("PROXY TCP6  ::1 1 2\r\n", .malformed("IPv6 address ")),
        ("PROXY UNKNOWN " + String(repeating: "x", count: 200), .tooLong(limit: 107)),
    ])
    func refuses(text: String, error: ProxyHeaderError) {
        #expect(throws: error) { try decode(Array(text.utf8)) }
    }

    @Test func refusesBinaryThatLies() {
        let sound = ProxyHeader(.ipv4(source: 1, sourcePort: 2, destination: 3, destinationPort: 4)).encoded
        func changed(_ place: Int, _ octet: UInt8) -> [UInt8] {
            var octets = sound
            octets[place] = octet
            return octets
        }
        #expect(throws: ProxyHeaderError.malformed("version 1")) { try decode(changed(12, 0x11)) }
        #expect(throws: ProxyHeaderError.malformed("command 2")) { try decode(changed(12, 0x22)) }
        #expect(throws: ProxyHeaderError.malformed("address family 4")) { try decode(changed(13, 0x41)) }
        #expect(throws: ProxyHeaderError.malformed("addresses cut short")) { try decode(changed(15, 11)) }
        #expect(throws: ProxyHeaderError.tooLong(limit: 4096)) { try decode(changed(14, 0x20)) }
    }

    @Test func noInputTraps() {
        var random = SeededGenerator(seed: 5)
        let sound = ProxyHeader(.ipv6(source: Self.v6, sourcePort: 1, destination: Self.one, destinationPort: 2))
            .encoded
        for _ in 0..<3000 {
            var octets = Bool.random(using: &random) ? sound : Array("PROXY TCP6 2001:db8::7 ::1 10 65535\r\n".utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                octets[Int.random(in: octets.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            _ = try? decode(octets)
        }
    }
}
