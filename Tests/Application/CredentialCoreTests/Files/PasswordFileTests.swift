import CredentialTesting
import FileAccessTesting
import Foundation
import ReactorCore
import Testing

@testable import CredentialCore

@Suite struct PasswordFileTests {
    private let folder: TemporaryFolder
    private let path: String
    private let hash: String

    init() throws {
        folder = try TemporaryFolder()
        path = "\(folder.path)/passwords"
        hash = try PasswordHasher.hash("secret", cost: .trivial)
    }

    private func contract() throws -> CheckerContract {
        try CheckerContract(try Reactor()) { try CheckerTable().make("file:\(path)", $0) }
    }

    @Test func changesAreTakenUpAtTheNextLogin() throws {
        _ = try PasswordFile.change(path, "ada", .init(password: hash))
        let contract = try contract()
        #expect(contract.outcome("ben", "secret") == .failure(.refused))
        _ = try PasswordFile.change(path, "ben", .init(password: hash))
        #expect(contract.outcome("ben", "secret") == .success("ben"))
        _ = try PasswordFile.change(path, "ben", .init(password: nil))
        #expect(contract.outcome("ben", "secret") == .failure(.refused))
        #expect(contract.outcome("ada", "secret") == .success("ada"))
        try FileManager.default.removeItem(atPath: path)
        #expect(contract.outcome("ada", "secret") == .failure(.unavailable), "without the file nobody is let in")
        try folder.write("this is no such file\n", to: "passwords")
        #expect(contract.outcome("ada", "secret") == .failure(.unavailable))
    }

    @Test func aNewFileIsItsOwnersAloneAndOthersKeepTheirModeAndLines() throws {
        #expect(try PasswordFile.change(path, "ada", .init(password: hash)) == nil)
        #expect(try mode() == 0o600)
        try folder.write("# first\n\nada:\(hash)\n  # last\nben:\(hash)", to: "passwords")
        chmod(path, 0o640)
        let other = try PasswordHasher.hash("other", cost: .trivial)
        #expect(try PasswordFile.change(path, "ADA", .init(password: other)) != nil)
        #expect(folder.read("passwords") == "# first\n\nADA:\(other)\n  # last\nben:\(hash)\n")
        #expect(try mode() == 0o640)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["passwords"])
    }

    /// The second factor survives a new password, and goes only when that is asked for.
    @Test func aNewPasswordKeepsTheAuthenticator() throws {
        let code = "totp=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        let scram = try SCRAMSecret(password: "secret").stored
        try folder.write("ada:\(hash) \(code) scram=\(scram)\n", to: "passwords")
        let other = try PasswordHasher.hash("other", cost: .trivial)
        let former = try PasswordFile.change(path, "ada", .init(password: other))
        #expect(former == PasswordFile.Former(hadOneTime: true, hadSCRAM: true))
        #expect(folder.read("passwords") == "ada:\(other) \(code)\n")
        #expect(try contract().outcome("ada", "other") == .failure(.codeWanted))
        let after = try PasswordFile.change(path, "ada", .init(password: hash, oneTime: .remove))
        #expect(after == PasswordFile.Former(hadOneTime: true, hadSCRAM: false))
        #expect(folder.read("passwords") == "ada:\(hash)\n")
    }

    private func mode() throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test func aSymbolicLinkStaysOne() throws {
        try folder.write("ada:\(hash)\n", to: "real")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "\(folder.path)/real")
        _ = try PasswordFile.change(path, "ben", .init(password: hash))
        #expect(try #require(folder.read("real")).contains("ben:"))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "\(folder.path)/real")
    }

    /// The hash of another kind is replaced when its password is shown, and the rest of the line stays.
    @Test func hashesAreRenewedInTheFile() throws {
        let old = try #require(CryptHashTests.made("secret", "$6$rounds=1000$mudd$"))
        let code = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        try folder.write("# remark\nada:\(old) totp=\(code)\nben:\(old)\n", to: "passwords")
        let contract = try contract()
        #expect(contract.outcome("ada", "wrong") == .failure(.refused))
        #expect(try #require(folder.read("passwords")).contains("ada:\(old)"))
        // A child that another test starts at this moment holds the file's lock until it runs its program, and nobody waits.
        func comesIn(_ name: String) throws -> Result<String, LoginFailure> {
            var outcome = contract.outcome(name, "secret")
            for _ in 0..<200 {
                if try #require(folder.read("passwords")).contains("\(name):$argon2id$") { break }
                outcome = contract.outcome(name, "secret")
            }
            return outcome
        }
        #expect(try comesIn("ada") == .failure(.codeWanted))
        let lines = try #require(folder.read("passwords")).split(separator: "\n")
        #expect(lines[0] == "# remark" && lines[2] == "ben:\(old)")
        #expect(lines[1].hasPrefix("ada:$argon2id$") && lines[1].hasSuffix(" totp=\(code)"))
        #expect(try comesIn("ben") == .success("ben"))
        #expect(try comesIn("ben") == .success("ben"))
        #expect(try #require(folder.read("passwords")).contains("ben:$argon2id$"))
    }

    /// A renewal that comes late does not undo what somebody set meanwhile.
    @Test func aRenewalYieldsToAnotherChange() throws {
        let other = try PasswordHasher.hash("other", cost: .trivial)
        try folder.write("ada:\(other)\n", to: "passwords")
        try PasswordFile.renew(path, "ada", from: hash, to: hash)
        #expect(folder.read("passwords") == "ada:\(other)\n")
    }

    @Test func codesOfAnAuthenticatorAreAskedForAndTakenOnce() throws {
        let secret = try OneTimeSecret.make()
        _ = try PasswordFile.change(path, "ada", .init(password: hash, oneTime: .set(secret.base32)))
        let contract = try contract()
        func code() -> String {
            let step = UInt64(Date().timeIntervalSince1970) / 30
            return secret.code(counter: step)
        }
        #expect(contract.outcome("ada", "wrong") == .failure(.refused))
        #expect(contract.outcome("ada", "wrong", code: code()) == .failure(.refused))
        #expect(contract.outcome("ada", "secret") == .failure(.codeWanted))
        #expect(contract.outcome("ada", "secret", code: "") == .failure(.codeWanted))
        #expect(contract.outcome("ada", "secret", code: "12345678901") == .failure(.refused))
        let good = code()
        #expect(contract.outcome("ada", "secret", code: good) == .success("ada"))
        #expect(contract.outcome("ada", "secret", code: good) == .failure(.refused), "taken once")
    }

    @Test(arguments: [
        ("ada", "2:1", "expected NAME:HASH"), (":x", "2:1", "expected NAME:HASH"), ("ada:", "2:1", "no hash"),
        ("ada:secret", "2:1", "no hash"), ("ada:HASH what", "2:1", "expected totp"),
        ("ada:HASH totp=", "2:1", "expected totp"),
        ("ada:HASH scram=x", "2:1", "expected totp"), ("ADA:HASH\nada:HASH", "3:1", "twice"),
        ("ada:HASH" + String(repeating: " ", count: 3000), "2:1", "too long"),
    ])
    func wrongLinesAreNamed(_ line: String, _ place: String, _ expected: String) throws {
        let text = "# people\n" + line.replacingOccurrences(of: "HASH", with: hash)
        let failure = #expect(throws: CheckerFailure.self) { _ = try PasswordFile(parsing: text, path: "P") }
        let sentence = try #require(failure?.description)
        #expect(sentence.hasPrefix("P:\(place.prefix { $0 != ":" }): ") && sentence.contains(expected), "\(sentence)")
        #expect(!sentence.contains("secret"))
    }

    @Test(arguments: ["", "a b", "a:b", "#a", "a\n", "a\u{0}", String(repeating: "a", count: 256)])
    func namesThatWouldBreakTheFileAreRefused(_ name: String) throws {
        #expect(throws: CheckerFailure.self) { try PasswordFile.change(path, name, .init(password: hash)) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    /// Names nobody has cost what the others cost: the time of an answer tells nobody which names there are.
    @Test func whoIsMissingCostsWhatOthersCost() throws {
        let old = "$2b$04$abcdefghijklmnopqrstuuHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH"
        let file = try PasswordFile(parsing: "ada:\(old)\nben:\(hash)\n", path: path)
        #expect(file.hashToCheck(for: "ADA") == old && file.hashToCheck(for: "ben") == hash)
        let standIns = (0..<100).map { file.hashToCheck(for: "nobody\($0)") }
        #expect(Set(standIns) == [old, hash])
        #expect((0..<100).map { file.hashToCheck(for: "Nobody\($0)") } == standIns)
        #expect(try PasswordFile(parsing: "", path: path).hashToCheck(for: "nobody") == nil)
        // The only one there stands in, so that the comparison was made shows in its being right.
        let text = "ada:\(hash)\n"
        let alone = try PasswordFile(parsing: text, path: path).compare("secret", of: "nobody", cost: .trivial)
        #expect(alone.entry == nil && alone.isRight)
        // It opens nothing.
        try folder.write(text, to: "passwords")
        #expect(try contract().outcome("nobody", "secret") == .failure(.refused))
    }

    /// Another entry takes over some names, and leaves the rest with whom they had.
    @Test func aNewEntryMovesFewStandIns() throws {
        func made(_ names: Range<Int>) throws -> PasswordFile {
            let lines = names.map { "user\($0):$6$salt$\($0)\n" }
            return try PasswordFile(parsing: lines.joined(), path: path)
        }
        let (before, after) = (try made(0..<20), try made(0..<21))
        let names = (0..<1000).map { "nobody\($0)" }
        let moved = names.filter { before.hashToCheck(for: $0) != after.hashToCheck(for: $0) }
        #expect((1..<200).contains(moved.count))
        #expect(moved.allSatisfy { after.hashToCheck(for: $0) == "$6$salt$20" })
    }

    /// Many changes at once lose none.
    @Test func changesExcludeEachOther() async throws {
        await withTaskGroup { group in
            for number in 0..<20 {
                group.addTask { [path, hash] in
                    _ = try? PasswordFile.change(path, "user\(number)", .init(password: hash))
                }
            }
        }
        let file = try PasswordFile(parsing: try #require(folder.read("passwords")), path: path)
        #expect((0..<20).allSatisfy { file["user\($0)"] != nil })
    }

    @Test func whatIsNoFileIsRefusedAtTheStart() throws {
        #expect(throws: CheckerFailure.self) { _ = try contract() }
        mkfifo(path, 0o600)
        #expect(throws: CheckerFailure.self) { _ = try contract() }
    }
}
