import DigestWire
import Testing

@testable import CredentialCore

@Suite struct DigestTests {
    private func hexadecimal(_ octets: [UInt8]) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
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
        #expect(made == HashFunction.sha256.authenticate([0, 0, 0, 1], key: []))
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
