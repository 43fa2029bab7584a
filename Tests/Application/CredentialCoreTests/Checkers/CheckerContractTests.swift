import CredentialTesting
import FileAccessTesting
import ReactorCore
import ReactorTesting
import SSHKeys
import Testing

@testable import CredentialCore

/// The contract of checkers, over each that needs nothing of the machine.
@Suite struct CheckerContractTests {
    private let password = "correct horse"

    @Test func memory() throws {
        let contract = try CheckerContract(try Reactor()) { try CheckerTable().make("memory:ada=correct horse", $0) }
        #expect(contract.violations(name: "ada", password: password) == [])
    }

    @Test func passwordFile() throws {
        let folder = try TemporaryFolder()
        let hash = try PasswordHasher.hash(password, cost: .trivial)
        let path = try folder.write("# people\n\nada:\(hash)\n", to: "passwords")
        let contract = try CheckerContract(try Reactor()) { try CheckerTable().make("file:\(path)", $0) }
        #expect(contract.violations(name: "ada", password: password) == [])
        #expect(contract.outcome("ADA", password) == .success("ada"))
    }

    @Test func shadowFile() throws {
        let folder = try TemporaryFolder()
        // openssl passwd -6 -salt mudd, with the fewest rounds.
        let hash = try #require(CryptHashTests.made(password, "$6$rounds=1000$mudd$"))
        let path = try folder.write(
            """
            root:*:19000:0:99999:7:::
            ada:\(hash):19000:0:99999:7:::
            locked:!\(hash):19000:0:99999:7:::
            open::19000:0:99999:7:::
            expired:\(hash):19000:0:99999:7::19001:
            old:\(hash):10000:0:90:7:::
            fresh:\(hash):0:0:99999:7:::

            """, to: "shadow")
        let contract = try CheckerContract(try Reactor()) { try CheckerTable().make("unix:file=\(path)", $0) }
        #expect(contract.violations(name: "ada", password: password) == [])
        for name in ["root", "locked", "open", "expired", "old", "fresh", "ADA"] {
            #expect(contract.outcome(name, password) == .failure(.refused), "\(name)")
        }
        for name in ["open", "locked"] {
            #expect(contract.outcome(name, "!") == .failure(.refused), "\(name)")
        }
    }

    /// Names that have no usable hash cost what others cost.
    @Test func whoIsMissingInAShadowFileCostsWhatOthersCost() throws {
        let folder = try TemporaryFolder()
        let hash = try #require(CryptHashTests.made(password, "$6$rounds=1000$mudd$"))
        let path = try folder.write("root:*:19000::::::\nada:\(hash):19000::::::\n", to: "shadow")
        let ada = try ShadowChecker.find("ada", path)
        #expect(ada.entry?.hash == hash && ada.hashToCheck == hash)
        #expect(try ShadowChecker.find("root", path).entry?.isUsable == false)
        for name in ["root", "nobody", "a:b", "a\0", ""] {
            #expect(try ShadowChecker.find(name, path).hashToCheck == hash, "\(name)")
        }
        try folder.write("root:*:19000::::::\n", to: "shadow")
        #expect(try ShadowChecker.find("nobody", path).hashToCheck == CryptHash.decoy)
    }

    @Test func tokens() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/tokens"
        let secret = try TokenChecker.add(to: path, name: "ada", label: "phone", doors: ["test"])
        let other = try TokenChecker.add(to: path, name: "ada", label: "mail", doors: ["imap"])
        let everywhere = try TokenChecker.add(to: path, name: "ben", label: "script", doors: ["*"])
        let contract = try CheckerContract(try Reactor()) { try CheckerTable().make("tokens:\(path)", $0) }
        #expect(contract.outcome("ada", secret) == .success("ada"))
        #expect(contract.outcome("ADA", secret.uppercased()) == .success("ada"))
        #expect(contract.outcome("ada", other) == .failure(.refused), "another door's")
        #expect(contract.outcome("ada", everywhere) == .failure(.refused), "another's")
        #expect(contract.outcome("ben", secret) == .failure(.refused))
        #expect(contract.outcome(of: .token(everywhere)) == .success("ben"))
        #expect(contract.outcome(of: .token(other)) == .failure(.refused))
        #expect(contract.outcome(of: .token("")) == .failure(.refused))
        for name in CheckerContract.hostileNames { #expect(contract.outcome(name, secret) == .failure(.refused)) }
        #expect(throws: CheckerFailure.self) {
            try TokenChecker.add(to: path, name: "a:b", label: "x", doors: ["*"])
        }
    }

    @Test func keys() throws {
        let folder = try TemporaryFolder()
        // RFC 8032 section 7.1, test 2.
        let octets = Self.octets("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        let made = Self.octets(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        )
        let key = try Self.key(octets)
        let signature = SSHSignature(algorithm: .ed25519, octets: made).blob
        let path = try folder.write("# people\n\nada \(key.line) the laptop\nAda \(Self.otherKey) work\n", to: "keys")
        let contract = try CheckerContract(try Reactor()) { try CheckerTable().make("keys:\(path)", $0) }
        func show(
            _ name: String, _ message: [UInt8], _ signature: [UInt8], key other: SSHPublicKey? = nil,
            as algorithm: SSHSignatureAlgorithm = .ed25519
        ) -> Result<String, LoginFailure> {
            let shown = SSHSignedKey(
                key: other ?? key, algorithm: algorithm, message: message, signature: signature)
            return contract.outcome(of: .publicKey(name: name, shown))
        }
        #expect(show("ada", [0x72], signature) == .success("ada"))
        #expect(show("ADA", [0x72], signature) == .success("ada"), "the file's spelling")
        #expect(show("ada", [0x73], signature) == .failure(.refused))
        #expect(show("ben", [0x72], signature) == .failure(.refused))
        #expect(show("ada", [0x72], []) == .failure(.refused))
        #expect(show("ada", [0x72], made) == .failure(.refused), "not in SSH's form")
        #expect(show("ada", [0x72], signature, as: .rsaSHA256) == .failure(.refused))
        #expect(show("ada", [0x72], signature, key: try Self.key(Array(octets.reversed()))) == .failure(.refused))
        #expect(show("ada", [0x72], signature, key: try SSHPublicKey(line: Self.otherKey)) == .failure(.refused))
    }

    /// Of P-256, made by ssh-keygen.
    private static let otherKey =
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBP1gDa2+sFDseLjPv+q2sc7wiOptkxnTY1kFwxtBIMPYJQE5x7miyJJ8h+aA9TBH4YQKwt1XBfBGmu+2uoZYO1c="

    private static func key(_ octets: [UInt8]) throws -> SSHPublicKey {
        var writer = SSHWriter()
        writer.string("ssh-ed25519")
        writer.string(octets)
        return try SSHPublicKey(blob: writer.octets)
    }

    /// A no to whoever asks about a key tells nothing of the name.
    @Test func keysAreOfferedByTheirNames() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("ada \(Self.otherKey) work\n", to: "keys")
        let reactor = try Reactor()
        let portal = Portal(reactor: reactor, realm: Realm())
        let (key, other) = (try SSHPublicKey(line: Self.otherKey), try Self.key([UInt8](repeating: 9, count: 32)))
        #expect(try reactor.result(of: portal.mayAccept(key, of: "ada")) == false, "nobody checks keys")
        portal.checkers = [try CheckerTable().make("keys:\(path)", portal.context), AnonymousChecker()]
        let cases = [
            (key, "ada", true), (key, "ADA", true), (other, "ada", false), (key, "ben", false), (other, "ben", false),
            (key, "", false), (key, " ada", false), (key, String(repeating: "a", count: 256), false),
        ]
        for (key, name, isWorthIt) in cases {
            #expect(try reactor.result(of: portal.mayAccept(key, of: name)) == isWorthIt, "\(name)")
        }
        try folder.write("ada\n", to: "keys")
        #expect(try reactor.result(of: portal.mayAccept(key, of: "ada")) == false, "the file cannot be read")
    }

    @Test(arguments: [
        ("ada", "expected NAME KEY"), ("ada ssh-ed25519", "expected the type of a key"),
        ("ada ssh-dss AAAAB3NzaC1kc3M=", "ssh-dss are not known"), ("ada ssh-ed25519 AAAA*", "base64"),
        ("ada restrict ssh-ed25519 AAAA", "restrict are not known"),
    ])
    func wrongKeyFiles(_ line: String, _ complaint: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("# people\n\(line)\n", to: "keys")
        let context = Portal(reactor: try Reactor(), realm: Realm()).context
        let checker = try CheckerTable().make("keys:\(path)", context)
        let failure = #expect(throws: CheckerFailure.self) { try checker.open() }
        let sentence = try #require(failure?.description)
        #expect(sentence.contains(":2: ") && sentence.contains(complaint), "\(sentence)")
    }

    private static func octets(_ digits: String) -> [UInt8] {
        stride(from: 0, to: digits.utf8.count, by: 2).compactMap { offset in
            let start = digits.index(digits.startIndex, offsetBy: offset)
            return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16)
        }
    }

    @Test func anonymous() throws {
        let contract = try CheckerContract(try Reactor()) { try CheckerTable().make("anonymous", $0) }
        #expect(contract.outcome(of: .anonymous) == .success(""))
        #expect(contract.outcome("ada", password) == .failure(.refused))
    }

    /// Every way of writing a description wrongly says so, and repeats no secret.
    @Test(arguments: [
        ("", "no type"), ("fil:x", "did you mean file?"), ("ldp:x", "there is no type"), ("file", "expected the path"),
        ("file:", "expected the path"), ("file:a:secret", "fewer arguments"),
        ("file:a:mode=secret", "no argument called mode"),
        ("memory", "expected NAME=PASSWORD"), ("memory:ada", "expected NAME=PASSWORD"),
        ("memory:ada=", "expected NAME=PASSWORD"),
        ("anonymous:secret", "fewer arguments"), ("se cret:x", "of that name"), ("memory:ada=secret\\", "backslash"),
        ("ada=secret", "no type"),
    ])
    func wrongDescriptions(_ text: String, _ expected: String) throws {
        let context = Portal(reactor: try Reactor(), realm: Realm()).context
        let failure = #expect(throws: CheckerFailure.self) { _ = try CheckerTable().make(text, context) }
        let sentence = try #require(failure?.description)
        #expect(sentence.contains(expected))
        #expect(!sentence.contains("secret") && !sentence.contains("se cret"))
    }
}
