import Basics
package import ChatPeers
import CredentialCore
import GatewayCore
package import IRCWire
package import ReactorCore
import SASLWire
import Transports
import WorldLanguage
import WorldModel

/// Who a client is: by SASL, by `PASS`, or a guest.
extension GameHouse {
    private func origin(of connection: IRCServerConnection) -> LoginOrigin {
        LoginOrigin(door: IRCDoor.title, source: connection.peer.host)
    }

    /// A client in clear may send a password as one of telnet does: whoever opens a door in clear to others has decided that.
    private func channel(of connection: IRCServerConnection) -> SASLSession.Channel {
        let proofs = connection.security?.certificateFingerprint.map { fingerprint in
            game.proofs(ofCertificate: fingerprint, preferring: connection.registration?.nick)
        }
        return connection.loginChannel(door: IRCDoor.title, proofs: proofs ?? [], allowsClearPasswords: true)
    }

    package func mechanisms(for connection: IRCServerConnection) -> [String] {
        IRCPortalExchange.mechanisms(of: game.portal, over: channel(of: connection))
    }

    package func makeExchange(_ mechanism: String, for connection: IRCServerConnection) -> (any IRCSASLExchange)? {
        IRCPortalExchange(mechanism, portal: game.portal, channel: channel(of: connection)) {
            [unowned self, unowned connection] credential in
            // Whoever is in play stays who they are.
            if connection.isRegistered { return .failed(LoginFailure.notAdmitted("You are in the game already.")) }
            return logIn(Self.split(credential), connection).map { [unowned self] entry in account(of: entry) }
        }
    }

    /// A password with the code of an authenticator behind it and a space between them, as two.
    static func split(_ credential: Credential) -> Credential {
        guard case .password(let name, let password, nil) = credential else { return credential }
        let code = password.suffix(7)
        guard code.first == " ", code.utf8.count == 7, code.dropFirst().utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
            return credential
        }
        return .password(name: name, password: String(password.dropLast(7)), code: String(code.dropFirst()))
    }

    private func logIn(_ credential: Credential, _ connection: IRCServerConnection) -> Deferred<GameEntry> {
        let visit = visit(of: connection)
        return game.logIn(credential, from: origin(of: connection)).map { entry in
            visit?.take(entry)
            return entry
        }.recover { error in
            if case .refused? = error as? LoginFailure { visit?.offence = .failedLogin }
            throw error
        }
    }

    /// The name of the account that somebody came in by.
    private func account(of entry: GameEntry) -> String { (game.account(of: entry)?.name ?? entry.name).folded }

    /// Nobody owns a nick before it is known who they are.
    package func nickRequested(_ nick: String, by connection: IRCServerConnection) -> IRCReply? {
        guard IRCNick(nick) != nil else { return .erroneousNick(IRCParameter(cleaning: nick)) }
        return nil
    }

    package func register(_ connection: IRCServerConnection) -> Deferred<IRCRegistrationVerdict> {
        guard let visit = visit(of: connection), let registration = connection.registration,
            let nick = registration.nick
        else { return .succeeded(.refused(nil, words: "Registration failed")) }
        // It may have come to be since the connection was made.
        if let ban = game.ban(on: connection.peer.host) {
            let words = ban.sentence.english
            return .succeeded(.refused(.banned(IRCParameter(cleaning: words)), words: words))
        }
        if let entry = visit.entry { return .succeeded(enter(entry, connection, visit, nick)) }
        guard let password = registration.password, !password.isEmpty else {
            let verdict = enterAsGuest(connection, visit, nick)
            guard case .nickRefused = verdict else { return .succeeded(verdict) }
            // No queue holds it back, and it tells of a character that may have come to be a moment ago.
            let answer = Deferred<IRCRegistrationVerdict>()
            game.whenDurable(game.world.sequence) { answer.succeed(verdict) }
            return answer
        }
        return logIn(credential(nick, password), connection).map { [unowned self] entry in
            enter(entry, connection, visit, nick)
        }.recover { error in Self.verdict(for: error) }
    }

    /// What `PASS` says: a password for the nick, or `name:password` where somebody has that name.
    private func credential(_ nick: String, _ text: String) -> Credential {
        if let colon = text.firstIndex(of: ":") {
            let name = String(text[..<colon]).folded
            if game.world.player(named: name) != nil || game.world.account(named: name) != nil {
                return Self.split(.password(name: name, password: String(text[text.index(after: colon)...]), code: nil))
            }
        }
        return Self.split(.password(name: nick.folded, password: text, code: nil))
    }

    private static func verdict(for error: any Error) -> IRCRegistrationVerdict {
        let failure = error as? LoginFailure ?? .unavailable
        let words = failure.sentence.english
        switch failure {
        case .refused: return .refused(.passwordMismatch, words: words)
        case .codeWanted:
            return .refused(
                IRCReply(
                    .passwordMismatch, [], "Write the code of your authenticator behind the password, after a space"),
                words: words)
        case .tooManyGuesses, .unavailable, .notAdmitted: return .refused(nil, words: words)
        }
    }

    private func enterAsGuest(
        _ connection: IRCServerConnection, _ visit: IRCVisit, _ nick: String
    ) -> IRCRegistrationVerdict {
        if let owner = game.world.player(named: nick.folded) ?? game.world.account(named: nick.folded), !owner[.isGuest]
        {
            return .nickRefused(
                .nickInUse(
                    IRCParameter(cleaning: nick),
                    "Somebody here is called that; if it is you, send your password (SASL or PASS)"))
        }
        guard let guest = game.openEntry("guest") else {
            return .refused(
                .fail(nil, .accountRequired, [], "Guests are not let in here at present"),
                words: "Come in with your character's name and password")
        }
        visit.take(guest)
        visit.wantedNick = nick
        return enter(guest, connection, visit, nick)
    }

    /// Brings somebody into play who has come in.
    private func enter(
        _ entry: GameEntry, _ connection: IRCServerConnection, _ visit: IRCVisit, _ nick: String
    ) -> IRCRegistrationVerdict {
        let door = IRCDoor(connection, visit, of: self)
        if let reason = door.begin(chosen(entry, nick)) { return .refused(nil, words: reason) }
        guard let persona = door.persona else { return .refused(nil, words: "You are not let in.") }
        visit.door = door
        visit.offence = nil
        visit.knock.whenSentAway = { [weak connection] in connection?.abort() }
        visit.knock.whenDismissed = { [weak connection] in connection?.close($0) }
        if connection.account == nil { connection.account = account(of: persona.id) }
        let source = source(of: persona)
        return .accepted(nick: source.name, user: source.user ?? "*", host: source.host ?? "*")
    }

    /// Who comes in by an entry: of an account with several characters the one that the nick says, or that was played last.
    private func chosen(_ entry: GameEntry, _ nick: String) -> GameEntry {
        guard case .account(let id) = entry.who else { return entry }
        let named = game.world.player(named: nick.folded).flatMap { persona in
            game.world.thing(persona, .account)?.id == id ? persona : nil
        }
        guard let persona = named ?? game.character(of: entry) else { return entry }
        return GameEntry(.character(persona.id), name: persona.name, means: entry.means)
    }

    package func registered(_ connection: IRCServerConnection) {
        guard let door = door(of: connection) else { return }
        most = max(most, game.connected.count)
        connection.reply(users())
        connection.reply(motd())
        let modes = userModes(of: door)
        if modes.text != "+" { connection.reply(IRCReply.userModes(modes)) }
        door.greeted()
        if door.persona?[.isGuest] == true { door.note(guestHint) }
    }

    /// How somebody goes on who came in without a character.
    private var guestHint: Sentence {
        let tutorial = "/msg \(IRCMap.game) tutorial"
        return game.mayMakeCharacters
            ? """
            You are a guest. \(command: "/quote REGISTER NAME * PASSWORD") makes you a character that stays, and \
            \(command: tutorial) shows you how to play.
            """ : "You are a guest. \(command: tutorial) shows you how to play."
    }

    // MARK: New characters

    /// Makes a character as a client wants one (`REGISTER`), and goes on as it.
    func makeCharacter(_ name: IRCParameter?, _ password: IRCParameter, _ door: IRCDoor, _ response: IRCResponse) {
        guard let persona = door.persona, persona[.isGuest] else {
            response.reply(.fail(.register, .alreadyAuthenticated, [], "You have a character already"))
            return response.end()
        }
        let wanted = name?.text ?? door.visit.wantedNick ?? door.connection.nick
        // Nobody makes a second one meanwhile, nor becomes somebody else.
        door.connection.holdInput()
        game.makeCharacter(named: wanted, password: password.text, from: origin(of: door.connection)).whenDone {
            [weak self, weak door, weak connection = door.connection] result in
            defer {
                response.end()
                connection?.releaseInput()
            }
            guard let self, let door else { return }
            let account = IRCParameter(cleaning: IRCMap.nick(wanted))
            switch result {
            case .success(let entry): door.answer(by: response) { self.goOn(door, as: entry) }
            case .failure(let error):
                response.reply(refusal(of: error, account))
            }
        }
    }

    /// Has a guest go on as the character they have made.
    private func goOn(_ door: IRCDoor, as entry: GameEntry) {
        guard let session = door.session else { return }
        // What waited in the queue may have made them somebody else; the new one is theirs all the same, by its password.
        guard door.persona?[.isGuest] == true else {
            let account = IRCParameter(cleaning: entry.name.folded)
            return door.tell(
                .registered(.registered, account: account, text: "It is made; you stay who you are"), from: server)
        }
        door.visit.take(entry)
        let wasAway = door.persona.map { !$0[.away].isEmpty } ?? false
        door.tell(
            .registered(.registered, account: IRCParameter(cleaning: entry.name.folded), text: "Welcome"), from: server)
        door.next = game.character(of: entry)
        door.gather { game.goOn(session, as: entry) }
        door.next = nil
        door.gather { session.tellFactsNow() }
        if wasAway, door.persona?[.away].isEmpty == true { door.reply(.unaway) }
    }

    /// The same before the client has come in: once its registration is complete, it is in as that character.
    func makeCharacter(_ name: IRCParameter?, _ password: IRCParameter, by connection: IRCServerConnection) {
        guard let visit = visit(of: connection), visit.entry == nil else {
            return connection.reply(.fail(.register, .alreadyAuthenticated, [], "You have a character already"))
        }
        guard let wanted = name?.text ?? connection.registration?.nick else {
            return connection.reply(.fail(.register, .needNick, ["*"], "Say a nick first, or the name of the account"))
        }
        let response = connection.deferResponse()
        // So that the end of the registration does not overtake it.
        connection.holdInput()
        game.makeCharacter(named: wanted, password: password.text, from: origin(of: connection)).whenDone {
            [weak self, weak connection] result in
            guard let self, let connection else { return response.end() }
            let account = IRCParameter(cleaning: IRCMap.nick(wanted))
            switch result {
            case .success(let entry):
                visit.take(entry)
                let name = IRCParameter(cleaning: entry.name.folded)
                response.send(
                    IRCLine(.registered(.registered, account: name, text: "Welcome"), from: server, tags: tags()))
                connection.account = name.text
                response.reply(.loggedIn(connection.source, account: name))
            case .failure(let error): response.reply(refusal(of: error, account))
            }
            response.end()
            connection.releaseInput()
        }
    }

    private func refusal(of error: any Error, _ account: IRCParameter) -> IRCReply {
        let failure = error as? CreationFailure ?? .busy
        let text = IRCParameter(cleaning: game.text(failure.sentence, in: nil).plain)
        let code: IRCStandardCode =
            switch failure {
            case .nameTaken: .accountExists
            case .problem: .badAccountName
            case .password: .weakPassword
            case .busy, .notKept: .temporarilyUnavailable
            }
        return .fail(.register, code, [account], text)
    }
}
