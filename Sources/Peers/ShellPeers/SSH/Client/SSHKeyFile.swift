import FileAccess
import Glibc
import SSHKeys

/// A file with a private key.
///
/// - Isolation: none; a value type, read and unlocked on worker threads.
struct SSHKeyFile: Sendable {
    let path: String
    private let file: SSHPrivateKeyFile
    /// The public half; nil for a file that tells it only to those who have the passphrase.
    private(set) var publicKey: SSHPublicKey?
    /// The key; nil while a passphrase is wanted.
    private(set) var key: SSHPrivateKey?

    /// Reads a file, and the public key beside it where that is needed; for a worker thread.
    ///
    /// - Returns: Nil when there is no file.
    /// - Throws: ``SSHClientFailure/file(_:reason:)`` for one that holds no key, or that others may read.
    init?(ifThere path: String) throws(SSHClientFailure) {
        self.path = path
        let isOpen: Bool
        let content: [UInt8]
        do throws(FileFailure) {
            let file = try RegularFile(path)
            isOpen = file.status.st_uid == getuid() && file.status.st_mode & 0o077 != 0
            content = try file.read(limit: SSHPrivateKeyFile.longest)
        } catch {
            if error.code == ENOENT { return nil }
            throw .file(path, reason: error.reason)
        }
        let firstLine = String(decoding: content, as: UTF8.self).prefix { !$0.isNewline }
        if (try? SSHPublicKey(line: firstLine)) != nil {
            throw .file(
                path, reason: "this is a public key; the private one is wanted, in the file without .pub as a rule")
        }
        // As strict as OpenSSH: a key that others can read is everybody's.
        if isOpen { throw .file(path, reason: "others may read this private key, so that it is not used") }
        do throws(SSHKeyFailure) {
            file = try SSHPrivateKeyFile(content)
            publicKey = file.publicKey ?? (file.isEncrypted ? Self.publicKey(beside: path) : nil)
            if !file.isEncrypted { try unlock(passphrase: nil) }
        } catch {
            throw .file(path, reason: error.detail)
        }
    }

    /// Reads the key; for a worker thread, because it takes a tenth of a second on purpose.
    ///
    /// - Throws: `SSHKeyFailure` with `wrongPassphrase`, among others.
    mutating func unlock(passphrase: String?) throws(SSHKeyFailure) {
        let read = try file.open(passphrase: passphrase.map { Array($0.utf8) }).key
        (publicKey, key) = (read.publicKey, read)
    }

    private static func publicKey(beside path: String) -> SSHPublicKey? {
        guard let line = try? readFile(path + ".pub", limit: SSHPrivateKeyFile.longest) else { return nil }
        return try? SSHPublicKey(line: String(decoding: line, as: UTF8.self).prefix { !$0.isNewline })
    }
}
