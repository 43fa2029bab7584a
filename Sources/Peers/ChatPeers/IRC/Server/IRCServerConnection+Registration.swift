import Basics
import IRCWire
import ReactorCore

/// How a client comes in: `PASS`, `NICK`, `USER`, and the greeting.
///
/// - Source: Modern IRC "Connection Registration"; RFC 2812 section 3.1.
extension IRCServerConnection {
    /// Octets of what `PASS` brings; no password that the game takes is longer.
    static let passwordLimit = 400

    func passwordGiven(_ password: String) {
        guard let newcomer else { return reply(.alreadyRegistered) }
        newcomer.registration.password = String(password.prefix(Self.passwordLimit))
    }

    func nickGiven(_ nick: String) {
        guard let newcomer else { return }
        if let refusal = house.nickRequested(nick, by: self) {
            newcomer.registration.nick = nil
            return reply(refusal)
        }
        newcomer.registration.nick = nick
        rename(nick: nick)
        if settings.demandsCookie, newcomer.cookie == nil, newcomer.registration.user == nil { demandCookie(newcomer) }
        advance()
    }

    func userGiven(_ user: String, realName: String) {
        guard let newcomer else { return reply(.alreadyRegistered) }
        // Said twice before the registration ends, the first counts.
        if newcomer.registration.user == nil {
            newcomer.registration.user = user
            newcomer.registration.realName = realName
        }
        advance()
    }

    private func demandCookie(_ newcomer: IRCNewcomer) {
        let cookie = String(UInt32.random(in: .min ... .max), radix: 36)
        newcomer.cookie = cookie
        sendNow(.ping(token: IRCParameter(cleaning: cookie)))
    }

    func cookieGiven(_ text: String) {
        guard let newcomer, newcomer.cookie == text else { return }
        newcomer.cookie = nil
        advance()
    }

    /// Asks the house once everything is there.
    func advance() {
        guard let newcomer, newcomer.isComplete, !negotiation.isSuspending, login == nil, stage == .registering else {
            return
        }
        let verdict = house.register(self)
        newcomer.verdict = verdict
        var isDecided = false
        verdict.whenDone { [self] result in
            isDecided = true
            guard stage == .registering else { return }
            newcomer.verdict = nil
            switch result {
            case .success(let verdict): take(verdict)
            case .failure(let error):
                server.complain(.failed, "registration of \(nick) failed: \(error)")
                close("Registration failed, try again later")
            }
            release(.answer)
        }
        // What is decided at once needs no pause, which is two calls of the kernel.
        if !isDecided { hold(.answer) }
    }

    private func take(_ verdict: IRCRegistrationVerdict) {
        switch verdict {
        case .accepted(let nick, let user, let host):
            rename(nick: nick, user: user, host: host)
            stage = .registered
            greet()
            newcomer = nil
        case .nickRefused(let refusal):
            newcomer?.registration.nick = nil
            rename(nick: "*")
            reply(refusal)
        case .refused(let refusal, let words):
            if let refusal { reply(refusal) }
            close(words)
        }
    }

    private func greet() {
        let facts = house.facts
        reply(.welcome(network: IRCParameter(cleaning: facts.network), source))
        reply(server.prepared(facts).greeting)
        house.registered(self)
    }

    /// Sends what 005 says, as `VERSION` does, too.
    public func sendSupport() {
        reply(server.prepared(house.facts).support)
    }
}
