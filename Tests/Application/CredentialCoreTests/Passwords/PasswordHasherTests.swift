import CArgon2
import Glibc
import Testing

@testable import CredentialCore

@Suite struct PasswordHasherTests {
    /// The argon2id v1.3 vectors of the reference implementation's own tests.
    static let vectors: [(password: String, stored: String)] = [
        ("password", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"),
        ("password", "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"),
        ("password", "$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg"),
        ("password", "$argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw"),
    ]

    @Test(arguments: vectors) func knownVector(password: String, stored: String) {
        #expect(PasswordHasher.verify(password, against: stored))
        for wrong in ["", "Password", "password ", "passwor", "password\0"] {
            #expect(!PasswordHasher.verify(wrong, against: stored), "\(wrong)")
        }
    }

    @Test func hashOfAKnownSaltIsTheVector() throws {
        let cost = PasswordHasher.Cost(memory: 256, passes: 2, lanes: 1)
        #expect(
            try PasswordHasher.hash("password", salt: Array("somesalt".utf8), cost: cost) == Self.vectors[0].stored)
    }

    @Test func standardCostIsWrittenIntoTheHash() throws {
        let stored = try PasswordHasher.hash("lantern oil")
        #expect(stored.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(stored.utf8.count == 97)
        #expect(PasswordHasher.verify("lantern oil", against: stored))
        #expect(!PasswordHasher.needsRehash(stored))
        #expect(PasswordHasher.needsRehash(Self.vectors[0].stored))
    }

    @Test(arguments: ["", "x", "pässwörd 🗝", String(repeating: "a", count: 1024), "with\0zero"])
    func roundTrip(password: String) throws {
        let stored = try PasswordHasher.hash(password, cost: .trivial)
        #expect(PasswordHasher.verify(password, against: stored))
        #expect(!PasswordHasher.verify(password + "x", against: stored))
        #expect(try PasswordHasher.hash(password, cost: .trivial) != stored, "salts differ")
    }

    @Test func tooLongIsRefusedBeforeAnyWork() {
        let password = String(repeating: "a", count: PasswordHasher.longestPassword + 1)
        #expect(throws: PasswordFailure.tooLong) { try PasswordHasher.hash(password) }
        #expect(!PasswordHasher.verify(password, against: Self.vectors[0].stored))
    }

    @Test func impossibleCostIsRefusedWithTheReason() {
        let cost = PasswordHasher.Cost(memory: 1, passes: 1, lanes: 1)
        #expect(throws: PasswordFailure.self) { try PasswordHasher.hash("x", cost: cost) }
    }

    static let malformed: [String] = [
        "", "$", "$$$$$", "password", "$argon2id$", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
        "$argon2id$v=19$m=256,t=2,p=1$$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4$",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65!OgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=99999999999999999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=4294967295,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=-1,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=1,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29t\0ZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$ÿÿ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        String(repeating: "$argon2id", count: 60),
    ]

    @Test(arguments: malformed) func malformedMatchesNothing(stored: String) {
        #expect(!PasswordHasher.verify("password", against: stored))
        #expect(PasswordHasher.needsRehash(stored))
    }

    @Test func everyPrefixOfAHashMatchesNothing() {
        let stored = Self.vectors[0].stored
        for length in 0..<stored.count {
            #expect(!PasswordHasher.verify("password", against: String(stored.prefix(length))))
        }
    }

    @Test func nobodyCostsTheSameWorkAndIsNeverRight() {
        #expect(!PasswordHasher.verify("", against: nil))
        #expect(!PasswordHasher.needsRehash(PasswordHasher.decoy), "the decoy is at the standard cost")
        #expect(argon2id_verify(PasswordHasher.decoy, "x", 1) == ARGON2_VERIFY_MISMATCH.rawValue)
    }

    /// In processor time, so that a busy machine does not matter; far from exact, and far above none.
    @Test func whatIsNoHashTakesAsLongAsOne() throws {
        let real = try PasswordHasher.hash("right")
        let expected = processorTime { _ = PasswordHasher.verify("wrong", against: real) }
        for stored in [nil, "", "x", "!", "*"] {
            let taken = processorTime { #expect(!PasswordHasher.verify("wrong", against: stored)) }
            #expect(taken > expected / 4, "\(stored ?? "nothing") took \(taken) of \(expected) ns")
        }
    }

    private func processorTime(_ body: () -> Void) -> Int {
        func now() -> Int {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return time.tv_sec * 1_000_000_000 + time.tv_nsec
        }
        let start = now()
        body()
        return now() - start
    }
}
