import Testing
import Transports

@Suite struct AddressPrefixTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.1.2", "11.0.0.0"), ("0.0.0.0/0", "255.255.255.255", "::1"),
        ("192.0.2.7", "192.0.2.7", "192.0.2.8"), ("192.0.2.128/25", "192.0.2.255", "192.0.2.127"),
        ("::/0", "2001:db8::1", "10.0.0.1"), ("2001:db8::/32", "2001:db8:ffff::", "2001:db9::"),
        ("2001:db8:0:0:8000::/65", "2001:db8::8000:0:0:1", "2001:db8::1"), ("::1", "::1", "::2"),
        ("fe80::/10", "fe80::1%1", "fec0::1"), ("10.0.0.0/8", "::ffff:10.1.2.3", "::10.1.2.3"),
        ("::ffff:10.0.0.0/104", "10.1.2.3", "11.1.2.3"),
    ])
    func containsWhatBeginsAlike(text: String, inside: String, outside: String) throws {
        let prefix = try AddressPrefix(text)
        #expect(prefix.contains(address(inside)))
        #expect(!prefix.contains(address(outside)))
        #expect(!prefix.contains(.unix("/run/socket")))
        #expect(try AddressPrefix(prefix.description) == prefix)
    }

    @Test(arguments: [
        ("", "not an IPv4 or IPv6 address"), ("10.0.0/8", "not an IPv4 or IPv6 address"),
        ("localhost", "not an IPv4 or IPv6 address"), ("fe80::1%lo", "not an IPv4 or IPv6 address"),
        ("10.0.0.0/", "the prefix length is not a number from 0 to 32"),
        ("10.0.0.0/33", "the prefix length is not a number from 0 to 32"),
        ("10.0.0.0/+8", "the prefix length is not a number from 0 to 32"),
        ("10.0.0.0/8/8", "the prefix length is not a number from 0 to 32"),
        ("::/129", "the prefix length is not a number from 0 to 128"),
        ("::/99999999999999999999", "the prefix length is not a number from 0 to 128"),
        ("10.0.0.1/8", "bits are set beyond the prefix length; 10.0.0.0/8?"),
        ("2001:db8::1/64", "bits are set beyond the prefix length; 2001:db8::/64?"),
    ])
    func saysWhatIsWrong(text: String, complaint: String) {
        let failure = #expect(throws: AddressPrefixFailure.self) { try AddressPrefix(text) }
        #expect(failure?.description == "\"\(text)\": \(complaint)")
    }

    @Test(arguments: [("10.0.0.0/8", false), ("::1", true), ("2001:db8::/32", true), ("::ffff:10.1.2.0/120", false)])
    func knowsItsKind(text: String, isIPv6: Bool) throws {
        #expect(try AddressPrefix(text).isIPv6 == isIPv6)
    }

    @Test func makesTheBlockOfAnAddress() {
        #expect(AddressPrefix(of: address("10.1.2.3"), ipv4Length: 24)?.description == "10.1.2.0/24")
        #expect(AddressPrefix(of: address("2001:db8::7"), ipv6Length: 64)?.description == "2001:db8::/64")
        #expect(AddressPrefix(of: address("::ffff:10.1.2.3"), ipv6Length: 8)?.description == "10.1.2.3/32")
        #expect(AddressPrefix(of: address("10.1.2.3"), ipv4Length: -9)?.description == "0.0.0.0/0")
        #expect(AddressPrefix(of: address("::1"), ipv6Length: 999)?.description == "::1/128")
        #expect(AddressPrefix(of: .unix("/x")) == nil)
    }
}
