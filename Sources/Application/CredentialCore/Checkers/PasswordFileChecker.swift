import Basics
import ReactorCore

/// The names and passwords of a ``PasswordFile``, which is read again whenever it has changed.
///
/// - Isolation: belongs to the reactor's thread; the file is read, and passwords are hashed, on workers.
final class PasswordFileChecker: CredentialChecker, SCRAMSecretKeeper {
    static let row = CheckerType(
        "file", arguments: "PATH", help: "those in a file of NAME:HASH lines, as mud-admin passwd makes it"
    ) { arguments, context in
        guard let path = arguments.next(), !path.isEmpty else { throw CheckerFailure("expected the path of a file") }
        return PasswordFileChecker(path, context.desk)
    }

    private typealias File = WatchedFile<PasswordFile>

    /// What comes home from a worker.
    private struct Finding: Sendable {
        let file: File
        let isRight: Bool
    }

    let type = "file"
    let kinds: Set<Credential.Kind> = [.password]
    private let path: String
    private let desk: CredentialDesk
    private var file: File?
    private var codes = OneTimeCodes()

    init(_ path: String, _ desk: CredentialDesk) {
        self.path = path
        self.desk = desk
    }

    func open() throws { file = try Self.read(path, nil) }

    func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard case .password(let name, let password, let code) = credential else {
            return .succeeded(.refused("no password"))
        }
        return desk.run { [path, file] cost in
            let fresh = try Self.read(path, file)
            let found = fresh.content.compare(password, of: name, cost: cost)
            if let entry = found.entry, let renewed = found.renewed {
                // Where that cannot be written, the old hash stays good.
                try? PasswordFile.renew(path, entry.name, from: entry.password, to: renewed)
            }
            return Finding(file: fresh, isRight: found.isRight)
        }.map { [self] finding in
            file = finding.file
            guard let entry = finding.file.content[name] else { return .unknown("no such name") }
            guard finding.isRight else { return .refused("wrong password") }
            return codes.verdict(on: Identity(name: entry.name, checker: type), code, entry.oneTime)
        }
    }

    /// Who has an authenticator cannot come in by a mechanism that does not ask for its code.
    func scramSecret(of name: String, from origin: LoginOrigin) -> Deferred<KeptSCRAMSecret?> {
        desk.run { [path, file] _ in try Self.read(path, file) }.map { [self] fresh in
            file = fresh
            guard let entry = fresh.content[name], entry.oneTime == nil else { return nil }
            return entry.scram.map { KeptSCRAMSecret($0, of: entry.name) }
        }
    }

    var scramIterations: UInt32? { file?.content.scramIterations }

    private static func read(_ path: String, _ known: File?) throws(CheckerFailure) -> File {
        try File.fresh(path, known: known) { text throws(CheckerFailure) in try PasswordFile(parsing: text, path: path)
        }
    }
}
