import IRCWire
import ReactorCore
import Transports

/// From what registration wants done to what is done: lines, a login on another thread, and what the owner is told.
extension IRCClientConnection {
    func perform(_ steps: [IRCClientRegistration.Step]) {
        for step in steps where failure == nil {
            switch step {
            case .send(let command, let parameters): send(IRCMessage(command, parameters), .immediate)
            case .authenticate(let mechanism): beginExchange(mechanism)
            case .challenge(let part): challenged(part)
            case .authenticated: authenticated()
            case .loggedIn(let account):
                view.account = account
                onEvent?(.loggedIn(account: account))
            case .loggedOut:
                view.account = nil
                onEvent?(.loggedOut)
            case .loginFailed(let text): onEvent?(.loginFailed(text))
            case .welcomed(let nick): welcomed(nick)
            case .capabilitiesChanged(let enabled, let disabled):
                view.capabilities = registration.enabled
                onEvent?(.capabilities(enabled: enabled, disabled: disabled))
            case .strictTransport(let port): onEvent?(.strictTransport(port: port))
            case .fail(let failure): fail(failure)
            }
        }
    }

    private func welcomed(_ nick: String) {
        forgivePace()
        view.nick = nick
        view.source = IRCSource(nick)
        if !registered.isFired { registered.succeed() }
        onEvent?(.registered(nick: nick))
    }

    private func beginExchange(_ mechanism: String) {
        guard let login = settings.login else { return }
        do {
            exchange = try IRCClientExchange(mechanism, login)
        } catch {
            fail(.loginRefused("\(error)"))
        }
    }

    private func challenged(_ part: IRCParameter) {
        guard exchange != nil else { return }
        do {
            switch try exchange?.receive(part) {
            case nil, .incomplete: break
            case .send(let parts): sendParts(parts)
            case .hash(let work):
                let hashing = reactor.deferToThread(work)
                transport?.scope.add(hashing)
                hashing.whenDone { [weak self] result in
                    switch result {
                    case .success(let hashed): if let parts = self?.exchange?.hashed(hashed) { self?.sendParts(parts) }
                    case .failure(let error): self?.abandonExchange("\(error)")
                    }
                }
            }
        } catch {
            abandonExchange("\(error)")
        }
    }

    private func sendParts(_ parts: [IRCParameter]) {
        for part in parts { send(IRCMessage("AUTHENTICATE", [part]), .immediate) }
    }

    /// Ends an exchange in which the server has gone wrong; its answer to `*` leads to the next mechanism.
    private func abandonExchange(_ text: String) {
        guard exchange != nil, transport != nil else { return }
        exchange = nil
        onEvent?(.loginFailed(text))
        send(IRCMessage("AUTHENTICATE", ["*"]), .immediate)
    }

    private func authenticated() {
        // A server that has not proven to know the password either is not the one that was meant.
        guard exchange?.isDone == true else { return fail(.loginRefused("the server has not proven who it is")) }
        exchange = nil
        perform(registration.accept())
    }
}
