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
        /// By the password's digest.
        private(set) var byDigest: [String: (name: String, password: ApplicationPassword)] = [:]

        init(parsing text: String, path: String) throws(CheckerFailure) {
            for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            {
                let line = String(line).trimmed
                if line.isEmpty || line.hasPrefix("#") { continue }
                guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
                    let password = ApplicationPassword(stored: line[line.index(after: colon)...])
                else { throw CheckerFailure("\(path):\(index + 1): expected NAME:LABEL:DOOR,DOOR:DIGEST") }
                byDigest[password.digest] = (String(line[..<colon]), password)
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
            guard let entry = fresh.content.byDigest[ApplicationPassword.digest(of: typed)],
                owner == nil || owner?.folded == entry.name.folded
                // Secrets are too long to be guessed.
            else { return .unknown("no such secret") }
            guard entry.password.opens(origin.door) else { return .refused("not for the door \(origin.door)") }
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
        let made: (password: String, kept: ApplicationPassword)
        do throws(PasswordFailure) {
            made = try ApplicationPassword.make(label: label, doors: doors)
        } catch {
            throw CheckerFailure("\(error)")
        }
        try SecretFile.change(path, waits: true) { text throws(CheckerFailure) in
            let old = text ?? ""
            _ = try Table(parsing: old, path: path)
            return old + (old.isEmpty || old.hasSuffix("\n") ? "" : "\n") + "\(name):\(made.kept.stored)\n"
        }
        return made.password
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
