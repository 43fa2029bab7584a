import DigestWire
import Testing

@testable import SSHWire

struct SSHKeyMaterialTests {
    private let material = SSHKeyMaterial(
        digest: .sha256, secret: [0, 0, 0, 5, 0, 0x80, 1, 2, 3], exchangeHash: [UInt8](0..<32),
        sessionID: [UInt8](32..<64))

    @Test func keysAreDerivedAsOthersDo() throws {
        #expect(
            hexadecimal(material.derive(UInt8(ascii: "C"), 64))
                == "9730ebe0ba0c7154ccaf1f7e18d17e4eb6c9c46e44c463ffaed49b2950ae7235"
                + "2604c49969ce309dfc68bf9692b486e829bd04fe7ef8f6a1ec8df76afbafd9b9")
        #expect(hexadecimal(material.derive(UInt8(ascii: "B"), 12)) == "07044f41e04dd1aa6677d9ae")
    }

    @Test func numbersAndOctetsAreEncodedAsTheMethodHasIt() {
        let secret: [UInt8] = [0, 0, 0x81, 2]
        #expect(SSHKeyExchangeMethod.curve25519.encode(secret: secret) == [0, 0, 0, 3, 0, 0x81, 2])
        #expect(SSHKeyExchangeMethod.nistp256.encode(secret: [0x7F, 1]) == [0, 0, 0, 2, 0x7F, 1])
        #expect(SSHKeyExchangeMethod.mlkem768x25519.encode(secret: secret) == [0, 0, 0, 4, 0, 0, 0x81, 2])
    }

    private func hexadecimal(_ octets: [UInt8]) -> String {
        octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
