import Testing

@testable import SSHWire

struct SSHEphemeralKeyTests {
    @Test(arguments: [SSHAgreementCurve.x25519, .p256, .p384, .p521])
    func bothEndsAgree(_ curve: SSHAgreementCurve) throws {
        let first = try SSHEphemeralKey(curve)
        let second = try SSHEphemeralKey(curve)
        let secret = try first.agree(with: second.publicValue[...])
        #expect(try second.agree(with: first.publicValue[...]) == secret)
        #expect(secret.count == curve.secretOctets)
        #expect(first.publicValue.count == curve.valueOctets && first.publicValue != second.publicValue)
    }

    @Test(arguments: [SSHAgreementCurve.x25519, .p256, .p384, .p521])
    func badValuesAreRefused(_ curve: SSHAgreementCurve) throws {
        let key = try SSHEphemeralKey(curve)
        let good = try SSHEphemeralKey(curve).publicValue
        var values: [[UInt8]] = [
            [], [0], [4], [UInt8](repeating: 0, count: curve.valueOctets), Array(good.dropLast()), good + [0],
            [UInt8](repeating: 0, count: 70_000),
        ]
        if curve == .x25519 {
            // The points of small order.
            values.append([1] + [UInt8](repeating: 0, count: 31))
            values.append([0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F])
        } else {
            // Off the curve; compressed; hybrid; at infinity.
            values.append(Array(good.dropLast()) + [good[good.count - 1] ^ 1])
            values.append([2] + good[1...(curve.valueOctets / 2)])
            values.append([6] + good.dropFirst())
            values.append([4] + [UInt8](repeating: 0xFF, count: curve.valueOctets - 1))
        }
        for value in values {
            #expect(throws: SSHFailure.badExchangeValue, "\(value.prefix(3)) of \(value.count)") {
                try key.agree(with: value[...])
            }
        }
    }

    /// Only where libcrypto has ML-KEM.
    @Test func theHybridNeedsBothParts() throws {
        guard SSHKeyExchangeMethod.mlkem768x25519.isAvailable else { return }
        let client = try SSHHybridKey()
        let (value, secret) = try SSHHybridKey.respond(to: client.publicValue[...])
        #expect(client.publicValue.count == 1216 && value.count == 1120 && secret.count == 32)
        #expect(try client.agree(with: value[...]) == secret)
        #expect(throws: SSHFailure.badExchangeValue) { try client.agree(with: value.dropLast()) }
        #expect(throws: SSHFailure.badExchangeValue) { try SSHHybridKey.respond(to: client.publicValue.dropFirst()) }
        var changed = value
        changed[0] ^= 1
        #expect(try client.agree(with: changed[...]) != secret)
    }
}
