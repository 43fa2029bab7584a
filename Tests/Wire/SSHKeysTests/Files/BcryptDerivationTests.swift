import Testing

@testable import SSHKeys

@Suite("Keys of passphrases")
struct BcryptDerivationTests {
    /// The first and the last words that Blowfish's published tables begin and end with.
    @Test("The bits of pi are those Blowfish begins with")
    func pi() {
        let words = PiFraction.words(1042)
        #expect(words.prefix(4) == [0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344])
        #expect(words.last == 0x3AC3_72E6)
        #expect(PiFraction.words(2) == [0x243F_6A88, 0x85A3_08D3])
    }

    /// The known answers of Schneier's test vectors for a key and a block of zeros, and of ones.
    @Test(
        "Blowfish enciphers as published",
        arguments: [
            ([0, 0], [0, 0], [0x4EF9_9745, 0x6198_DD78]),
            ([0xFFFF_FFFF, 0xFFFF_FFFF], [0xFFFF_FFFF, 0xFFFF_FFFF], [0x5186_6FD5, 0xB85E_CB8A]),
            ([0x0123_4567, 0x89AB_CDEF], [0x1111_1111, 0x1111_1111], [0x61F9_C380, 0x2281_B096]),
        ] as [([UInt], [UInt], [UInt])])
    func blowfish(key: [UInt], block: [UInt], expected: [UInt]) {
        var cipher = Blowfish()
        cipher.expand(key)
        var words = block
        cipher.encipher(&words)
        #expect(words == expected)
    }

    /// Made with the Python package `bcrypt`: `kdf(b"password", b"salt", length, rounds)`.
    @Test("Keys are those other implementations derive, of any length")
    func lengths() {
        for length in [1, 16, 31, 32, 33, 48, 64, 100] {
            #expect(BcryptDerivation.key(passphrase: [1], salt: [2], rounds: 1, length: length).count == length)
        }
        let key = BcryptDerivation.key(passphrase: bytes("password"), salt: bytes("salt"), rounds: 4, length: 32)
        #expect(key == hex("5bbf0cc293587f1c3635555c27796598d47e579071bf427e9d8fbe842aba34d9"))
        let long = BcryptDerivation.key(passphrase: bytes("password"), salt: bytes("salt"), rounds: 8, length: 64)
        #expect(
            long
                == hex(
                    """
                    e1367ec5151a33faac4cc1c144cd23fa15d5548493ecc99b9b5d9c0d3b27bec7
                    6227ea66088b849b20ab7aa478010246e74bba51723fefa9f9474d6508845e8d
                    """))
    }
}
