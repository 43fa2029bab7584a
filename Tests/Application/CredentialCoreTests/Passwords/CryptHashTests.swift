import CCrypt
import Glibc
import Testing

@testable import CredentialCore

@Suite struct CryptHashTests {
    /// What crypt(3) itself makes of it.
    static func made(_ password: String, _ setting: String) -> String? {
        var memory: UnsafeMutableRawPointer?
        var size: Int32 = 0
        defer { free(memory) }
        return crypt_ra(password, setting, &memory, &size).map { String(cString: $0) }
    }

    /// Published with the algorithm, and as PHP and openssl print them.
    @Test(arguments: [
        (
            "Hello world!",
            "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1"
        ),
        ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
    ])
    func knownHashes(_ password: String, _ hash: String) {
        #expect(CryptHash.isOne(hash))
        #expect(CryptHash.verify(password, against: hash))
        for wrong in ["", "x", password + "x", password + "\u{0}", password + "\u{0}x"] {
            #expect(!CryptHash.verify(wrong, against: hash))
        }
    }

    @Test(arguments: ["", "*", "!", "!!", "$6$", "$6$salt$", "$2b$", "$y$", "$y$j9T$", "x", "\u{0}"])
    func whatIsNoHashFitsNothing(_ stored: String) {
        for password in ["", "x", stored] { #expect(!CryptHash.verify(password, against: stored)) }
    }

    @Test func theDecoyIsAHashOfTheSystemsMethod() {
        #expect(CryptHash.isOne(CryptHash.decoy))
        #expect(!CryptHash.verify("", against: CryptHash.decoy))
    }

    @Test func anOldHashIsRenewedAndAWrongPasswordRenewsNothing() throws {
        let hash = try #require(Self.made("secret", "$6$rounds=1000$mudd$"))
        let (isRight, renewed) = StoredPassword.check("secret", against: hash, cost: .trivial)
        #expect(isRight)
        #expect(PasswordHasher.verify("secret", against: renewed))
        #expect(StoredPassword.check("other", against: hash, cost: .trivial) == (false, nil))
    }
}
