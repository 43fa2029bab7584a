import Testing

@testable import SSHKeys

@Suite("The two forms of an ECDSA signature")
struct ECDSASignatureTests {
    @Test(
        "Numbers go both ways",
        arguments: [
            ([1], [2]), ([0x80], [0x7F, 0xFF]),
            ([UInt8](repeating: 0xFF, count: 66), [UInt8](repeating: 0x80, count: 66)),
            ([UInt8](repeating: 0x7F, count: 61), [UInt8](repeating: 1, count: 61)), ([], []),
        ] as [([UInt8], [UInt8])])
    func forms(r: [UInt8], s: [UInt8]) throws {
        var writer = SSHWriter()
        writer.magnitude(r)
        writer.magnitude(s)
        let read = try ECDSASignature(writer.octets[...], .p521)
        let again = try #require(ECDSASignature(der: read.der))
        #expect(Array(again.r) == r && Array(again.s) == s)
        #expect(again.wire == writer.octets)
        for length in 0..<read.der.count { #expect(ECDSASignature(der: Array(read.der.prefix(length))) == nil) }
    }

    @Test("DER is what the standard shows")
    func der() throws {
        var writer = SSHWriter()
        writer.magnitude([0x80])
        writer.magnitude([0x01])
        #expect(
            try ECDSASignature(writer.octets[...], .p256).der == [0x30, 0x07, 0x02, 0x02, 0, 0x80, 0x02, 0x01, 0x01])
    }

    @Test("Numbers that are too long or negative are refused")
    func refused() {
        var writer = SSHWriter()
        writer.magnitude([UInt8](repeating: 1, count: 34))
        writer.magnitude([1])
        let long = writer.octets
        #expect(throws: SSHDataFailure.tooLong) { try ECDSASignature(long[...], .p256) }
        let negative: [UInt8] = [0, 0, 0, 1, 0x80, 0, 0, 0, 1, 1]
        #expect(throws: SSHDataFailure.negative) { try ECDSASignature(negative[...], .p256) }
    }
}
