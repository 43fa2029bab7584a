import Basics
import WorldLanguage

/// Something beside the password by which the player of an account comes in, as the account keeps it.
protocol AccountCredential {
    /// What its player calls it; no two of a kind and an account have the same.
    var name: String { get }
    /// What an ``Identity`` and the audit trail say of a login with it.
    var means: String { get }
    var added: WallInstant { get }
    /// Nil when nobody came in with it yet.
    var lastUsed: WallInstant? { get set }
    /// What an account keeps.
    var stored: [String: String] { get }
}

/// The fields that all kinds keep alike; times are milliseconds since 1970.
enum CredentialField {
    static let (name, added, used) = ("name", "added", "used")
}

extension AccountCredential {
    /// Fields of a kind's own, with those of its times.
    func storedWithTimes(_ fields: [String: String]) -> [String: String] {
        var fields = fields
        fields[CredentialField.added] = String(added.milliseconds)
        if let lastUsed { fields[CredentialField.used] = String(lastUsed.milliseconds) }
        return fields
    }
}

extension [String: String] {
    /// When what these are the fields of was added; 1970 when that is damaged.
    var credentialAdded: WallInstant { instant(CredentialField.added) ?? WallInstant(milliseconds: 0) }

    /// When somebody came in with it last.
    var credentialUsed: WallInstant? { instant(CredentialField.used) }

    private func instant(_ field: String) -> WallInstant? {
        self[field].flatMap { Int64($0) }.map { WallInstant(milliseconds: $0) }
    }
}

extension Array where Element: AccountCredential {
    /// The one of that name or number, which counts from 1; the first whose name begins so when none has it wholly.
    func place(of word: String) -> Int? {
        let word = word.folded
        if let place = firstIndex(where: { $0.name.folded == word }) { return place }
        if let number = Int(word) { return indices.contains(number - 1) ? number - 1 : nil }
        return word.isEmpty ? nil : firstIndex { $0.name.folded.hasPrefix(word) }
    }

    /// A name that none of them has: the one wanted, cut, or with a number behind it.
    ///
    /// - Parameters:
    ///   - wanted: What its player wants to call it; may be empty.
    ///   - stem: What it is called otherwise.
    /// - Returns: The name, at most ``AccountKey/longestName`` characters unless a number had to be added.
    func freeName(_ wanted: String, stem: String) -> String {
        let bare = String(wanted.prefix(AccountKey.longestName)).trimmed
        if !bare.isEmpty, Int(bare) == nil, !contains(where: { $0.name.folded == bare.folded }) { return bare }
        let stem = bare.isEmpty || Int(bare) != nil ? stem : bare
        return (1...count + 1).map { "\(stem)-\($0)" }.first { name in
            !contains { $0.name.folded == name.folded }
        } ?? stem
    }

    /// The same with the time of use of the one that somebody came in by; nil when it was none of them.
    func used(by means: String, at time: WallInstant) -> [[String: String]]? {
        guard let place = firstIndex(where: { $0.means == means }) else { return nil }
        var all = self
        all[place].lastUsed = time
        return all.map(\.stored)
    }
}
