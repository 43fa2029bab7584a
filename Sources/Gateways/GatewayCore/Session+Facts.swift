import Basics
import CredentialCore
import ReactorCore
import WorldLanguage
import WorldModel
import WorldVerbs

/// What a door calls when its client wants facts, and how they go out.
extension Session {
    /// What the client is told in facts.
    package var factTopics: FactTopics { facts?.topics ?? [] }

    /// Sets what the client is told in facts from here on; what is new among it is told at once.
    ///
    /// - Parameter topics: All that it wants; nothing ends it.
    package func subscribe(to topics: FactTopics) {
        if isGone || topics == factTopics { return }
        guard !topics.isEmpty else { return game.unsubscribe(self) }
        let subscription = facts ?? game.makeSubscription(for: self)
        let new = topics.subtracting(subscription.topics)
        subscription.topics = topics
        subscription.forget(new)
        if new.contains(.login) { offerLogin() }
        if persona != nil { game.look(for: self, at: new) }
    }

    /// Has told at once what has changed in facts, for everybody; not while a turn is open.
    ///
    /// For doors whose answers to a request are facts that have to leave together.
    package func tellFactsNow() { game.tellFacts() }

    /// Has something told of which the client asks by itself; too many at once are dropped.
    package func request(_ request: FactRequest) {
        guard let facts, persona != nil, facts.requests.count < FactSubscription.mostRequests else { return }
        facts.requests.append(request)
        game.look(for: self, at: [])
    }

    /// Queues a fact behind what was told before; it leaves with the text of the same turn.
    func tell(_ fact: ClientFact) {
        tellApart { door.appendFact(fact, to: &$0) }
    }

    /// Queues octets that are no text, such as a fact, or a table for those who list games.
    ///
    /// Whoever does not take what was sent misses them, and is told all facts again when they do.
    package func tellApart(_ body: (inout [UInt8]) -> Void) {
        if isGone { return }
        if isFull {
            facts?.missed = true
            return
        }
        output.append(after: game.world.sequence, body)
        game.sessionHasOutput(self)
    }

    /// The client's program told what it is called.
    package func clientNamed(_ name: String) { clientName = String(name.cleaned.trimmed.prefix(Self.longestName)) }

    // MARK: Login

    /// Tells the client that it may send name and password, where they may be typed unseen by others.
    private func offerLogin() {
        if mayLogInByFacts { tell(.loginOffer) }
    }

    private var mayLogInByFacts: Bool {
        guard door.isConfidential, facts?.topics.contains(.login) == true else { return false }
        switch stage {
        case .name, .password: return true
        default: return false
        }
    }

    /// Takes a name and a password that a client sent apart from what is typed: as if they had been typed.
    ///
    /// They count only while a name or a password is asked for, and over connections that nobody reads along.
    package func credentialsReceived(name: String, password: String) {
        guard mayLogInByFacts else { return }
        lastInputAt = game.reactor.now
        facts?.awaitsLoginResult = true
        if name.isEmpty || name.count > Self.longestName || password.count > SessionLimits.passwordLength {
            return tellLoginResult("That is no name and password.")
        }
        logIn(name: name.cleaned.trimmed.folded.capitalizedFirst, password: password)
    }

    /// In characters.
    private static let longestName = 64

    /// Tells why a login by facts ended without a player, in words that say no more than the dialogue does.
    func tellLoginFailure(_ failure: LoginFailure) {
        switch failure {
        // The code is asked for in the dialogue, and the login goes on there.
        case .codeWanted: break
        case .notAdmitted: tellLoginResult(denial ?? failure.sentence)
        case .refused, .tooManyGuesses, .unavailable: tellLoginResult(failure.sentence)
        }
    }

    /// Tells how a login by facts ended.
    func tellLoginResult(_ failure: Sentence?) {
        guard let facts, facts.awaitsLoginResult else { return }
        facts.awaitsLoginResult = false
        tell(.loginResult(isRight: failure == nil, message: failure.map { text($0).plain } ?? ""))
    }

    /// Tells the client that the connection ends.
    func tellGoodbye() {
        if facts != nil { tell(.goodbye(text("Goodbye.").plain)) }
    }
}
