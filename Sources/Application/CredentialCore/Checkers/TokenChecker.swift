import Basics
package import ReactorCore

/// Secrets that this server made for programs: application passwords, each good for some doors, and tokens.
///
/// ```text
///   # a remark
///   ada:phone:imap,smtp:<SHA-256 in Base64>
///   ada:scripts:*:<SHA-256 in Base64>           good for every door
/// ```
///
/// An account's second factor is not asked for: that is what they are made for. `mud-admin passwd --token` adds one.
///
/// - Isolation: belongs to the reactor's thread; the file is read on workers.
package final class TokenChecker: CredentialChecker {
    static let row = CheckerType(
        "tokens", arguments: "PATH",
        help: "application passwords and tokens in a file, as mud-admin passwd --token makes it"
    ) { arguments, context in
        guard let path = arguments.next(), !path.isEmpty else { throw CheckerFailure("expected the path of a file") }
        return TokenChecker(path, context.desk)
    }

    /// What the file says.
    private struct Table: Sendable {
        struct Entry: Sendable {
            let name: String
            let doors: Set<String>
            let digest: [UInt8]

            func opens(_ door: String) -> Bool { doors.contains(door) || doors.contains("*") }
        }

        /// By the digest: it is as random as the secret, so looking it up tells nobody anything.
        private(set) var byDigest: [[UInt8]: Entry] = [:]

        init(parsing text: String, path: String) throws(CheckerFailure) {
            for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            {
                let line = String(line).trimmed
                if line.isEmpty || line.hasPrefix("#") { continue }
                let fields = line.split(separator: ":", omittingEmptySubsequences: false)
                guard fields.count == 4, !fields[0].isEmpty, let digest = Base64.decode(fields[3].utf8),
                    digest.count == Digest.sha256Length
                else { throw CheckerFailure("\(path):\(index + 1): expected NAME:LABEL:DOOR,DOOR:DIGEST") }
                let doors = Set(fields[2].split(separator: ",").map(String.init))
                byDigest[digest] = Entry(name: String(fields[0]), doors: doors, digest: digest)
            }
        }
    }

    package let type = "tokens"
    package let kinds: Set<Credential.Kind> = [.password, .token]
    private let path: String
    private let desk: CredentialDesk
    private var file: WatchedFile<Table>?

    init(_ path: String, _ desk: CredentialDesk) {
        self.path = path
        self.desk = desk
    }

    package func open() throws { file = try Self.read(path, nil) }

    package func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        let (owner, typed): (String?, String)
        switch credential {
        case .password(let name, let password, _): (owner, typed) = (name, password)
        case .token(let token): (owner, typed) = (nil, token)
        default: return .succeeded(.refused("no secret"))
        }
        return desk.run { [path, file] _ in try Self.read(path, file) }.map { [self] fresh in
            file = fresh
            guard let digest = Base64.decode(ReadableSecret.digest(of: typed).utf8),
                let entry = fresh.content.byDigest[digest], owner == nil || owner?.folded == entry.name.folded
            else { return .refused("no such secret") }
            guard entry.opens(origin.door) else { return .refused("not for the door \(origin.door)") }
            return .accepted(Identity(name: entry.name, checker: type))
        }
    }

    /// Adds a new secret to a file; blocks.
    ///
    /// - Returns: The secret, to be shown once.
    /// - Throws: ``CheckerFailure``.
    package static func add(
        to path: String, name: String, label: String, doors: Set<String>
    ) throws(CheckerFailure) -> String {
        let fields = [name, label] + doors
        guard !doors.isEmpty,
            fields.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 64 && !$0.contains(where: isSpecial) })
        else { throw CheckerFailure("names, labels and doors have 1 to 64 octets, no space, colon, comma or #") }
        let secret: String
        do throws(PasswordFailure) {
            secret = try ReadableSecret.make(groups: 4, length: 5)
        } catch {
            throw CheckerFailure("\(error)")
        }
        let line = "\(name):\(label):\(doors.sorted().joined(separator: ",")):\(ReadableSecret.digest(of: secret))\n"
        try SecretFile.change(path, waits: true) { text throws(CheckerFailure) in
            let old = text ?? ""
            _ = try Table(parsing: old, path: path)
            return old + (old.isEmpty || old.hasSuffix("\n") ? "" : "\n") + line
        }
        return secret
    }

    private static func isSpecial(_ character: Character) -> Bool {
        character == ":" || character == "," || character == "#" || character.isWhitespace || character.isNewline
    }

    private static func read(_ path: String, _ known: WatchedFile<Table>?) throws(CheckerFailure) -> WatchedFile<Table>
    {
        try WatchedFile<Table>.fresh(path, known: known) { text throws(CheckerFailure) in
            try Table(parsing: text, path: path)
        }
    }
}
