import AuditCore
import Basics
package import GatewayCore
import Logging
package import MetricsCore
package import ReactorCore
import WorldLanguage
import WorldModel
package import WorldStore

/// Does administrators' commands on a game.
///
/// - Isolation: belongs to the game's thread.
package final class GameAuthority: AdminAuthority {
    /// What the program around the game knows and does.
    package struct Surroundings {
        package var version: String
        package var processID: Int32
        /// The name of what the event loop waits with.
        package var reactor: String
        package var doors: [AdminStatus.Door]
        /// By which clients of SSH know the server.
        package var fingerprints: () -> [String] = { [] }
        package var bridges: () -> [AdminStatus.Bridge] = { [] }
        package var committer: Committer
        /// The database's path.
        package var database: String
        /// Reads the world's files again; gives a sentence about what changed, or fails with ``AdminFailure``.
        package var reloadWorld: () -> Deferred<String>
        /// Reads the configuration again; gives what changed and what did not, or fails with ``AdminFailure``.
        package var reload: () -> Deferred<String>
        /// Changes how much is logged, unless it is given nil; gives what counts then.
        package var log: (String?) throws(AdminFailure) -> String
        /// Ends the program; called when players are gone.
        package var stop: () -> Void

        package init(
            version: String, processID: Int32, reactor: String, doors: [AdminStatus.Door],
            committer: Committer, database: String, reloadWorld: @escaping () -> Deferred<String>,
            reload: @escaping () -> Deferred<String>, log: @escaping (String?) throws(AdminFailure) -> String,
            stop: @escaping () -> Void
        ) {
            self.version = version
            self.processID = processID
            self.reactor = reactor
            self.doors = doors
            self.committer = committer
            self.database = database
            self.reloadWorld = reloadWorld
            self.reload = reload
            self.log = log
            self.stop = stop
        }
    }

    let game: Game
    let surroundings: Surroundings
    /// What libraries measure.
    let measured: MetricsTable

    package init(game: Game, surroundings: Surroundings, measured: MetricsTable = MetricsTable()) {
        self.game = game
        self.measured = measured
        self.surroundings = surroundings
    }

    package func perform(
        _ command: AdminCommand, by caller: AdminCaller, answer: @escaping (AdminAnswer) -> Void
    ) {
        note(command)
        guard command.changesSomething else { return carryOut(command, by: caller, answer: answer) }
        carryOut(command, by: caller) { [game] result in
            // Before the answer, so that nobody is told of what is not on record.
            game.audit(AuditEvent(command, by: caller, result))
            answer(result)
        }
    }

    private func carryOut(
        _ command: AdminCommand, by caller: AdminCaller, answer: @escaping (AdminAnswer) -> Void
    ) {
        do throws(AdminFailure) {
            switch command {
            // See ``Ungated/serverControl``.
            case .status: answer(.status(status))
            // Both tell of the server itself, not of turns: see ``Ungated/serverControl``.
            case .metrics: answer(.done(AdminDone(metricsPage().text)))
            case .health:
                let problems = complaints
                if !problems.isEmpty { throw AdminFailure(.failed, problems.joined(separator: " ")) }
                answer(.done(AdminDone("The game can be played.")))
            case .who: answerDurably(.players(players), answer)
            case .accounts: answerDurably(.accounts(accounts), answer)
            case .createAccount(let name, let password, let role):
                let created = game.createAccount(name: name, password: password, role: role)
                report(
                    created, "The account \(name.folded.capitalizedFirst) is made, with role \(role.rawValue).", answer)
            case .setPassword(let name, let password):
                report(
                    game.setPassword(of: name, to: password), "\(properName(name)) has a new password.", answer)
            case .removeAuthenticator(let name): try removeAuthenticator(of: name, answer)
            case .keys(let name): answerDurably(.keys(try keys(ofAccount: name)), answer)
            case .addKey(let name, let line): try addKey(line, to: name, answer)
            case .removeKey(let name, let key): try removeKey(key, from: name, answer)
            case .revoke(let name): try revoke(name, answer)
            case .setRole(let name, let role): try setRole(of: name, to: role, answer)
            case .kick(let name, let reason): try kick(name, reason, answer)
            case .broadcast(let text):
                let listeners = game.sessions.count
                game.broadcast(text)
                answer(
                    .done(AdminDone("\(listeners) connected \(listeners == 1 ? "person was" : "people were") told.")))
            case .bans: answerDurably(.bans(bans), answer)
            case .ban(let network, let seconds, let reason):
                try ban(network, for: seconds, because: reason, by: caller, answer)
            case .unban(let network): try unban(network, by: caller, answer)
            case .backup(let path, let replace): backup(to: path, replace: replace, answer)
            case .check: check(answer)
            case .reloadWorld: report(surroundings.reloadWorld(), answer)
            case .reload: report(surroundings.reload(), answer)
            case .log(let levels): answerDurably(.done(AdminDone(try surroundings.log(levels))), answer)
            case .shutdown(let seconds, let reason): shutDown(after: .seconds(seconds), reason, answer)
            case .cancelShutdown: try cancelShutDown(answer)
            }
        } catch {
            // "There is already an account called Ada" tells of a turn as much as a success does.
            answerDurably(.failure(error), answer)
        }
    }

    /// Leaves a trace of who was changed how, without any secret.
    private func note(_ command: AdminCommand) {
        let request = AdminRequest(command)
        var details: Logger.Metadata = ["command": "\(request.command)"]
        details["name"] = request.name.map { "\($0)" }
        details["role"] = request.role.map { "\($0)" }
        details["path"] = request.path.map { "\($0)" }
        if case .log(let levels?) = command { details["levels"] = "\(levels)" }
        game.log.log(level: command.changesSomething ? .notice : .debug, "administration", metadata: details)
    }

    // MARK: Changes

    private func removeAuthenticator(
        of name: String, _ answer: @escaping (AdminAnswer) -> Void
    ) throws(AdminFailure) {
        do throws(GameFailure) {
            let sequence = try game.removeAuthenticator(of: name)
            let account = properName(name)
            game.whenDurable(sequence) { answer(.done(AdminDone("\(account) has no authenticator any more."))) }
        } catch {
            throw AdminFailure(error)
        }
    }

    private func setRole(of name: String, to role: Role, _ answer: @escaping (AdminAnswer) -> Void) throws(AdminFailure)
    {
        do throws(GameFailure) {
            let sequence = try game.setRole(of: name, to: role)
            let account = properName(name)
            game.whenDurable(sequence) { answer(.done(AdminDone("\(account) has the role \(role.rawValue) now."))) }
        } catch {
            throw AdminFailure(error)
        }
    }

    private func kick(_ name: String, _ reason: String, _ answer: @escaping (AdminAnswer) -> Void) throws(AdminFailure)
    {
        let count = game.kick(name, reason: reason)
        if count == 0 { throw AdminFailure(.notFound, "Nobody called \(name) is connected.") }
        let connections = count == 1 ? "1 connection" : "\(count) connections"
        answerDurably(.done(AdminDone("\(properName(name)) was sent away from \(connections).")), answer)
    }

    private func shutDown(after delay: Duration, _ reason: String, _ answer: @escaping (AdminAnswer) -> Void) {
        let when = delay <= .zero ? "now" : "in \(delay.spoken)"
        answer(.done(AdminDone("The server stops \(when).")))
        game.shutDown(after: delay, reason: reason.isEmpty ? Self.farewell : reason, then: surroundings.stop)
    }

    /// What players read when nobody gave a reason.
    package static let farewell = "The server is going down."

    private func cancelShutDown(_ answer: (AdminAnswer) -> Void) throws(AdminFailure) {
        guard game.cancelShutDown() else { throw AdminFailure(.notFound, "No shutdown is announced.") }
        game.broadcast("The game does not stop after all.")
        answer(.done(AdminDone("The shutdown is called off.")))
    }

    /// The name as the account has it, whatever case it was typed in.
    func properName(_ name: String) -> String { game.world.account(named: name)?.name ?? name }

    /// Answers when the turn that a deferred names is on disk.
    private func report(_ turn: Deferred<UInt64>, _ message: String, _ answer: @escaping (AdminAnswer) -> Void) {
        turn.whenDone { [game] result in
            switch result {
            case .success(let sequence): game.whenDurable(sequence) { answer(.done(AdminDone(message))) }
            case .failure(let error):
                let failure = (error as? GameFailure).map { AdminFailure($0) } ?? AdminFailure(.failed, "\(error)")
                game.whenDurable(game.world.sequence) { answer(.failure(failure)) }
            }
        }
    }

    /// Answers with what a deferred brings.
    private func report(_ message: Deferred<String>, _ answer: @escaping (AdminAnswer) -> Void) {
        message.whenDone { [self] result in
            switch result {
            case .success(let message): answerDurably(.done(AdminDone(message)), answer)
            case .failure(let error):
                let failure = error as? AdminFailure ?? AdminFailure(.failed, "\(error)")
                answerDurably(.failure(failure), answer)
            }
        }
    }

    /// Answers when everything that has happened so far is on disk.
    func answerDurably(_ content: AdminAnswer, _ answer: @escaping (AdminAnswer) -> Void) {
        game.whenDurable(game.world.sequence) { answer(content) }
    }
}

extension AdminFailure {
    package init(_ failure: GameFailure) {
        let code: Code =
            switch failure {
            case .noSuchAccount: .notFound
            case .badName, .badPassword: .usage
            case .readOnly, .busy: .tryAgain
            case .nameTaken, .refused: .failed
            }
        self.init(code, failure.description)
    }

    package init(_ failure: StoreFailure) {
        let code: Code =
            switch failure {
            case .locked: .tryAgain
            case .unreadable: .permission
            default: .failed
            }
        self.init(code, failure.sentence)
    }
}

extension StoreFailure {
    /// The description on one line; SQLite's own findings may take several.
    package var sentence: String {
        description.split(separator: "\n").joined(separator: " ")
    }
}
