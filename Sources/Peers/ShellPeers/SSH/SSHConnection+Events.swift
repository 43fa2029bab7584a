import Basics
import ReactorCore
import SSHKeys
public import SSHWire
import Transports

extension SSHConnection {
    func handle(_ event: SSHTransportEvent) throws(SSHFailure) {
        heard()
        switch event {
        case .peerVersion(let line): peerVersion = line.cleaned
        case .hostKey(let key): decide(on: key)
        case .keysExchanged: break
        case .serviceStarted: startLogin()
        case .message(let message): try receive(message)
        case .pong, .unimplemented: break
        case .disconnected(let reason, let text):
            goodbye = SSHFailure(reason, text)
            end()
        }
    }

    private func receive(_ message: [UInt8]) throws(SSHFailure) {
        if user == nil {
            serverLogin?.receive(message)
            clientLogin?.receive(message)
            return try continueLogin()
        }
        guard let event = try channels.receive(message) else { return }
        handle(event)
    }

    private func decide(on key: SSHPublicKey) {
        guard case .client(let handler) = owner else { return }
        scope.add(handler.hostKeyShown(key, on: self)).whenDone { [weak self] result in
            guard let self, !isClosing else { return }
            guard case .success(true) = result else {
                return fail(SSHFailure(.hostKeyNotVerifiable, "The host key is not accepted."))
            }
            do throws(SSHFailure) { try ssh.acceptHostKey(now: reactor.now) } catch { return fail(error) }
            drain()
        }
    }

    // MARK: Login

    private func startLogin() {
        guard let sessionID = ssh.sessionID else { return }
        switch role {
        case .server:
            serverLogin = SSHServerLogin(sessionID: sessionID, methods: settings.loginMethods)
            if let banner = settings.banner { serverLogin?.banner(banner) }
        case .client:
            let algorithms = ssh.peerExtensions["server-sig-algs"].map {
                $0.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
            }
            clientLogin = SSHClientLogin(user: settings.user, sessionID: sessionID, serverAlgorithms: algorithms)
            clientLogin?.start()
        }
        do throws(SSHFailure) { try continueLogin() } catch { fail(error) }
    }

    /// Changes a client's login, as its handler was asked to, and goes on with it.
    ///
    /// ```swift
    /// connection.login { $0.attempt(password: password) }
    /// ```
    public func login(_ body: (inout SSHClientLogin) -> Void) {
        guard var login = clientLogin, !isClosing else { return }
        body(&login)
        clientLogin = login
        do throws(SSHFailure) { try continueLogin() } catch { fail(error) }
        flush()
    }

    private func continueLogin() throws(SSHFailure) {
        while let action = try serverLogin?.nextAction() {
            switch action {
            case .send(let message): ssh.send(message)
            case .check(let attempt): check(attempt)
            case .succeeded(let user): succeed(user)
            }
        }
        while let action = try clientLogin?.nextAction() {
            switch action {
            case .send(let message): ssh.send(message)
            case .succeeded: succeed(settings.user)
            default:
                if case .client(let handler) = owner { handler.loginAction(action, on: self) }
            }
        }
    }

    private func check(_ attempt: SSHLoginAttempt) {
        guard case .server(let handler) = owner else { return }
        scope.add(handler.login(attempt, on: self)).whenDone { [weak self] result in
            guard let self, !isClosing else { return }
            switch (try? result.get()) ?? .refuse() {
            case .accept: serverLogin?.accept()
            case .refuse(let partially, let methods): serverLogin?.refuse(partially: partially, methods: methods)
            case .ask(let questions): serverLogin?.ask(questions)
            case .expirePassword(let prompt): serverLogin?.expirePassword(prompt: prompt)
            }
            do throws(SSHFailure) { try continueLogin() } catch { fail(error) }
            flush()
        }
    }

    private func succeed(_ user: String) {
        self.user = user
        (serverLogin, clientLogin) = (nil, nil)
        ssh.markAuthenticated()
        if role == .server { announceHostKeys() }
        startKeepAlive()
        owner?.handler.loggedIn(on: self)
    }

    func startLoginGrace() {
        guard role == .server, let grace = settings.loginGrace, let transport else { return }
        transport.scope.callLater(grace, on: reactor) { [weak self] in
            guard let self, user == nil else { return }
            fail(SSHFailure(.byApplication, "Nobody was logged in within \(grace.components.seconds) seconds."))
        }
    }

    // MARK: Keep-alives

    private func heard() {
        lastHeardAt = reactor.now
        unansweredKeepAlives = 0
    }

    private func startKeepAlive() {
        lastHeardAt = reactor.now
        scheduleKeepAlive()
    }

    private func scheduleKeepAlive() {
        guard let interval = settings.keepAlive, let transport, !isClosing else { return }
        let silent = lastHeardAt.duration(to: reactor.now)
        let asked = interval * unansweredKeepAlives
        transport.scope.callLater(max(.zero, interval + asked - silent), on: reactor) { [weak self] in
            guard let self, self.transport != nil, !isClosing else { return }
            if lastHeardAt.duration(to: reactor.now) >= interval * (unansweredKeepAlives + 1) {
                if unansweredKeepAlives >= settings.keepAliveCount {
                    return fail(
                        SSHFailure(.connectionLost, "The peer has not answered \(unansweredKeepAlives) keep-alives."))
                }
                unansweredKeepAlives += 1
                ask(.keepAlive) { _ in }
            }
            scheduleKeepAlive()
        }
    }
}
