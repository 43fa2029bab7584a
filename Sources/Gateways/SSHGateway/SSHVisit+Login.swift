import Basics
import CredentialCore
import GatewayCore
import ReactorCore
import SSHWire
import ShellPeers

/// Who a client is: by key, by password, by answers to questions, or by no more than the name `new` or `guest`.
extension SSHVisit {
    func login(_ attempt: SSHLoginAttempt, on connection: SSHConnection) -> Deferred<SSHLoginVerdict> {
        // Whatever a client shows first, PuTTY among others a password: who is new has none.
        if let open = game.openEntry(attempt.user) {
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

    private static let askForCode = SSHLoginVerdict.ask(SSHLoginQuestions([.init("Code: ", isShown: false)]))

    private func takeAnswer(_ answer: String, of user: String) -> Deferred<SSHLoginVerdict> {
        switch dialogue {
        case .none: return .succeeded(.refuse())
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
            switch error as? LoginFailure ?? .unavailable {
            case .refused:
                offence = .failedLogin
                return .refuse()
            case .codeWanted: return codeWanted()
            case .tooManyGuesses(let wait):
                offence = .failedLogin
                leave(.noMoreMethods, "Too many attempts to come in; please try again in \(wait.spoken).")
            case .unavailable:
                leave(.serviceNotAvailable, "Passwords cannot be checked just now; please try again in a moment.")
            case .notAdmitted(let why): leave(.byApplication, why.isEmpty ? "You are not let in." : why)
            }
            return .refuse()
        }
    }
}
