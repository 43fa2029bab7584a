import Basics

/// A file of names and their passwords' hashes.
///
/// ```text
///   # a remark
///   ada:$argon2id$v=19$m=19456,t=2,p=1$<salt>$<digest>
///   ben:$y$j9T$<salt>$<digest> totp=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP scram=SCRAM-SHA-256$50000:<salt>$<keys>
/// ```
///
/// The hash is an argon2id string or one that crypt(3) knows; `mud-admin passwd` writes the first, and logins make the second
/// into it. Behind it may stand the secret of an authenticator in Base32, and the secret for SCRAM-SHA-256. Capitals in
/// names make no difference.
///
/// - Isolation: none; a value type.
/// - Limits: ``SecretFile/longest``; lines of at most ``longestLine`` octets.
package struct PasswordFile: Sendable {
    /// Octets of a line.
    static let longestLine = 2048

    struct Entry: Sendable {
        let name: String
        let password: String
        let oneTime: OneTimeSecret?
        let scram: SCRAMSecret?
    }

    /// What came of comparing a password.
    struct Comparison {
        /// The name's entry; nil when it has none.
        let entry: Entry?
        /// Whether it is the password behind the hash; without an entry, that of somebody else.
        let isRight: Bool
        /// The hash to keep in place of the one there is, if it is another one.
        let renewed: String?
    }

    private let entries: [String: Entry]
    /// The iterations of the secrets for SCRAM, of the costliest if they differ; nil when there are none.
    let scramIterations: UInt32?

    /// Reads a file's text; `path` is its name in complaints.
    init(parsing text: String, path: String) throws(CheckerFailure) {
        var entries: [String: Entry] = [:]
        for (index, line) in Self.lines(of: text).enumerated() {
            func complaint(_ text: String) -> CheckerFailure { CheckerFailure("\(path):\(index + 1): \(text)") }
            if line.utf8.count > Self.longestLine { throw complaint("the line is too long") }
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard let head = words.first, !head.hasPrefix("#") else { continue }
            guard let colon = head.firstIndex(of: ":"), colon != head.startIndex else {
                throw complaint("expected NAME:HASH")
            }
            let name = String(head[..<colon])
            let hash = String(head[head.index(after: colon)...])
            guard CryptHash.isOne(hash) || PasswordHasher.readCost(of: hash) != nil else {
                throw complaint("this is no hash of a password; mud-admin passwd makes one")
            }
            var (oneTime, scram): (OneTimeSecret?, SCRAMSecret?)
            for word in words.dropFirst() {
                if word.hasPrefix("totp="), let secret = OneTimeSecret(base32: String(word.dropFirst(5))) {
                    oneTime = secret
                } else if word.hasPrefix("scram="), let secret = SCRAMSecret(stored: String(word.dropFirst(6))) {
                    scram = secret
                } else {
                    throw complaint("expected totp=SECRET or scram=SECRET after the hash")
                }
            }
            let entry = Entry(name: name, password: hash, oneTime: oneTime, scram: scram)
            guard entries.updateValue(entry, forKey: name.folded) == nil else {
                throw complaint("\(name) stands there twice")
            }
        }
        self.entries = entries
        scramIterations = entries.values.compactMap(\.scram?.iterations).max()
    }

    subscript(name: String) -> Entry? { entries[name.folded] }

    /// Chooses the hash to compare a password with.
    ///
    /// - Returns: The name's own; for a name nobody has that of the ``StandIn``, in vain; nil when the file is empty.
    /// - Complexity: O(*n*) in the number of entries, for every name, so that the time does not tell which there are.
    func hashToCheck(for name: String) -> String? {
        let name = name.folded
        var standIn = StandIn(for: name)
        for (key, entry) in entries { standIn.consider(key, entry.password) }
        return entries[name]?.password ?? standIn.hash
    }

    /// Compares a password with what ``hashToCheck(for:)`` says; slow on purpose, so do it on a worker.
    func compare(_ password: String, of name: String, cost: PasswordHasher.Cost) -> Comparison {
        let (isRight, renewed) = StoredPassword.check(password, against: hashToCheck(for: name), cost: cost)
        return Comparison(entry: self[name], isRight: isRight, renewed: renewed)
    }

    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    // MARK: Changes

    /// What is kept for one name.
    package struct Change: Sendable {
        /// The hash; nil takes the name out of the file.
        package var password: String?
        /// What becomes of the authenticator's secret.
        package var oneTime: OneTime
        /// The secret for SCRAM, as ``SCRAMSecret/stored``; nil for none, because the former one is of the former password.
        package var scram: String?

        package init(password: String?, oneTime: OneTime = .keep, scram: String? = nil) {
            self.password = password
            self.oneTime = oneTime
            self.scram = scram
        }
    }

    /// What a change does to the secret of an authenticator.
    package enum OneTime: Hashable, Sendable {
        /// It stays, if there is one: a new password must not take away the second factor unasked.
        case keep
        /// This one counts from now on, as ``OneTimeSecret/base32``.
        case set(String)
        case remove
    }

    /// What stood in the file for a name before a change.
    package struct Former: Hashable, Sendable {
        package let hadOneTime: Bool
        package let hadSCRAM: Bool
    }

    /// Changes, adds or takes out one name; blocks, waiting for others who change the file.
    ///
    /// Other lines stay as they are. A file that is not there is made, readable for its owner only.
    ///
    /// - Returns: What stood there before; nil when the name did not.
    /// - Throws: ``CheckerFailure``, also for a name that cannot stand in such a file.
    package static func change(_ path: String, _ name: String, _ change: Change) throws(CheckerFailure) -> Former? {
        guard isUsable(name) else {
            throw CheckerFailure("a name has 1 to \(Credential.longestName) octets, no space, colon or #")
        }
        var former: Former?
        try SecretFile.change(path, waits: true) { text throws(CheckerFailure) in
            let file = try text.map { text throws(CheckerFailure) in try PasswordFile(parsing: text, path: path) }
            let entry = file?[name]
            former = entry.map { Former(hadOneTime: $0.oneTime != nil, hadSCRAM: $0.scram != nil) }
            let oneTime =
                switch change.oneTime {
                case .keep: entry?.oneTime?.base32
                case .set(let secret): secret
                case .remove: String?.none
                }
            var lines = lines(of: text ?? "").map(String.init)
            if lines.last == "" { lines.removeLast() }
            let parts = [
                change.password.map { "\(name):\($0)" }, oneTime.map { "totp=\($0)" },
                change.scram.map { "scram=\($0)" },
            ]
            let line = change.password == nil ? nil : parts.compactMap(\.self).joined(separator: " ")
            if let place = lines.firstIndex(where: { self.name(in: $0)?.folded == name.folded }) {
                lines.replaceSubrange(place...place, with: line.map { [$0] } ?? [])
            } else if let line {
                lines.append(line)
            } else {
                return nil
            }
            return lines.map { $0 + "\n" }.joined()
        }
        return former
    }

    /// Puts a hash in place of another, if that is still there; fails rather than wait.
    static func renew(_ path: String, _ name: String, from old: String, to new: String) throws(CheckerFailure) {
        try SecretFile.change(path, waits: false) { text in
            guard let text else { return nil }
            var lines = lines(of: text).map(String.init)
            guard let place = lines.firstIndex(where: { self.name(in: $0)?.folded == name.folded }),
                let range = lines[place].firstRange(of: ":\(old)")
            else { return nil }
            lines[place].replaceSubrange(range, with: ":\(new)")
            return lines.joined(separator: "\n")
        }
    }

    private static func name(in line: String) -> String? {
        let word = line.drop { $0 == " " || $0 == "\t" }
        guard !word.hasPrefix("#"), let colon = word.firstIndex(of: ":") else { return nil }
        return String(word[..<colon])
    }

    private static func isUsable(_ name: String) -> Bool {
        (1...Credential.longestName).contains(name.utf8.count)
            && !name.contains { $0 == ":" || $0 == "#" || $0.isWhitespace || $0.isNewline }
            && !name.unicodeScalars.contains { $0.value < 0x21 || $0.value == 0x7F }
    }
}
