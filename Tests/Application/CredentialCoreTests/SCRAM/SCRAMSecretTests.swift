import Testing

@testable import CredentialCore

@Suite struct SCRAMSecretTests {
    /// The secret for `pencil` with the salt of RFC 7677 section 3, keys computed by another implementation.
    private static let stored =
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
        + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="

    @Test func storedForm() throws {
        let secret = try #require(SCRAMSecret(stored: Self.stored))
        #expect(secret.iterations == 4096 && secret.stored == Self.stored)
        #expect(try SCRAMSecret(password: "pencil", iterations: 4096, salt: secret.salt) == secret)
        #expect(secret.isMade(from: "pencil"))
        for wrong in ["", "Pencil", "pencil ", "\u{7}"] { #expect(!secret.isMade(from: wrong)) }
        #expect("\(secret)" == "SCRAM-SHA-256 with 4096 iterations")
    }

    @Test func newSecretsAreSaltedAndReadBack() throws {
        let one = try SCRAMSecret(password: "x", iterations: 1)
        #expect(one.iterations == SCRAMSecret.fewestIterations)
        #expect(SCRAMSecret(stored: one.stored) == one)
        #expect(try SCRAMSecret(password: "x", iterations: 1).salt != one.salt)
    }

    @Test func standardIterationsAreWrittenDown() throws {
        #expect(try SCRAMSecret(password: "x").stored.hasPrefix("SCRAM-SHA-256$50000:"))
    }

    @Test(arguments: ["", "a\u{7}b", "\u{AD}", "\u{E000}", String(repeating: "x", count: 1025)])
    func passwordsThatCannotBeUsed(password: String) {
        #expect(throws: SCRAMFailure.unusable) { try SCRAMSecret(password: password, iterations: 4096) }
    }

    @Test func damagedFormsAreRefused() {
        for length in 0..<Self.stored.count {
            #expect(SCRAMSecret(stored: String(Self.stored.prefix(length))) == nil)
        }
        let changes: [(String, String)] = [
            ("$4096", "$0"), ("$4096", "$+4096"), ("$4096", "$-1"), ("$4096", "$4000001"), ("$4096", "$99999999999"),
            ("$4096", "$"), ("SHA-256", "SHA-1"), ("==$", "=$"), ("W22ZaJ0SNY7soEsUEjb6gQ==", ""), ("Y=:w", "Y=:w:w"),
            ("Y=:w", "Y=$w"), ("WG5d", ""), ("WG5d", "WG5dWG5d"), ("WG5d", "WG\u{E9}d"),
        ]
        for (old, new) in changes {
            let damaged = Self.stored.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
            #expect(damaged.count == 2)
            #expect(SCRAMSecret(stored: damaged.joined(separator: new)) == nil, "\(old) → \(new)")
        }
        #expect(SCRAMSecret(stored: Self.stored + String(repeating: "=", count: 512)) == nil)
    }

    /// RFC 4013 section 3, apart from the two that need NFKC and the one that needs bidirectional tables.
    @Test(
        arguments: [
            ("I\u{AD}X", "IX"), ("user", "user"), ("USER", "USER"), ("a\u{A0}b\u{3000}c", "a b c"), ("\u{7}", nil),
            ("a\u{200B}\u{FEFF}b", "ab"), ("\u{2028}", nil), ("\u{FFFD}", nil), ("\u{FFFE}", nil), ("\u{10FFFF}", nil),
            ("\u{200E}x", nil), ("ünïcödé 🗝", "ünïcödé 🗝"), ("", nil),
        ] as [(String, String?)])
    func preparation(text: String, prepared: String?) {
        #expect(SASLPreparation.prepare(text) == prepared)
    }
}
