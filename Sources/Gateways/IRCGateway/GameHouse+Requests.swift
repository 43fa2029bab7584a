import Basics
package import ChatPeers
import GatewayCore
package import IRCWire
import Logging
import WorldLanguage
import WorldModel

/// What a client asks for, each in its turn.
extension GameHouse {
    package func handle(_ request: IRCRequest, from connection: IRCServerConnection) {
        guard let door = door(of: connection), let session = door.session else {
            return handleEarly(request, from: connection)
        }
        let response = connection.deferResponse()
        // Hashing a password takes its time on another thread.
        if case .register(let account, _, let password) = request {
            return makeCharacter(account, password, door, response)
        }
        let isTaken = session.enqueue { [weak self, weak door] in
            guard let self, let door else { return response.end() }
            door.answer(by: response) { self.take(request, door) }
        }
        if isTaken { return }
        // The client must not take it for done; those without a label are counted, and the player is told how many there were.
        if response.label != nil { response.reply(IRCReply(.tryAgain, ["*"], door.text("Too much waits already"))) }
        response.end()
    }

    /// What a client may ask for that has not come in yet.
    private func handleEarly(_ request: IRCRequest, from connection: IRCServerConnection) {
        switch request {
        case .register(let account, _, let password): makeCharacter(account, password, by: connection)
        case .verify(let account, _):
            connection.reply(.fail(.verify, .invalidCode, [account], "Nothing waits to be verified"))
        default: break
        }
    }

    private func take(_ request: IRCRequest, _ door: IRCDoor) {
        switch request {
        case .message, .multiline: talk(request, door)
        case .join, .partAll, .part, .topic, .names, .list, .invite, .kick: takeOfChannels(request, door)
        case .mode(let target, let modes, let arguments): mode(target, modes, arguments, door)
        case .history(let request): history(request, door)
        case .markRead(let target, let time): markRead(target, time, door)
        case .who, .whois, .whowas, .away, .userHost, .isOn, .setName, .monitor, .nick: takeOfPeople(request, door)
        case .motd, .version, .admin, .lusers, .time, .stats, .help, .info, .links: takeOfServer(request, door)
        case .oper, .kill, .kline, .unkline, .wallops, .administer: takeOfOperators(request, door)
        case .verify(let account, _):
            door.reply(.fail(.verify, .invalidCode, [account], door.text("Nothing waits to be verified")))
        case .batch(.start(let reference, _, _, _)):
            door.reply(.fail(.batch, .unknownBatchType, [reference], door.text("Batches are not taken")))
        // A client takes it for a fence, so that it goes where all answers go.
        case .ping(let token):
            door.tell(.pong(server: IRCParameter(cleaning: settings.name), token: token), from: server)
        // The connection has seen to these.
        case .capability, .authenticate, .pass, .user, .pong, .quit, .error, .register, .batch: break
        }
    }

    // MARK: Acts

    /// Does something in the world, as a turn of the client's character; what is refused is answered with its numeric.
    ///
    /// - Parameters:
    ///   - door: Whose client wants it.
    ///   - aim: What is wanted.
    ///   - channel: On which channel.
    ///   - nick: Whom it concerns.
    ///   - body: Does it.
    /// - Returns: What `body` returned; nil when it has not happened.
    func act<Answer>(
        _ door: IRCDoor, _ aim: IRCMap.Aim, channel: IRCParameter? = nil, nick: IRCParameter? = nil,
        _ body: (Turn) throws -> Answer
    ) -> Answer? {
        guard let persona = door.persona else { return nil }
        do {
            return try door.gather { try game.act(as: persona, body) }
        } catch let refusal as Refusal {
            refuse(refusal.text, refusal.kind, aim, channel, nick, door)
        } catch let failure as GameFailure {
            door.reply(.unknownError(channel ?? nick ?? .star, IRCParameter(cleaning: "\(failure)")))
        } catch {
            game.log.error("fault", metadata: ["door": "irc", "detail": "\(error)"])
            door.reply(
                .unknownError(channel ?? nick ?? .star, door.text("Something went wrong, and nothing of it happened.")))
        }
        return nil
    }

    /// The same where what has changed is a part of the answer.
    func change(
        _ door: IRCDoor, _ aim: IRCMap.Aim, channel: IRCParameter? = nil, nick: IRCParameter? = nil,
        _ body: (Turn) throws -> Void
    ) {
        if act(door, aim, channel: channel, nick: nick, body) != nil { door.gather { door.session?.tellFactsNow() } }
    }

    private func refuse(
        _ text: StyledText, _ kind: RefusalKind?, _ aim: IRCMap.Aim, _ channel: IRCParameter?, _ nick: IRCParameter?,
        _ door: IRCDoor
    ) {
        guard let numeric = IRCMap.numeric(for: kind, aim) else { return }
        let words = IRCParameter(cleaning: text.plain)
        let parameters: [IRCParameter] =
            switch numeric {
            case .inputTooLong, .noTextToSend: []
            case .userNotInChannel, .userOnChannel: [nick ?? .star, channel ?? .star]
            case .noSuchNick, .cannotSendToUser: [nick ?? channel ?? .star]
            case .banListFull: [channel ?? .star, "b"]
            default: [channel ?? nick ?? .star]
            }
        door.reply(IRCReply(numeric, parameters, words))
    }

    /// Plays a line as if it had been typed; what it tells stands in the answer.
    func perform(_ line: String, _ door: IRCDoor) {
        guard let session = door.session else { return }
        door.gather { session.perform(line) }
    }
}
