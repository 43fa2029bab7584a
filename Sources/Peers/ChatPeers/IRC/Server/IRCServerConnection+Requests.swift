import IRCWire
import Transports

/// From lines to requests: what the connection answers by itself, and what goes to the house.
extension IRCServerConnection {
    /// Octets of a label; the specification has no more.
    static let labelLimit = 64

    func received(_ event: consuming IRCLineEvent) {
        if let newcomer {
            newcomer.lineCount += 1
            if newcomer.lineCount == 1, IRCForeignGreeting.isForeign(event) {
                server.complain(.foreign, "\(peer.host) speaks another protocol")
                return abort()
            }
            if newcomer.lineCount > settings.linesBeforeRegistration {
                return close("Too many lines before registration")
            }
        }
        switch consume event {
        case .message(let message): received(message)
        case .tooLong: reply(.inputTooLong)
        case .notUTF8(let command):
            reply(.fail(command.flatMap(IRCClientCommand.init), .invalidUTF8, [], "This server takes UTF-8 only"))
        case .malformed: break
        }
    }

    private func received(_ message: IRCMessage) {
        // Most messages have no tags, and so no label and no batch.
        if message.tags.isEmpty, message.command.name != "BATCH" { return perform(message) }
        guard isRegistered, message.command.name == "BATCH" || !message.tags.isEmpty && message.tags["batch"] != nil,
            capabilities.contains(.multiline)
        else { return answer(message.tags) { self.perform(message) } }
        if multiline == nil { multiline = IRCMultilineIntake() }
        let wasOpen = multiline?.isOpen ?? false
        switch multiline?.take(message) {
        // What is dropped, because its batch has failed, is not inside one.
        case .taken: isInsideBatch = wasOpen
        case .complete(let request, let tags):
            isInsideBatch = true
            answer(tags) { self.house.handle(.multiline(request), from: self) }
        case .failed(let reply, let tags): answer(tags) { self.reply(reply) }
        case .notPart, nil: answer(message.tags) { self.perform(message) }
        }
    }

    /// Lets `body` answer a request with its label, if it has one.
    private func answer(_ tags: IRCTags, _ body: () -> Void) {
        guard !tags.isEmpty, capabilities.contains(.labeledResponse), capabilities.contains(.batch),
            let label = tags["label"], !label.isEmpty, label.utf8.count <= Self.labelLimit
        else { return body() }
        let response = IRCResponse(self, label: label)
        self.response = response
        body()
        guard self.response === response else { return }
        self.response = nil
        response.end()
    }

    private func perform(_ message: IRCMessage) {
        if !isRegistered, let command = IRCClientCommand(message.command), !mayComeEarly(command) {
            return reply(refusalBeforeRegistration(of: command))
        }
        let request: IRCRequest
        do throws(IRCRequestFailure) {
            request = try IRCRequest(message, limits: house.targetLimits)
        } catch {
            if let answer = error.reply { reply(answer) }
            return
        }
        perform(request)
    }

    /// What may come before registration is complete.
    private static let allowedBefore: Set<IRCClientCommand> = [
        .cap, .authenticate, .pass, .nick, .user, .ping, .pong, .quit, .error,
    ]

    private func mayComeEarly(_ command: IRCClientCommand) -> Bool {
        switch command {
        case .register, .verify: house.takesAccountsEarly
        default: Self.allowedBefore.contains(command)
        }
    }

    private func refusalBeforeRegistration(of command: IRCClientCommand) -> IRCReply {
        switch command {
        case .register, .verify:
            .fail(command, .completeConnectionRequired, [], "Complete the registration of the connection first")
        default: .notRegistered
        }
    }

    private func perform(_ request: IRCRequest) {
        switch request {
        case .message, .join, .part: house.handle(request, from: self)
        case .capability(let request): negotiate(request)
        case .authenticate(let text): authenticate(text)
        case .pass(let password): passwordGiven(password.text)
        case .user(let name, let realName): userGiven(name.text, realName: realName.text)
        case .nick(let nick) where !isRegistered: nickGiven(nick.text)
        // A fence: its answer stands behind those that wait for a turn.
        case .ping where isRegistered && gate != nil: house.handle(request, from: self)
        case .ping(let token):
            sendNow(.pong(server: IRCParameter(cleaning: settings.name), token: token), from: server.source)
        case .pong(let token): if let token { cookieGiven(token.text) }
        case .quit(let reason):
            let ending = IRCEnding.quit(reason.map(\.text) ?? "")
            close(ending.words, ending: ending)
        case .error: break
        // Of a batch without multiline only the house could know.
        default: house.handle(request, from: self)
        }
    }
}
