import AuditCore
import Basics
import CredentialCore
import Logging
import ReactorCore
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// The login dialogue, from the greeting to play.
extension Session {
    /// Greets a new connection.
    func begin() {
        if door.isConversational { return enter(.name) }
        if !game.title.isEmpty { say("\(content: game.title)", .title) }
        if !game.welcome.isEmpty { say("\(content: game.welcome)") }
        let (new, guest) = ("new", "guest")
        switch (game.makesAccounts, game.settings.guestsAllowed) {
        case _ where wantsNew: say("Type the name you want your character to have.")
        case (true, true):
            say(
                """
                Type the name of your character, or \(command: new) to make one, or \(command: guest) to look around first.
                """)
        case (true, false): say("Type the name of your character, or \(command: new) to make one.")
        case (false, true): say("Type the name of your character, or \(command: guest) to look around first.")
        case (false, false): say("Type the name of your character.")
        }
        offerLanguages()
        enter(.name)
    }

    /// Takes an answer in any stage but play.
    func answer(_ line: String) {
        if takesFarewell(line) {
            say("Goodbye.")
            return finish()
        }
        switch stage {
        case .name: answerName(line)
        case .password(let name): answerPassword(line, name)
        case .code(let name, let password): answerPassword(password, name, code: line)
        case .choosing(let account, let renewedHash): answerChoice(line, account, renewedHash)
        case .confirmNew(let name): answerConfirmation(line, name)
        case .creating(let creation): answerCreation(line, creation)
        case .changing(let persona, let step): answerChange(line, persona, step)
        case .authenticating(let persona, let step): answerAuthenticator(line, persona, step)
        case .changingKeys(let persona, let change, let step): answerKeys(line, persona, change, step)
        case .checking, .playing, .gone: break
        }
    }

    /// Whether the answer may be that one does not want to come in at all; a password may be any word.
    private func takesFarewell(_ line: String) -> Bool {
        switch stage {
        case .name, .choosing, .confirmNew: Game.isFarewell(line, in: language)
        case .creating(let creation): creation.isFarewell(line)
        default: false
        }
    }

    // MARK: Coming in

    private func answerName(_ line: String) {
        let word = word(line)
        switch word {
        case "": return
        case "guest":
            guard game.settings.guestsAllowed else { return say("Guests are not let in here at present.", .warning) }
            return logIn(.anonymous, named: "") { _ in }
        case "help", "?", "who":
            say(
                """
                Here you only come in: type the name of your character, or one you would like to have. There is help, and \
                much to look at, inside. To leave, type quit.
                """)
            return enter(.name)
        case "mssp-request" where !door.listing.isEmpty:
            let lines = door.listing.map { $0 + "\r\n" }.joined()
            return tellApart { $0 += Array(("\r\n" + lines).utf8) }
        case "new", "create":
            guard mayMakeNew() else { return }
            return say("Then type the name you want your character to have.")
        default: break
        }
        let words = line.split(separator: " ", maxSplits: 2).map { String($0).trimmed }
        if words.count == 2, ["new", "create"].contains(self.word(words[0])) {
            return mayMakeNew() ? answerName(words[1]) : ()
        }
        if game.account(of: word) == nil, chooseLanguage(word) { return }
        wantsChoice = false
        // Others may know a name that the game does not.
        let mayBeOutside = game.asksOutside && !wantsNew
        // MUD clients log in with `connect NAME PASSWORD`.
        if words.count == 3, words[0].folded == "connect",
            game.account(of: words[1]) != nil || mayBeOutside && NameRules.check(words[1]) == nil
        {
            return answerPassword(words[2], words[1].folded.capitalizedFirst)
        }
        if words.count == 2, words[0].folded == "characters", game.account(of: words[1]) != nil {
            wantsChoice = true
            return enter(.password(name: words[1].folded.capitalizedFirst))
        }
        let owner = game.world.player(named: word) ?? game.world.account(named: word)
        if let owner, !owner[.isGuest] {
            if !wantsNew { return enter(.password(name: owner.name)) }
            // Next time it may be meant as the name of who is there.
            wantsNew = false
            say("That name is taken. Please choose another.", .warning)
            return enter(.name)
        }
        let name = line.folded.capitalizedFirst
        if mayBeOutside, NameRules.check(line) == nil { return enter(.password(name: name)) }
        if let problem = NameRules.problem(with: line, in: game.world) { return say(problem, .warning) }
        guard game.makesAccounts else { return say("There is nobody called \(plain: name).") }
        if wantsNew { return beginCreation(name) }
        say("There is nobody called \(plain: name) yet. Shall I make a new character of that name?")
        enter(.confirmNew(name: name))
    }

    /// Checks a name and a password that came together.
    func logIn(name: String, password: String) {
        wantsChoice = false
        wantsNew = false
        answerPassword(password, name)
    }

    /// Whether characters are made here, and the next name is to be that of one; if not, the session is told so.
    private func mayMakeNew() -> Bool {
        wantsNew = game.makesAccounts
        if !wantsNew { say("No characters are made here: come in with the name and the password you have already.") }
        return wantsNew
    }

    private func answerPassword(_ line: String, _ name: String, code: String? = nil) {
        // An empty one needs no look.
        if line.isEmpty || code?.isEmpty == true {
            tellLoginFailure(.refused)
            return refuse(name)
        }
        logIn(.password(name: name.folded, password: line, code: code), named: name) { session in
            session.enter(.code(name: name, password: line))
        }
    }

    /// Shows credentials to the portal, which lets this session into play when they are right.
    private func logIn(_ credential: Credential, named name: String, codeWanted: @escaping (Session) -> Void) {
        enter(.checking(nil))
        let origin = LoginOrigin(door: door.name, source: door.source)
        game.portal.login(credential, as: PlayedCharacter.self, mind: self, from: origin).whenDone { [self] result in
            guard case .failure(let error) = result, case .checking = stage else { return }
            let failure = error as? LoginFailure ?? .unavailable
            tellLoginFailure(failure)
            switch failure {
            case .refused: refuse(name)
            case .codeWanted: codeWanted(self)
            case .tooManyGuesses(let wait): refuseGuesses(wait)
            case .unavailable:
                say(failure.sentence, .warning)
                finish()
            case .notAdmitted(let english):
                if !english.isEmpty { say(denial ?? failure.sentence, .warning) }
                denial = nil
                enter(.name)
            }
        }
    }

    private func refuse(_ name: String) {
        wrongPasswords += 1
        say("That is not the password of \(plain: name).", .warning)
        if wrongPasswords >= 3 {
            say("Goodbye.")
            return finish()
        }
        enter(.name)
    }

    private func answerConfirmation(_ line: String, _ name: String) {
        switch yesOrNo(line) {
        case true?: beginCreation(name)
        case false?:
            say("Then type another name.")
            enter(.name)
        case nil: say("Please answer yes or no.")
        }
    }

    private func beginCreation(_ name: String) {
        if let refusal = game.admitCreation(from: door.source) {
            say(refusal, .warning)
            return enter(.name)
        }
        say(CharacterCreation.passwordRule(game))
        enter(.creating(CharacterCreation(named: name, language: language)))
    }

    private func answerCreation(_ line: String, _ creation: CharacterCreation) {
        var creation = creation
        let remark = creation.answer(
            line, in: game, from: door.source, isScreenReader: clientProfile.screenReader)
        if let remark { say(remark.text, remark.isProblem ? .warning : .plain) }
        enter(.creating(creation))
        if creation.question == nil {
            hash(creation.password) { session, hash in session.game.createCharacter(creation, hash, for: session) }
        }
    }

    private func yesOrNo(_ line: String) -> Bool? { Game.yesOrNo(line, in: language) }
}
