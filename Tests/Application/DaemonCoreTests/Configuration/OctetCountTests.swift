import Testing

@testable import DaemonCore

@Suite struct OctetCountTests {
    static let sizes: [(String, Int?)] = [
        ("0", 0), ("1024", 1024), ("500K", 512_000), ("64M", 67_108_864), ("2G", 2_147_483_648), ("", nil), ("K", nil),
        ("-1", nil), ("1.5M", nil), ("1T", nil), ("9999999999999999999", nil), ("9999999999G", nil), ("１", nil),
    ]

    @Test(arguments: sizes) func readsSizes(text: String, count: Int?) {
        #expect(OctetCount.read(text) == count)
        if let count = OctetCount.read(text) { #expect(OctetCount.read(OctetCount.write(count)) == count) }
    }
}
