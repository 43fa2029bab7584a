/// What the owner answers.
extension SSHServerLogin {
    /// Shows the user a text before they are in; what comes after is not sent.
    ///
    /// - Parameter text: Lines that end with LF or CR LF; what is longer than ``SSHLoginLimits/text`` octets is left out.
    public mutating func banner(_ text: String) {
        if case .done = state { return }
        if text.isEmpty || text.utf8.count > SSHLoginLimits.text { return }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\r\n")
        actions.append(.send(SSHLoginBanner(lines).encoded))
    }

    /// Lets the user in.
    ///
    /// A probe is only told that its key would do.
    public mutating func accept() {
        guard case .checking(let request, _) = state else { return }
        if case .probe = request.method { return allowKey(true) }
        state = .done
        waiting = []
        actions += [.send([SSHMessageNumber.loginSuccess]), .succeeded(user: request.user)]
    }

    /// Does not let the user in by what was shown.
    ///
    /// - Parameters:
    ///   - partially: Whether what was shown is right, and something else is wanted as well.
    ///   - methods: What is offered from now on; nil for what was offered before.
    public mutating func refuse(partially: Bool = false, methods: Set<SSHLoginMethod>? = nil) {
        guard case .checking(let request, _) = state else { return }
        if let methods { self.methods = methods }
        state = .waiting
        switch request.method {
        case .none, .probe: sendRefusal()
        default:
            if partially { hasPartialSuccess = true } else if countFailure() { return }
            sendRefusal(partially: partially)
        }
    }

    /// Says whether a key would do, to a client that has shown it without a signature.
    ///
    /// The answer tells an outsider whose keys are enrolled: the same for names that exist and names that do not is safest.
    public mutating func allowKey(_ isAllowed: Bool) {
        guard case .checking(let request, _) = state, case .probe(let algorithm, let key) = request.method, isAllowed
        else {
            return refuse()
        }
        state = .waiting
        actions.append(.send(SSHKeyAcceptance(algorithm: algorithm, key: key).encoded))
    }

    /// Asks the user, who wished to be asked or has just answered.
    ///
    /// - Parameter questions: At most ``SSHLoginLimits/questions``; the ones behind are left out.
    public mutating func ask(_ questions: SSHLoginQuestions) {
        guard case .checking(let request, let rounds) = state, case .keyboardInteractive = request.method,
            rounds < SSHLoginLimits.rounds
        else { return refuse() }
        var questions = questions
        questions.questions = Array(questions.questions.prefix(SSHLoginLimits.questions))
        state = .asked(request, questions: questions.questions.count, rounds: rounds + 1)
        actions.append(.send(questions.encoded))
    }

    /// Asks for a new password, of a user who has shown the right one.
    public mutating func expirePassword(prompt: String) {
        guard case .checking(let request, _) = state else { return }
        switch request.method {
        case .password, .passwordChange:
            state = .waiting
            actions.append(.send(SSHPasswordExpiry(prompt: prompt).encoded))
        default: refuse()
        }
    }
}
