import AuditCore
import Basics
package import CredentialCore
import Logging
import ReactorCore
import WorldLanguage
package import WorldModel
import WorldVerbs

/// What a player acts through: their character in play, with their session as the mind.
package struct PlayedCharacter: Avatar {
    package typealias Mind = Session

    /// The character.
    package let persona: Thing
}

/// The game as a realm: who comes from which checker, and what they become.
extension Game {
    /// Takes up who may say who somebody is; guests come in whether it says so or not, as far as the settings let them.
    package func use(_ checkers: [any CredentialChecker]) {
        for case let accounts as GameAccounts in checkers { accounts.game = self }
        let guests: [any CredentialChecker] =
            checkers.contains { $0.kinds.contains(.anonymous) } ? [] : [AnonymousChecker()]
        portal.checkers = checkers + guests
    }

    /// Whether people may make characters with passwords that are kept here.
    var makesAccounts: Bool { portal.checkers.contains { $0 is GameAccounts } }

    /// Whether others than the game know passwords, so that a name unknown here may be one there.
    var asksOutside: Bool { portal.checkers.contains { !($0 is GameAccounts) && $0.kinds.contains(.password) } }

    func openPortal() {
        provideEntries()
        portal.realm.provide(PlayedCharacter.self) { [weak self] identity, session in
            guard let self else { throw LoginFailure.unavailable }
            return .succeeded(
                Login(identity, avatar: try admit(identity, session)) { [weak session] in session?.finish() })
        }
        portal.report = { [weak self] in self?.take($0) }
        portal.reportOutage = { [log] outage in
            log.error(
                "credentials cannot be checked",
                metadata: ["checker": "\(outage.checker)", "reason": "\(outage.reason)"])
        }
    }

    private func admit(_ identity: Identity, _ session: Session) throws(LoginFailure) -> PlayedCharacter {
        // The client may be gone by now.
        guard case .checking = session.stage else { throw .notAdmitted("") }
        if identity.isAnonymous {
            admitGuest(session)
        } else if let account = accountToChoose(identity.name, session) {
            session.choose(from: account, renewedHash: identity.renewedHash)
        } else if let persona = world.player(named: identity.name), !persona[.isGuest] {
            // Elsewhere somebody else may have the name of a further character.
            guard isOwn(persona, of: identity) else {
                throw denial("That is the name of a character of another account.", session)
            }
            admit(persona, to: session, renewedHash: identity.renewedHash)
        } else {
            try admitFromOutside(identity, session)
        }
        guard let persona = session.persona else { throw .notAdmitted("") }
        return PlayedCharacter(persona: persona)
    }

    /// Whether whoever showed an identity may be that character: outside the game only accounts have names.
    func isOwn(_ persona: Thing, of identity: Identity) -> Bool {
        guard identity.checker != GameAccounts.title, let account = world.thing(persona, .account) else { return true }
        return account.name.folded == identity.name.folded
    }

    /// Makes the character of somebody whose password is kept elsewhere, when they come for the first time.
    private func admitFromOutside(_ identity: Identity, _ session: Session) throws(LoginFailure) {
        let name = identity.name.folded.capitalizedFirst
        if let problem = NameRules.problem(with: name, in: world) { throw denial(problem, session) }
        guard world.account(named: name) == nil else {
            throw denial("There is an account of that name that has no such character.", session)
        }
        // Without a hash no password is right for it here.
        bringIn(named: name, hash: "", settings: session.chosenSettings, session)
    }

    /// Why somebody is not let in: in the session's language for its player, and in English for records.
    private func denial(_ sentence: Sentence, _ session: Session) -> LoginFailure {
        session.denial = sentence
        return .notAdmitted(sentence.english)
    }

    private func take(_ report: LoginReport) {
        guard let failure = report.failure, failure != .codeWanted else { return }
        let place = ["name": report.name, "source": report.origin.source, "door": report.origin.door]
        let why: String
        switch failure {
        case .refused:
            note("wrong password", place.merging(["reason": report.reason]) { $1 })
            why = report.reason
        case .tooManyGuesses:
            note("guesses refused", place)
            why = report.reason
        case .unavailable:
            log.warning(
                "login not checked", metadata: ["name": "\(report.name)", "reason": "\(report.reason)"])
            why = report.reason
        case .notAdmitted(let sentence):
            if sentence.isEmpty { return }
            why = sentence
        case .codeWanted: return
        }
        audit(
            AuditEvent(
                .login, .refused, actor: report.name.folded.capitalizedFirst, origin: "\(report.origin)", detail: why))
    }
}
