import FileAccessTesting
import Glibc
import SSHKeys
import Testing

@testable import SSHGateway

@Suite struct HostKeysTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/ssh" }

    init() throws { folder = try TemporaryFolder() }

    private func put(_ key: SSHPrivateKey, _ name: String, mode: mode_t = 0o600) throws {
        let file = try folder.write(SSHPrivateKeyFile.text(of: key), to: name)
        #expect(chmod(file, mode) == 0)
    }

    private func mode(of name: String) -> mode_t {
        var status = stat()
        return stat(folder.path + "/" + name, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test func aFirstStartMakesKeysThatOnlyTheOwnerMayRead() throws {
        let made = try HostKeys.open(path)
        #expect(made.current.map(\.type) == [.ed25519, .rsa])
        #expect(mode(of: "ssh") == 0o700 && mode(of: "ssh/ssh_host_ed25519_key") == 0o600)
        #expect(mode(of: "ssh/ssh_host_ed25519_key.pub") != 0)
        let again = try HostKeys.open(path)
        #expect(again.current.map(\.publicKey) == made.current.map(\.publicKey))
        #expect(again.fingerprints == made.fingerprints && made.fingerprints[0].hasPrefix("ED25519 SHA256:"))
    }

    @Test func lookingMakesNothing() throws {
        #expect(try HostKeys.read(path).current.isEmpty)
        #expect(mode(of: "ssh") == 0)
    }

    @Test func thoseThatAreThereAreUsedAsTheyAre() throws {
        try folder.makeFolder("ssh")
        let key = try SSHPrivateKey.generate(.ecdsaP256)
        try put(key, "ssh/ssh_host_ecdsa_key")
        let found = try HostKeys.open(path)
        #expect(found.current.map(\.publicKey) == [key.publicKey] && found.upcoming.isEmpty)
    }

    @Test func theNextOnesAreOnlyTold() throws {
        try folder.makeFolder("ssh")
        try folder.makeFolder("ssh/next")
        let (old, new) = (try SSHPrivateKey.generate(.ed25519), try SSHPrivateKey.generate(.ed25519))
        try put(old, "ssh/ssh_host_ed25519_key")
        try put(new, "ssh/next/ssh_host_ed25519_key")
        let found = try HostKeys.open(path)
        #expect(found.current.map(\.publicKey) == [old.publicKey] && found.upcoming.map(\.publicKey) == [new.publicKey])
        #expect(found.fingerprints == ["\(old.publicKey)"])
        #expect(found.allFingerprints == ["\(old.publicKey)", "\(new.publicKey) (next)"])
    }

    @Test func aReloadSeesWhatWasMovedUp() throws {
        try folder.makeFolder("ssh")
        try folder.makeFolder("ssh/next")
        let (old, new) = (try SSHPrivateKey.generate(.ed25519), try SSHPrivateKey.generate(.ed25519))
        try put(old, "ssh/ssh_host_ed25519_key")
        let first = try HostKeys.reread(path)
        try put(new, "ssh/next/ssh_host_ed25519_key")
        let second = try HostKeys.reread(path)
        let known = try HostKeys.read(path)
        #expect(!second.isSame(as: first) && second.isSame(as: known))
        let names = (folder.path + "/ssh/next/ssh_host_ed25519_key", folder.path + "/ssh/ssh_host_ed25519_key")
        #expect(rename(names.0, names.1) == 0)
        let third = try HostKeys.reread(path)
        #expect(third.current.map(\.publicKey) == [new.publicKey] && third.upcoming.isEmpty)
    }

    @Test func aReloadWithoutAKeyIsRefused() throws {
        try folder.makeFolder("ssh")
        let failure = #expect(throws: HostKeyFailure.self) { try HostKeys.reread(path) }
        #expect(failure?.kind == .damaged && failure?.description.contains(path) == true)
    }

    @Test func twoOfOneTypeCannotBothBeUsed() throws {
        try folder.makeFolder("ssh")
        try put(try SSHPrivateKey.generate(.ed25519), "ssh/ssh_host_a_key")
        try put(try SSHPrivateKey.generate(.ed25519), "ssh/ssh_host_b_key")
        let failure = #expect(throws: HostKeyFailure.self) { try HostKeys.open(path) }
        #expect(failure?.kind == .damaged && failure?.description.contains("\(path)/next") == true)
    }

    @Test(arguments: [0o644, 0o640, 0o660, 0o604] as [mode_t]) func aKeyThatOthersMayReadIsRefused(mode: mode_t) throws
    {
        try folder.makeFolder("ssh")
        try put(try SSHPrivateKey.generate(.ed25519), "ssh/ssh_host_ed25519_key", mode: mode)
        let failure = #expect(throws: HostKeyFailure.self) { try HostKeys.open(path) }
        #expect(failure?.kind == .noPermission && failure?.description.contains("chmod 600") == true)
    }

    @Test func whatIsNoKeyIsNamed() throws {
        try folder.makeFolder("ssh")
        let file = try folder.write("nothing", to: "ssh/ssh_host_ed25519_key")
        #expect(chmod(file, 0o600) == 0)
        let failure = #expect(throws: HostKeyFailure.self) { try HostKeys.open(path) }
        #expect(failure?.kind == .damaged && failure?.description.contains(file) == true)
    }
}
