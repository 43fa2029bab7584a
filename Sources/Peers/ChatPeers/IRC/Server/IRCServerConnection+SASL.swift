import IRCWire
import ReactorCore

/// `AUTHENTICATE`, before registration and after it.
///
/// ```text
///   AUTHENTICATE mechanism    begins
///   AUTHENTICATE base64       400 octets, and more follows; fewer, or +, and the message is complete
///   AUTHENTICATE *            the client gives up: 906
/// ```
///
/// - Source: IRCv3 SASL 3.1 and 3.2.
extension IRCServerConnection {
    func authenticate(_ piece: IRCParameter) {
        guard capabilities.contains(.sasl) else { return replyNow(.saslFailed("Ask for the capability sasl first")) }
        guard let login else { return beginLogin(piece.text) }
        if login.isBusy { return }
        if piece == "*" { return endLogin(.saslAborted) }
        switch login.pieces.receive(piece) {
        case .incomplete: break
        case .complete(let message): go(login, login.exchange.receive(message))
        case .tooLong: endLogin(.saslTooLong)
        case .malformed: loginFailed("SASL authentication failed")
        }
    }

    private func beginLogin(_ mechanism: String) {
        if mechanism == "*" { return replyNow(.saslAborted) }
        let offered = house.mechanisms(for: self)
        let name = mechanism.uppercased()
        guard mechanism.utf8.count <= 20, offered.contains(name), let exchange = house.makeExchange(name, for: self)
        else {
            if !offered.isEmpty { replyNow(.saslMechanisms(offered)) }
            return loginFailed("SASL authentication failed")
        }
        let login = IRCLogin(name, exchange)
        self.login = login
        go(login, exchange.start())
    }

    /// Goes on when the house knows; meanwhile nothing more is taken from the client.
    private func go(_ login: IRCLogin, _ step: Deferred<IRCSASLStep>) {
        let answer = deferResponse()
        hold(.answer)
        login.await(step) { [self] step in
            guard self.login === login, stage != .ended else { return }
            resume(answer) { self.take(step) }
            release(.answer)
        }
    }

    /// Lets `body` answer what an earlier request wanted.
    private func resume(_ answer: IRCResponse, _ body: () -> Void) {
        let other = response
        response = answer
        body()
        response = other
        answer.end()
    }

    private func take(_ step: IRCSASLStep) {
        switch step {
        case .challenge(let octets): for piece in IRCSASLPieces.pieces(of: octets) { sendNow(.authenticate(piece)) }
        case .accepted(let name):
            account = name
            self.login = nil
            replyNow(.loggedIn(source, account: IRCParameter(cleaning: name)))
            replyNow(.saslSuccess)
            if stage == .registered { house.accountChanged(of: self) }
            advance()
        case .refused(let words): loginFailed(words)
        }
    }

    private func loginFailed(_ words: String) {
        endLogin(.saslFailed(IRCParameter(cleaning: words)))
        failedLogins += 1
        if failedLogins >= settings.failedLogins { close("Too many failed logins") }
    }

    private func endLogin(_ answer: IRCReply) {
        let last = login
        login = nil
        last?.cancel()
        replyNow(answer)
        advance()
    }

    /// Drops a login that was not finished when the client ended the negotiation.
    func abandonLogin() {
        if login != nil { endLogin(.saslAborted) }
    }

    /// Says that the client is logged in as somebody, or no more: for a house where other commands do that.
    public func logIn(as account: String?) {
        self.account = account
        if let account {
            reply(.loggedIn(source, account: IRCParameter(cleaning: account)))
        } else {
            reply(.loggedOut(source))
        }
    }
}
