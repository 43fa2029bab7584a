import Basics
package import CredentialCore
import SASLWire
import WorldLanguage
package import WorldModel
import WorldVerbs

/// The certificates of TLS by which the players of accounts come in.
extension Game {
    /// Those of an account, in the order of their coming.
    package func certificates(of account: Thing) -> [AccountCertificate] {
        account[.certificates].compactMap { AccountCertificate(stored: $0) }
    }

    /// Whom a certificate lets in: each name that its holder may come in under.
    ///
    /// A certificate that is nobody's, and one whose account has no characters, lets nobody in. Two accounts may have the same.
    ///
    /// - Parameters:
    ///   - fingerprint: SHA-256 in small hexadecimal digits.
    ///   - name: Who the client would like to be; the first is that character, if it is one of those.
    /// - Returns: What to begin an exchange of EXTERNAL with.
    package func proofs(ofCertificate fingerprint: String, preferring name: String?) -> [Proof] {
        let accounts = (enrolledCertificates ?? gatherCertificates())[fingerprint] ?? []
        var names: [String] = []
        for account in accounts.compactMap({ world[$0] }) {
            names += [account.name] + characters(of: account).map(\.name)
        }
        if let name, let place = names.firstIndex(where: { $0.folded == name.folded }) {
            names.insert(names.remove(at: place), at: 0)
        }
        return names.map {
            Proof(
                name: $0, method: SASLMechanism.external.name, checker: GameAccounts.title,
                means: AccountCertificate.means + fingerprint)
        }
    }

    /// Gathers all certificates, once after each change of them.
    ///
    /// - Complexity: O(*n*) in the things of the world.
    private func gatherCertificates() -> [String: [ThingID]] {
        var owners: [String: [ThingID]] = [:]
        for account in world.things.values where account.has(.account) {
            for certificate in certificates(of: account) {
                owners[certificate.fingerprint, default: []].append(account.id)
            }
        }
        // The older account first.
        for fingerprint in owners.keys { owners[fingerprint]?.sort() }
        enrolledCertificates = owners
        return owners
    }

    /// Keeps the certificates of an account.
    ///
    /// - Returns: Whether they could be kept.
    func store(_ certificates: [AccountCertificate], in account: Thing) -> Bool {
        let outcome = makeTurn { $0.world.set(.certificates, to: certificates.map(\.stored), on: account) }
        enrolledCertificates = nil
        run(outcome)
        return outcome.record != nil
    }

    /// Whether what somebody has shown a moment ago still lets them in: it may have been taken away meanwhile.
    func isStillGood(_ identity: Identity) -> Bool {
        guard identity.checker == GameAccounts.title, let account = account(of: identity.name) else { return true }
        if identity.means.hasPrefix(AccountCertificate.means) {
            return certificates(of: account).contains { $0.means == identity.means }
        }
        if identity.means.hasPrefix(AccountPassword.means) {
            return appPasswords(of: account).contains { $0.means == identity.means }
        }
        return true
    }
}
