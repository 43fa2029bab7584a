import AuditCore
import Basics
package import CredentialCore
import Logging
package import ReactorCore
package import SSHKeys
import WorldLanguage
package import WorldModel
import WorldVerbs

/// Coming in by a door that asks for credentials before there is a session.
extension Game {
    /// Finds out who somebody is, within the guess budget of all doors.
    ///
    /// A key lets in without the code of an authenticator: who has it has shown something they possess. A password whose account has
    /// an authenticator fails with ``LoginFailure/codeWanted``; ask, and call again with both. An application password opens the door
    /// only if it was made for that door.
    ///
    /// - Parameters:
    ///   - credential: The name in it is that of a character, or of an account.
    ///   - origin: Where it came in.
    /// - Returns: The entry, when all that it tells of is durable; fails with ``LoginFailure`` alone, unless it is cancelled.
    package func logIn(_ credential: Credential, from origin: LoginOrigin) -> Deferred<GameEntry> {
        portal.login(credential, as: GameEntry.self, from: origin).map { [self] login in
            welcome(login.avatar, login.identity, origin)
            return login.avatar
        }.flatMapResult { [self] result in answerWhenDurable(result) }
    }

    /// Looks whether a key might let somebody in, before they sign with it.
    ///
    /// The answer is a no, and takes as long, for a name nobody has and for a key that is not the name's. A yes tells nothing to anybody
    /// who does not have that very key. Nothing is counted: the door bounds how often one connection asks.
    ///
    /// - Returns: Whether it is worth the signature; does not fail unless it is cancelled.
    package func mayAccept(_ key: SSHPublicKey, of name: String) -> Deferred<Bool> {
        portal.mayAccept(key, of: name).flatMapResult { [self] result in answerWhenDurable(result) }
    }

    /// A key, or who has a password, may be one that a crash takes back.
    package func answerWhenDurable<Answer>(_ result: Result<Answer, any Error>) -> Deferred<Answer> {
        let answer = Deferred<Answer>()
        whenDurable(world.sequence) { answer.settle(result) }
        return answer
    }

    /// Takes down that somebody has come in.
    private func welcome(_ entry: GameEntry, _ identity: Identity, _ origin: LoginOrigin) {
        if let account = account(of: entry) { noteEntry(of: account, by: identity, from: origin.source) }
        let event = AuditEvent(.login, actor: entry.name, origin: "\(origin)", detail: entry.means)
        whenDurable(world.sequence) { [self] in audit(event) }
        note("logged in", ["name": entry.name, "source": origin.source, "door": origin.door, "means": entry.means])
    }

    /// Adds to what a source has to pay for connections that came to nothing; loopback is exempt.
    package func penalize(_ offence: SourcePenalties.Offence, source: String) {
        if !Self.isLoopback(source) { desk.penalties.charge(offence, source: source, now: reactor.now) }
    }

    /// How long connections from a source are to be refused; nil when they may come.
    package func penalty(of source: String) -> Duration? { desk.penalties.wait(of: source, now: reactor.now) }

    /// Whose an entry is; nil for those who have none.
    package func account(of entry: GameEntry) -> Thing? {
        switch entry.who {
        case .character(let id): world[id].flatMap { world.thing($0, .account) }
        case .account(let id): world[id]
        case .outsider(let name): world.account(named: name)
        case .guest, .newcomer: nil
        }
    }

    /// The entry under a name that needs no credentials, `new` or `guest`; nil for any other, or when such are not let in.
    package func openEntry(_ name: String) -> GameEntry? {
        switch name.folded {
        case "new", "create": makesAccounts ? GameEntry(.newcomer) : nil
        case "guest": settings.guestsAllowed ? GameEntry(.guest) : nil
        default: nil
        }
    }

    /// The character that somebody comes in as; of an account with several, the one that was played last.
    ///
    /// - Returns: Nil for guests, newcomers and outsiders, and when it is gone meanwhile.
    package func character(of entry: GameEntry) -> Thing? {
        switch entry.who {
        case .character(let id): world[id].flatMap { $0.has(.player) ? $0 : nil }
        case .account(let id): world[id].flatMap { characters(of: $0).max { $0[.lastSeen] < $1[.lastSeen] } }
        case .outsider(let name): world.player(named: name)
        case .guest, .newcomer: nil
        }
    }

    func provideEntries() {
        portal.realm.provide(GameEntry.self) { [weak self] identity, _ in
            guard let self else { throw LoginFailure.unavailable }
            return .succeeded(Login(identity, avatar: try entry(of: identity)))
        }
    }

    /// Who an identity is here.
    private func entry(of identity: Identity) throws(LoginFailure) -> GameEntry {
        func entry(_ who: GameEntry.Who, _ name: String) -> GameEntry {
            GameEntry(who, name: name, means: identity.means.isEmpty ? identity.checker : identity.means)
        }
        if identity.isAnonymous {
            guard let guest = openEntry("guest") else { throw .notAdmitted("Guests are not let in here at present.") }
            return guest
        }
        guard isStillGood(identity) else { throw .refused }
        if let persona = world.player(named: identity.name), !persona[.isGuest] {
            guard isOwn(persona, of: identity) else {
                throw .notAdmitted("That is the name of a character of another account.")
            }
            return entry(.character(persona.id), persona.name)
        }
        if let account = world.account(named: identity.name) {
            let characters = characters(of: account)
            guard let only = characters.first else { throw .notAdmitted("That account has no characters.") }
            return characters.count == 1
                ? entry(.character(only.id), only.name) : entry(.account(account.id), account.name)
        }
        let name = identity.name.folded.capitalizedFirst
        if let problem = NameRules.problem(with: name, in: world) { throw .notAdmitted(problem.english) }
        return entry(.outsider(name), name)
    }

    /// Puts somebody whose entry a door has into play at a new session, or begins the dialogue that is left.
    func begin(_ session: Session, with entry: GameEntry) {
        switch entry.who {
        case .newcomer:
            session.wantsNew = true
            session.begin()
        case .guest: admitGuest(session)
        case .outsider(let name) where world.player(named: name) == nil:
            bringIn(named: name, hash: "", settings: session.chosenSettings, session)
        case .account(let id):
            if let account = world[id], !characters(of: account).isEmpty {
                session.choose(from: account, renewedHash: nil)
            }
        case .character, .outsider:
            if let persona = character(of: entry) { admit(persona, to: session, renewedHash: nil, isKnown: true) }
        }
        // What stands in the way was told.
        if case .name = session.stage, entry.who != .newcomer { session.finish() }
    }
}
