import Basics
import CredentialCore
package import ReactorCore
package import WorldLanguage
package import WorldModel
import WorldVerbs

/// Why an administrator's order was not carried out; each says so in one sentence.
package enum GameFailure: Error, Equatable, CustomStringConvertible {
    case nameTaken(String)
    case badName(String)
    case badPassword(String)
    case noSuchAccount(String)
    /// With why, as it follows "because".
    case readOnly(String)
    case refused(String)
    /// The desk could not take or do the hashing of a password.
    case busy

    package var description: String {
        switch self {
        case .nameTaken(let name): "There is already an account called \(name)."
        case .badName(let problem), .badPassword(let problem), .refused(let problem): problem
        case .busy: "The password could not be hashed just now. Please try again in a moment."
        case .noSuchAccount(let name): "There is no account called \(name)."
        case .readOnly(let reason): "The world cannot be changed at present, because \(reason)."
        }
    }
}

/// A shut-down under way.
final class ShutDown {
    let reason: String
    let then: () -> Void
    var calls: [DelayedCall] = []
    /// Whether players are being sent away now.
    var isClosing = false

    init(reason: String, then: @escaping () -> Void) {
        self.reason = reason
        self.then = then
    }
}

/// What `mud-admin` asks for.
extension Game {
    /// Runs one turn by the world itself.
    ///
    /// - Returns: The sequence to wait for before telling that it happened.
    @discardableResult
    package func administer(_ body: (Turn) throws -> Void) throws(GameFailure) -> UInt64 {
        var refusal: String?
        let outcome = makeTurn { turn in
            do {
                try body(turn)
            } catch let error as Refusal {
                refusal = error.text.plain
                throw error
            }
        }
        let sequence = run(outcome)
        if let refusal { throw .refused(refusal) }
        if let fault = outcome.fault { throw .refused(fault) }
        if let reason = interpreter.readOnlyReason, outcome.record == nil { throw .readOnly(reason) }
        return sequence
    }

    package func createAccount(name: String, password: String, role: Role) -> Deferred<UInt64> {
        if let problem = NameRules.check(name, in: world) { return .failed(GameFailure.badName(problem)) }
        if let problem = passwordProblem(password, name: name) {
            return .failed(GameFailure.badPassword(problem.english))
        }
        return hash(password).map { [self] hash in
            let name = name.folded.capitalizedFirst
            guard world.account(named: name) == nil, world.player(named: name) == nil else {
                throw GameFailure.nameTaken(name)
            }
            let sequence = try administer { turn in
                let persona = Accounts.create(name: name, passwordHash: hash, settings: [:], turn: turn)
                if let account = turn.world.thing(persona, .account) {
                    turn.world.set(.role, to: role.rawValue, on: account)
                }
            }
            if role == .owner { claimCode = nil }
            return sequence
        }
    }

    package func setPassword(of name: String, to password: String) -> Deferred<UInt64> {
        guard world.account(named: name) != nil else { return .failed(GameFailure.noSuchAccount(name)) }
        if let problem = passwordProblem(password, name: name) {
            return .failed(GameFailure.badPassword(problem.english))
        }
        return hash(password).map { [self] hash in
            guard let account = world.account(named: name) else { throw GameFailure.noSuchAccount(name) }
            let sequence = try administer { turn in turn.world.set(.passwordHash, to: hash, on: account) }
            // Whoever is in may be in by the password that is to be shut out.
            let farewell: Sentence =
                "An administrator has set a new password for this account. Please come in with that."
            for session in sessionsByNumber.values
            where session.persona.flatMap({ world.thing($0, .account) }) == account {
                sendAway(session, farewell, .warning)
            }
            expel(farewell) { entry, _ in self.account(of: entry) === account }
            return sequence
        }
    }

    /// Has a password hashed at the desk of all doors.
    private func hash(_ password: String) -> Deferred<String> {
        let hashed = Deferred<String>()
        desk.hash(password) { result in
            switch result {
            case .success(let hash): hashed.succeed(hash)
            case .failure: hashed.fail(GameFailure.busy)
            }
        }
        return hashed
    }

    package func setRole(of name: String, to role: Role) throws(GameFailure) -> UInt64 {
        guard let account = world.account(named: name) else { throw .noSuchAccount(name) }
        let owners = world.accounts.filter { $0[.role] == Role.owner.rawValue }
        // Without an owner, the next start would print a code that makes one of whoever reads it.
        guard role == .owner || owners.map(\.id) != [account.id] else {
            throw .refused("\(account.name) is the only owner; make another account the owner first.")
        }
        let sequence = try administer { turn in turn.world.set(.role, to: role.rawValue, on: account) }
        if role == .owner { claimCode = nil }
        whenDurable(sequence) { [self] in expelDemoted(account, to: role) }
        return sequence
    }

    /// Ends a connection with a last word; a body in play leaves it when this was its last one.
    func sendAway(_ session: Session, _ farewell: Sentence, _ style: TextStyle = .plain) {
        session.say(farewell, style)
        if let persona = session.persona {
            detach(session, persona)
            if !isPresent(persona) { depart(persona, .leaves) }
        }
        session.finish()
    }

    /// Characters of one broadcast; what is longer is cut.
    private static let longestBroadcast = 2000

    /// Tells everybody who is connected, in play or not.
    package func broadcast(_ text: String) {
        tellAll("\(plain: Self.cut(text))")
    }

    private static func cut(_ text: String) -> String {
        text.count > longestBroadcast ? text.prefix(longestBroadcast) + "…" : text
    }

    private func tellAll(_ sentence: Sentence) {
        for session in sessionsByNumber.values { session.say("[To all] \(sentence)", .emphasis) }
    }

    // MARK: The end

    /// Sends everybody away and stops, after a countdown.
    ///
    /// - Parameters:
    ///   - delay: Zero for at once.
    ///   - reason: The sentence players read.
    ///   - then: Called when everybody's output has gone out, or five seconds after the last word.
    package func shutDown(after delay: Duration, reason: String, then: @escaping () -> Void) {
        if isShuttingDown { return }
        cancelShutDown()
        let plan = ShutDown(reason: Self.cut(reason), then: then)
        shutDown = plan
        if delay <= .zero { return close(plan) }
        for notice in [60 * 60, 30 * 60, 10 * 60, 5 * 60, 60, 30, 10] as [Int64] {
            let left = Duration.seconds(notice)
            if left >= delay { continue }
            plan.calls.append(
                reactor.callLater(delay - left) { [weak self] in
                    self?.tellAll("\(plain: plan.reason) The game stops in \(left.told).")
                })
        }
        tellAll("\(plain: plan.reason) The game stops in \(delay.told).")
        plan.calls.append(reactor.callLater(delay) { [weak self] in self?.close(plan) })
    }

    /// Whether connections are being closed because the server stops.
    package var isShuttingDown: Bool { shutDown?.isClosing == true }

    /// Takes back a shut-down that has not begun to close connections.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    package func cancelShutDown() -> Bool {
        guard let plan = shutDown, !plan.isClosing else { return false }
        for call in plan.calls { call.cancel() }
        shutDown = nil
        return true
    }

    private func close(_ plan: ShutDown) {
        plan.isClosing = true
        for session in sessionsByNumber.values {
            sendAway(
                session,
                "\(plain: plan.reason) The game stops now. What you did is kept; come back when it runs again.",
                .emphasis)
        }
        // Nobody reads any more what those are told whose connection was lost before.
        for persona in linkDead.keys.compactMap({ world[$0] }) { depart(persona, .leaves) }
        finishDepartures()
        for call in linkDead.values { call.cancel() }
        linkDead = [:]
        let deadline = reactor.now.advanced(by: .seconds(5))
        waitForSilence(plan, until: deadline)
    }

    private func waitForSilence(_ plan: ShutDown, until deadline: MonotonicInstant) {
        if sessionsByNumber.isEmpty || reactor.now >= deadline {
            for session in sessionsByNumber.values { session.cut() }
            return plan.then()
        }
        reactor.callLater(.milliseconds(20)) { [weak self] in self?.waitForSilence(plan, until: deadline) }
    }

    // MARK: Housekeeping

    /// Looks every ten seconds for connections that took too long to log in or that sleep.
    func scheduleHousekeeping() {
        reactor.callLater(.seconds(10)) { [weak self] in
            guard let self else { return }
            let now = reactor.now
            settlePlays()
            for session in sessionsByNumber.values {
                let behind = session.behindSince.map { $0.duration(to: now) } ?? .zero
                if behind >= (session.persona == nil ? SessionLimits.behindNotice : SessionLimits.behind) {
                    dropSlowReader(session)
                    continue
                }
                if behind >= SessionLimits.behindNotice { session.warnOfDrop() }
                if let persona = session.persona {
                    // Whoever types at one door may watch at another.
                    let idle = plays[persona.id]?.idle(at: now) ?? session.lastInputAt.duration(to: now)
                    // Clients that show single messages stay to listen, and their protocol finds out whether they are there.
                    if idle < settings.idleLimit || session.door.isConversational { continue }
                    notePartingWords("Quiet for long", of: persona)
                    sendAway(session, "You have been quiet for long, so the game lets you go. Come back any time.")
                } else if session.connectedAt.duration(to: now) >= settings.loginLimit {
                    sendAway(session, "That took too long. Please connect again.")
                }
            }
            scheduleHousekeeping()
        }
    }
}
