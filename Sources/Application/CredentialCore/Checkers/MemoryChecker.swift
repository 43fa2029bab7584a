import Basics
import DigestWire
import ReactorCore

/// Names and passwords that stand in the description itself; for tests, because everybody on the machine can read a command line.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``most`` names, because their secrets for SCRAM are made at once: 25 ms each.
final class MemoryChecker: CredentialChecker, SCRAMSecretKeeper {
    static let row = CheckerType(
        "memory", arguments: "NAME=PASSWORD[:NAME=PASSWORD…]",
        help: "these, for tests only: everybody on the machine can read a command line"
    ) { arguments, _ in
        let fields = arguments.rest()
        let pairs = fields.compactMap { field in field.name.map { ($0, field.value) } }
        guard !pairs.isEmpty, pairs.count == fields.count, pairs.allSatisfy({ !$0.0.isEmpty && !$0.1.isEmpty }) else {
            throw CheckerFailure("expected NAME=PASSWORD")
        }
        return try MemoryChecker(pairs)
    }

    static let most = 64

    private struct Entry {
        let name: String
        let digest: [UInt8]
        let scram: SCRAMSecret?
    }

    let type = "memory"
    let kinds: Set<Credential.Kind> = [.password]
    private var entries: [String: Entry] = [:]
    /// What a password is compared with under a name nobody has.
    private let decoy: [UInt8]

    init(_ pairs: [(name: String, password: String)]) throws {
        guard pairs.count <= Self.most else { throw CheckerFailure("more than \(Self.most) names") }
        decoy = try Digest.randomOctets(HashFunction.sha256.octets)
        for (name, password) in pairs {
            let digest = HashFunction.sha256.hash(Array(password.utf8))
            entries[name.folded] = Entry(name: name, digest: digest, scram: try? SCRAMSecret(password: password))
        }
    }

    func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard case .password(let name, let password, _) = credential else { return .succeeded(.refused("no password")) }
        let entry = entries[name.folded]
        let isRight = Digest.areEqual(HashFunction.sha256.hash(Array(password.utf8)), entry?.digest ?? decoy)
        guard isRight, let entry else {
            return .succeeded(entry == nil ? .unknown("no such name") : .refused("wrong password"))
        }
        return .succeeded(.accepted(Identity(name: entry.name, checker: type)))
    }

    func scramSecret(of name: String, from origin: LoginOrigin) -> Deferred<KeptSCRAMSecret?> {
        let entry = entries[name.folded]
        return .succeeded(entry.flatMap { entry in entry.scram.map { KeptSCRAMSecret($0, of: entry.name) } })
    }

    var scramIterations: UInt32? { entries.values.compactMap(\.scram?.iterations).max() }
}
