import Testing

@testable import DigestWire

@Suite struct HashFunctionTests {
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
        #expect(hexadecimal(HashFunction.sha256.hash(Array(text.utf8))) == digest)
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
        #expect(hexadecimal(HashFunction.sha256.authenticate(Array(text.utf8), key: key)) == digest)
    }

    /// RFC 2202 section 3.
    @Test func hmacSHA1() {
        let first = HashFunction.sha1.authenticate(Array("Hi There".utf8), key: [UInt8](repeating: 0x0B, count: 20))
        #expect(hexadecimal(first) == "b617318655057264e28bc0b6fb378c8ef146be00")
        let second = HashFunction.sha1.authenticate(
            Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        #expect(hexadecimal(second) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
    }

    /// FIPS 180-4 examples.
    @Test(arguments: [
        (HashFunction.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            .sha384,
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        ),
        (
            .sha512,
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
    ])
    func eachHashIsThatOfItsName(function: HashFunction, digest: String) {
        let made = function.hash(Array("abc".utf8))
        #expect(hexadecimal(made) == digest && made.count == function.octets)
        #expect(function.authenticate([1], key: [2]).count == function.octets)
    }
}
