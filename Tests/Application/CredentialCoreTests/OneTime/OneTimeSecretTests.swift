import Basics
import Testing

@testable import CredentialCore

@Suite struct OneTimeSecretTests {
    private static let octets = Array("12345678901234567890".utf8)

    private func secret(digits: Int = 6) throws -> OneTimeSecret {
        try #require(OneTimeSecret(octets: Self.octets, digits: digits))
    }

    private func at(_ seconds: Int64) -> WallInstant { WallInstant(milliseconds: seconds * 1000) }

    /// RFC 4226 appendix D.
    @Test func counterCodes() throws {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ]
        let secret = try secret()
        for (counter, code) in codes.enumerated() { #expect(secret.code(counter: UInt64(counter)) == code) }
    }

    /// RFC 6238 appendix B.
    @Test(
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func timeCodes(seconds: Int64, code: String) throws {
        let secret = try secret(digits: 8)
        #expect(secret.code(counter: UInt64(secret.step(at: at(seconds)))) == code)
        #expect(secret.verify(code, at: at(seconds), after: nil) == seconds / 30)
        #expect(
            secret.verify(String(code.dropFirst(2)), at: at(seconds), after: nil) == nil, "six digits are not eight")
    }

    @Test func windowIsOneStepEachWay() throws {
        let secret = try secret()
        let code = secret.code(counter: 100)
        for second in 2960..<3080 as Range<Int64> {
            let isInside = second >= 2970 && second < 3060
            #expect(secret.verify(code, at: at(second), after: nil) == (isInside ? 100 : nil), "\(second)")
        }
    }

    @Test func neverTwiceAndNeverBackwards() throws {
        let secret = try secret()
        let codes = (99...101).map { secret.code(counter: $0) }
        #expect(secret.verify(codes[1], at: at(3000), after: 99) == 100)
        #expect(secret.verify(codes[1], at: at(3000), after: 100) == nil)
        #expect(secret.verify(codes[0], at: at(3000), after: 100) == nil)
        #expect(secret.verify(codes[2], at: at(3000), after: 100) == 101)
        #expect(secret.verify(codes[1], at: at(3000), after: .max) == nil)
    }

    @Test(arguments: ["", "0", "28708", "2870822", "287 083", "abcdef", "28708２", String(repeating: "1", count: 9999)])
    func wrongCodes(code: String) throws {
        #expect(try secret().verify(code, at: at(31), after: nil) == nil)
    }

    @Test func spacesArePassedOver() throws {
        #expect(try secret().verify(" 287 082 ", at: at(31), after: nil) == 1)
    }

    @Test(arguments: [Int64.min / 1000, -1, 0, 1, Int64.max / 1000]) func anyTimeIsHarmless(seconds: Int64) throws {
        let secret = try secret()
        #expect(secret.verify("000000", at: at(seconds), after: nil) == nil)
        #expect(secret.step(at: at(seconds)) == Int64((Double(seconds) / 30).rounded(.down)) || abs(seconds) > 1 << 50)
    }

    @Test func storedForms() throws {
        let secret = try secret()
        #expect(secret.base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        #expect(OneTimeSecret(base32: "gezd gnbv gy3t qojq gezd gnbv gy3t qojq") == secret)
        let made = try OneTimeSecret.make()
        #expect(made.octets.count == 20 && OneTimeSecret(base32: made.base32) == made)
        #expect(try OneTimeSecret.make() != made)
        #expect(!"\(made)".contains(made.base32))
    }

    @Test func refusesWeakSecrets() {
        #expect(OneTimeSecret(octets: [UInt8](repeating: 1, count: 15)) == nil)
        #expect(OneTimeSecret(octets: [UInt8](repeating: 1, count: 65)) == nil)
        for digits in [5, 9] { #expect(OneTimeSecret(octets: Self.octets, digits: digits) == nil) }
        for period in [0, -30, 3601] as [Int64] { #expect(OneTimeSecret(octets: Self.octets, period: period) == nil) }
        for text in ["", "MY", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", String(repeating: "A", count: 257)] {
            #expect(OneTimeSecret(base32: text) == nil)
        }
    }

    @Test func address() throws {
        #expect(
            try secret().address(issuer: "The House", account: "ada:b&ä")
                == "otpauth://totp/The%20House:ada%3Ab%26%C3%A4?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=The%20House&algorithm=SHA1&digits=6&period=30")
    }
}
