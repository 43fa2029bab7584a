import FileAccessTesting
import Glibc
import SSHKeys
import Testing

/// What OpenSSH's own tools make of keys, in a folder of a test's own.
struct SSHKeygen {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Runs a line of the shell in the folder; whether it succeeded.
    @discardableResult func run(_ command: String) -> Bool {
        system("cd '\(folder.path)' && { \(command); } >out 2>&1 </dev/null") == 0
    }

    /// What a line of the shell prints.
    func output(_ command: String) throws -> String {
        let hasSucceeded = run(command)
        let output = folder.read("out") ?? ""
        try #require(hasSucceeded, "\(command): \(output)")
        return output
    }

    /// Makes a key file; its public key is beside it.
    func make(_ arguments: String, passphrase: String = "", as name: String = "key") throws {
        _ = try output("ssh-keygen -q \(arguments) -N '\(passphrase)' -f \(name)")
    }

    func read(_ name: String) throws -> [UInt8] { Array(try #require(folder.read(name)).utf8) }

    /// Writes a private key as such files have to be, readable for nobody else.
    func write(_ octets: [UInt8], to name: String) throws {
        chmod(try folder.write(octets, to: name), 0o600)
    }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }
}

/// Octets of hexadecimal digits, with blanks anywhere.
func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// Octets of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The octets of a key of a kind that cannot be made here, as a token would give it.
func tokenKey(_ key: SSHPublicKey, application: String = "ssh:") throws -> SSHPublicKey {
    var reader = SSHReader(key.blob)
    let name = try reader.text()
    var writer = SSHWriter()
    writer.string("sk-\(name)@openssh.com")
    writer.raw(reader.rest)
    writer.string(application)
    return try SSHPublicKey(blob: writer.octets)
}
