package import Basics
package import SSHKeys
import WorldModel

/// A key that lets the player of an account in by SSH, as the account keeps it.
///
/// - Isolation: none; a value type.
package struct AccountKey: Hashable, Sendable {
    /// Keys of one account at most.
    package static let most = 20
    /// Characters of a name at most; what is longer is cut.
    package static let longestName = 40
    /// Octets of a line that a player gives: a key of RSA with 8192 bits, and a remark.
    package static let longestLine = 4096

    /// Type and base64, as ``SSHPublicKey/line`` has them; compared as it stands, so that no login reads what it is not about.
    package let line: String
    /// What its player calls it; no two of an account have the same.
    package let name: String
    package let added: WallInstant
    /// Nil when nobody came in with it yet.
    package var lastUsed: WallInstant?

    init(_ key: SSHPublicKey, name: String, added: WallInstant) {
        line = key.line
        self.name = name
        self.added = added
    }

    /// The key itself; nil when what was kept is damaged.
    package var key: SSHPublicKey? { try? SSHPublicKey(line: line) }

    /// The fingerprint; what is damaged has none.
    package var fingerprint: String { key?.fingerprint ?? "?" }

    /// What an ``Identity`` and the audit trail say of a login with it.
    var means: String { "key \(fingerprint)" }

    // MARK: Keeping

    private enum Field {
        static let (line, name, added, used) = ("key", "name", "added", "used")
    }

    /// Reads what an account keeps; nil without a key.
    init?(stored: [String: String]) {
        guard let line = stored[Field.line] else { return nil }
        func instant(_ field: String) -> WallInstant? {
            stored[field].flatMap { Int64($0) }.map { WallInstant(milliseconds: $0) }
        }
        self.line = line
        name = stored[Field.name] ?? ""
        added = instant(Field.added) ?? WallInstant(milliseconds: 0)
        lastUsed = instant(Field.used)
    }

    /// What an account keeps.
    var stored: [String: String] {
        var fields = [Field.line: line, Field.name: name, Field.added: String(added.milliseconds)]
        if let lastUsed { fields[Field.used] = String(lastUsed.milliseconds) }
        return fields
    }
}

extension [AccountKey] {
    /// The key of that name or number, which counts from 1; the first whose name begins so when none has it wholly.
    func place(of word: String) -> Int? {
        let word = word.folded
        if let place = firstIndex(where: { $0.name.folded == word }) { return place }
        if let number = Int(word) { return indices.contains(number - 1) ? number - 1 : nil }
        return word.isEmpty ? nil : firstIndex { $0.name.folded.hasPrefix(word) }
    }

    /// A name that none of them has: the one wanted, cut, or with a number behind it.
    func freeName(_ wanted: String) -> String {
        let bare = String(wanted.prefix(AccountKey.longestName)).trimmed
        if !bare.isEmpty, Int(bare) == nil, !contains(where: { $0.name.folded == bare.folded }) { return bare }
        let stem = bare.isEmpty || Int(bare) != nil ? "key" : bare
        return (1...count + 1).map { "\(stem)-\($0)" }.first { name in
            !contains { $0.name.folded == name.folded }
        } ?? stem
    }
}
