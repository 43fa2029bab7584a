import SASLWire
import Testing

@Suite struct ExternalMessageTests {
    @Test func bothWays() throws {
        #expect(try ExternalMessage(parsing: []) == ExternalMessage())
        #expect(try ExternalMessage().encoded.isEmpty)
        let other = try ExternalMessage(authorizationIdentity: "fred@example.com")
        #expect(try ExternalMessage(parsing: other.encoded) == other)
        #expect(other.encoded == Array("fred@example.com".utf8))
    }

    @Test(arguments: [[0], [0x78, 0], [0xC3], [UInt8](repeating: 0x78, count: 256)] as [[UInt8]])
    func refuses(octets: [UInt8]) {
        #expect(throws: SASLFailure.self) { try ExternalMessage(parsing: octets) }
    }
}
