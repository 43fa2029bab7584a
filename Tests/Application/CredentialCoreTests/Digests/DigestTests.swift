import Testing

@testable import CredentialCore

@Suite struct DigestTests {
    private func hexadecimal(_ octets: [UInt8]) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// FIPS 180-4 examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func sha256(text: String, digest: String) {
        #expect(hexadecimal(Digest.sha256(Array(text.utf8))) == digest)
    }

    static let keyed: [(key: [UInt8], text: String, digest: String)] = [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        ([], "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ]

    /// RFC 4231 sections 4.2, 4.3, 4.7, and nothing with no key.
    @Test(arguments: keyed) func hmacSHA256(key: [UInt8], text: String, digest: String) {
        #expect(hexadecimal(Digest.hmacSHA256(key: key, Array(text.utf8))) == digest)
    }

    /// RFC 2202 section 3.
    @Test func hmacSHA1() {
        let first = Digest.hmacSHA1(key: [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8))
        #expect(hexadecimal(first) == "b617318655057264e28bc0b6fb378c8ef146be00")
        let second = Digest.hmacSHA1(key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
        #expect(hexadecimal(second) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
    }

    /// RFC 7914 section 11.
    @Test(arguments: [
        (
            "passwd", "salt", UInt32(1),
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"
        ),
        (
            "Password", "NaCl", UInt32(80_000),
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
                + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d"
        ),
    ])
    func pbkdf2(password: String, salt: String, iterations: UInt32, key: String) {
        let made = Digest.pbkdf2SHA256(
            password: Array(password.utf8), salt: Array(salt.utf8), iterations: iterations, length: 64)
        #expect(hexadecimal(made) == key)
    }

    @Test func noPasswordAndNoSaltAreKeysToo() {
        let made = Digest.pbkdf2SHA256(password: [], salt: [], iterations: 1)
        #expect(made == Digest.hmacSHA256(key: [], [0, 0, 0, 1]))
    }

    @Test func comparison() {
        #expect(Digest.areEqual([], []))
        #expect(Digest.areEqual([1, 2], [1, 2]))
        for other in [[], [1], [1, 3], [2, 2], [1, 2, 0]] as [[UInt8]] { #expect(!Digest.areEqual([1, 2], other)) }
    }

    @Test(arguments: [0, 1, 16, 256, 257, 1000]) func randomOctets(count: Int) throws {
        let octets = try Digest.randomOctets(count)
        #expect(octets.count == count)
        if count >= 16 { #expect(try Digest.randomOctets(count) != octets) }
    }
}
