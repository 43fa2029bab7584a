import AuditCore
import Basics
import CredentialCore
import SSHKeys
import WorldLanguage
package import WorldModel
import WorldVerbs

/// The keys with which the players of accounts come in by SSH.
extension Game {
    /// Those of an account, in the order of their coming.
    package func keys(of account: Thing) -> [AccountKey] {
        account[.publicKeys].compactMap { AccountKey(stored: $0) }
    }

    /// Whether a key is one of those of a name's account.
    func isKey(_ key: SSHPublicKey, of name: String) -> Bool {
        // A key that is nobody's is refused before anybody looks at the name, so that time tells nothing of it.
        let line = key.line
        let enrolled = enrolledKeys ?? gatherKeys()
        guard enrolled.contains(line), let account = account(of: name) else { return false }
        return keys(of: account).contains { $0.line == line }
    }

    /// Gathers all keys, once after each change of them.
    ///
    /// - Complexity: O(*n*) in the things of the world.
    private func gatherKeys() -> Set<String> {
        var lines: Set<String> = []
        for account in world.things.values where account.has(.account) {
            for key in keys(of: account) { lines.insert(key.line) }
        }
        enrolledKeys = lines
        return lines
    }

    /// Reads a key as a file has it in a line, with the remark as its name.
    ///
    /// - Throws: ``SSHKeyFailure`` with a sentence in English.
    func readKey(_ text: String, for account: Thing) throws(SSHKeyFailure) -> AccountKey {
        guard text.utf8.count <= AccountKey.longestLine else {
            throw SSHKeyFailure(.badSize, "the line is longer than \(AccountKey.longestLine) octets")
        }
        let key = try SSHPublicKey(line: text)
        let words = text.split(maxSplits: 2, whereSeparator: \.isWhitespace)
        let remark = words.count > 2 ? String(words[2]).cleaned.trimmed : ""
        return AccountKey(key, name: keys(of: account).freeName(remark, stem: "key"), added: wallTime())
    }

    /// Keeps the keys of an account.
    ///
    /// - Returns: Whether they could be kept.
    func store(_ keys: [AccountKey], in account: Thing) -> Bool {
        let outcome = makeTurn { $0.world.set(.publicKeys, to: keys.map(\.stored), on: account) }
        enrolledKeys = nil
        run(outcome)
        return outcome.record != nil
    }

    /// Notes that somebody came in: with which key, certificate or password of a program, where from, and their password's hash at today's cost.
    ///
    /// Nothing comes of it while nothing can be kept.
    func noteEntry(of account: Thing, by identity: Identity, from source: String) {
        if isReadOnly { return }
        let keys = keys(of: account).used(by: identity.means, at: wallTime())
        let certificates = certificates(of: account).used(by: identity.means, at: wallTime())
        let passwords = appPasswords(of: account).used(by: identity.means, at: wallTime())
        let isNoted = keys != nil || certificates != nil || passwords != nil || identity.renewedHash != nil
        let network = GuessBudget.sourceKey(source)
        if !isNoted, account[.knownSources].contains(network) { return }
        let outcome = makeTurn { turn in
            if let keys { turn.world.set(.publicKeys, to: keys, on: account) }
            if let certificates { turn.world.set(.certificates, to: certificates, on: account) }
            if let passwords { turn.world.set(.appPasswords, to: passwords, on: account) }
            if let hash = identity.renewedHash { turn.world.set(.passwordHash, to: hash, on: account) }
            remember(network, on: account)
        }
        run(outcome)
    }

    // MARK: For those who run the game

    /// The keys of an account.
    ///
    /// - Throws: ``GameFailure``.
    package func keys(ofAccount name: String) throws(GameFailure) -> [AccountKey] {
        guard let account = world.account(named: name) else { throw .noSuchAccount(name) }
        return keys(of: account)
    }

    /// Gives an account a key.
    ///
    /// - Returns: The key, and the sequence to wait for before telling that it happened.
    /// - Throws: ``GameFailure``, also for a line that holds no key.
    package func addKey(_ line: String, to name: String) throws(GameFailure) -> (key: AccountKey, sequence: UInt64) {
        guard let account = world.account(named: name) else { throw .noSuchAccount(name) }
        let keys = keys(of: account)
        let key: AccountKey
        do throws(SSHKeyFailure) {
            key = try readKey(line, for: account)
        } catch {
            throw .refused("That is no key: \(error).")
        }
        if keys.contains(where: { $0.line == key.line }) { throw .refused("\(account.name) has that key already.") }
        if keys.count >= AccountKey.most {
            throw .refused("\(account.name) has \(AccountKey.most) keys, which is the most.")
        }
        let sequence = try administer { turn in
            turn.world.set(.publicKeys, to: (keys + [key]).map(\.stored), on: account)
        }
        enrolledKeys = nil
        return (key, sequence)
    }

    /// Takes a key from an account, by its name or number; connections made with it end.
    ///
    /// - Returns: The key, and the sequence to wait for before telling that it happened.
    /// - Throws: ``GameFailure``.
    package func removeKey(
        _ word: String, from name: String
    ) throws(GameFailure) -> (key: AccountKey, sequence: UInt64) {
        guard let account = world.account(named: name) else { throw .noSuchAccount(name) }
        var keys = keys(of: account)
        guard let place = keys.place(of: word) else { throw .refused("\(account.name) has no key called “\(word)”.") }
        let key = keys.remove(at: place)
        let sequence = try administer { turn in
            turn.world.set(.publicKeys, to: keys.map(\.stored), on: account)
        }
        enrolledKeys = nil
        whenDurable(sequence) { [self] in expel(key, of: account) }
        return (key, sequence)
    }
}
