import Basics
import CredentialCore
import GatewayCore
import ReactorCore
import SSHWire
import ShellPeers
import WorldLanguage

/// Who a client is: by key, by password, by answers to questions, or by no more than the name `guest`; and who is new.
extension SSHVisit {
    func login(_ attempt: SSHLoginAttempt, on connection: SSHConnection) -> Deferred<SSHLoginVerdict> {
        if let open = game.openEntry(attempt.user) {
            if open.who == .newcomer { return receive(open, attempt.proof) }
            // Whatever a client shows first, PuTTY among others a password: a guest has none.
            if case .probe = attempt.proof { return .succeeded(.refuse()) }
            return .succeeded(take(open) ? .accept : .refuse())
        }
        switch attempt.proof {
        case .none: return .succeeded(.refuse())
        case .password(let password):
            dialogue = .none
            return logIn(attempt.user, password)
        case .passwordChange: return .succeeded(.refuse())
        case .probe(let key, _):
            return game.mayAccept(key, of: attempt.user).map { $0 ? .accept : .refuse() }
        case .signature(let shown): return judge(.publicKey(name: attempt.user, shown)) { .refuse() }
        case .keyboardInteractive:
            // A right password that wants a code was shown before, perhaps by the method of passwords.
            if case .code = dialogue { return .succeeded(Self.askForCode) }
            dialogue = .password
            return .succeeded(.ask(SSHLoginQuestions([.init("Password: ", isShown: false)])))
        case .answers(let answers): return takeAnswer(answers.first ?? "", of: attempt.user)
        }
    }

    // MARK: Who is new

    /// Asks somebody new for what makes their character; whose client cannot ask is let in with any password, and asked there.
    private func receive(_ open: GameEntry, _ proof: SSHLoginAttempt.Proof) -> Deferred<SSHLoginVerdict> {
        switch proof {
        case .password: return .succeeded(take(open) ? .accept : .refuse())
        case .keyboardInteractive:
            let newcomer = NewcomerDialogue(game: game, source: source)
            dialogue = .creating(newcomer)
            return .succeeded(.ask(newcomer.begin()))
        case .answers(let answers):
            guard case .creating(var newcomer) = dialogue else { return .succeeded(.refuse()) }
            let step = newcomer.take(answers)
            dialogue = .creating(newcomer)
            // That a name is taken is told of the world.
            return game.answerWhenDurable(.success(step)).flatMap { [self] in follow($0, newcomer) }
        case .none, .probe, .signature, .passwordChange:
            return .succeeded(.refuse(methods: [.keyboardInteractive, .password]))
        }
    }

    private func follow(_ step: NewcomerDialogue.Step, _ newcomer: NewcomerDialogue) -> Deferred<SSHLoginVerdict> {
        switch step {
        case .ask(let questions): return .succeeded(.ask(questions))
        case .make(let creation): return make(creation, newcomer)
        case .giveUp:
            dialogue = .none
            return .succeeded(.refuse(methods: [.password]))
        case .leave:
            leave(.byApplication, newcomer.read("Goodbye."))
            return .succeeded(.refuse())
        }
    }

    private func make(_ creation: CharacterCreation, _ newcomer: NewcomerDialogue) -> Deferred<SSHLoginVerdict> {
        game.makeCharacter(creation, from: origin).map { [self] entry in
            dialogue = .none
            return take(entry) ? .accept : .refuse()
        }.recover { [self] error in
            var newcomer = newcomer
            let failure = error as? CreationFailure ?? .busy
            let questions = newcomer.goOn(after: failure)
            dialogue = .creating(newcomer)
            if let questions { return .ask(questions) }
            leave(.byApplication, newcomer.read(failure.sentence))
            return .refuse()
        }
    }

    // MARK: Passwords and codes

    private static let askForCode = SSHLoginVerdict.ask(SSHLoginQuestions([.init("Code: ", isShown: false)]))

    private func takeAnswer(_ answer: String, of user: String) -> Deferred<SSHLoginVerdict> {
        switch dialogue {
        case .none, .creating: return .succeeded(.refuse())
        case .password:
            dialogue = .none
            return judge(.password(name: user, password: answer)) { [self] in
                dialogue = .code(password: answer)
                return Self.askForCode
            }
        case .code(let password):
            dialogue = .none
            return judge(.password(name: user, password: password, code: answer)) { .refuse() }
        }
    }

    private func logIn(_ user: String, _ password: String) -> Deferred<SSHLoginVerdict> {
        judge(.password(name: user, password: password)) { [self] in
            dialogue = .code(password: password)
            return .refuse(partially: true, methods: [.keyboardInteractive])
        }
    }

    /// Has the portal judge credentials.
    ///
    /// - Parameters:
    ///   - credential: What was shown.
    ///   - codeWanted: What follows when a code is wanted as well.
    /// - Returns: The answer to the client, which may be late: the connection may have ended by then.
    private func judge(
        _ credential: Credential, codeWanted: @escaping () -> SSHLoginVerdict
    ) -> Deferred<SSHLoginVerdict> {
        game.logIn(credential, from: origin).map { [self] entry in
            if take(entry) { return .accept }
            leave(.tooManyConnections, "You have \(SSHCrowd.mostOfOne) connections already, which is the most.")
            return .refuse()
        }.recover { [self] error in
            let failure = error as? LoginFailure ?? .unavailable
            let words = failure.sentence.english
            switch failure {
            case .refused:
                offence = .failedLogin
                return .refuse()
            case .codeWanted: return codeWanted()
            case .tooManyGuesses:
                offence = .failedLogin
                leave(.noMoreMethods, words)
            case .unavailable: leave(.serviceNotAvailable, words)
            case .notAdmitted: leave(.byApplication, words)
            }
            return .refuse()
        }
    }
}
