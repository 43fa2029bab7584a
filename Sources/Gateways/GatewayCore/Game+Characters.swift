import AuditCore
import Basics
import CredentialCore
import WorldLanguage
package import WorldModel
import WorldVerbs

/// Several characters of one account.
extension Game {
    /// Makes one more character for the account of somebody in play.
    func createCharacter(named name: String, for session: Session, _ persona: Thing) {
        guard let account = world.thing(persona, .account) else { return }
        let name = name.folded.capitalizedFirst
        if account[.characters].count >= Accounts.mostCharacters {
            return session.say(
                "You have \(plain: String(Accounts.mostCharacters)) characters, which is the most.", .warning)
        }
        if let problem = NameRules.problem(with: name, in: world) { return session.say(problem, .warning) }
        let namesake = world.account(named: name)
        guard world.player(named: name) == nil, namesake == nil || namesake === account else {
            return session.say("That name is taken. Please choose another.", .warning)
        }
        if let refusal = admitCreation(from: session.door.source) { return session.say(refusal, .warning) }
        let outcome = makeTurn { turn in _ = Accounts.addCharacter(named: name, to: account, turn: turn) }
        run(outcome)
        guard outcome.record != nil else {
            return session.say("A new character cannot be kept just now. Please try again later.", .warning)
        }
        session.auditWhenDurable(AuditEvent(.create, actor: name, origin: session.origin, detail: "of \(account.name)"))
        desk.budget.know(account: name.folded, key: GuessBudget.sourceKey(session.door.source))
        session.say(
            "\(plain: name) is made. Type play \(plain: name.folded) to be \(plain: name); your password is the same.")
    }

    /// Has a player go on as another character of their account, at this door.
    ///
    /// The one they were leaves play, unless other doors are still attached to it.
    func play(named name: String, for session: Session, _ persona: Thing) {
        guard let account = world.thing(persona, .account),
            let other = world.player(named: name), world.thing(other, .account) === account
        else {
            return session.say("You have no character of that name. Type characters to see them.", .warning)
        }
        if other === persona { return session.say("You are \(plain: persona.name) already.") }
        play(other, at: session, insteadOf: persona)
    }

    /// The same with a character that is known to be another one of the same account.
    ///
    /// - Parameters:
    ///   - other: Whom they go on as.
    ///   - session: Where; what keeps them from it is told there.
    ///   - persona: Whom they play there now.
    package func play(_ other: Thing, at session: Session, insteadOf persona: Thing) {
        if other.location == nil, let reason = interpreter.readOnlyReason {
            return session.say(
                "Nobody can come in just now, because \(Sentence(message: reason)). Please try again later.", .warning)
        }
        detach(session, persona, "goes on as \(other.name)")
        if doors(of: persona).isEmpty { leave(persona) }
        admit(other, to: session, renewedHash: nil)
    }

    /// The characters of an account, in the order of their making.
    func characters(of account: Thing) -> [Thing] { Accounts.characters(of: account, world: world) }

    /// The account whose characters somebody has to choose from; nil when it is clear who comes in.
    func accountToChoose(_ name: String, _ session: Session) -> Thing? {
        let persona = world.player(named: name)
        guard let account = persona.flatMap({ world.thing($0, .account) }) ?? world.account(named: name) else {
            return nil
        }
        if persona != nil, !session.wantsChoice { return nil }
        return characters(of: account).isEmpty ? nil : account
    }
}

/// The choice of a character at the door.
extension Session {
    /// Asks who of an account comes in, unless there is only one.
    func choose(from account: Thing, renewedHash: String?) {
        wantsChoice = false
        let characters = game.characters(of: account)
        if characters.count == 1 { return game.admit(characters[0], to: self, renewedHash: renewedHash) }
        showChoice(characters)
        enter(.choosing(account, renewedHash: renewedHash))
    }

    private func showChoice(_ characters: [Thing]) {
        var text = text("\(phrase: "Your characters", .title)")
        for (index, character) in characters.enumerated() {
            text.append("\n\(index + 1). ")
            text.append(character.name, .person)
            if game.isPresent(character) { text.append(self.text("\(phrase: " (in play)", .faint)")) }
        }
        show(text)
    }

    /// Takes the name or number of a character.
    func answerChoice(_ line: String, _ account: Thing, _ renewedHash: String?) {
        let word = word(line)
        if word.isEmpty { return }
        let characters = game.characters(of: account)
        if let number = Int(word), characters.indices.contains(number - 1) {
            return game.admit(characters[number - 1], to: self, renewedHash: renewedHash)
        }
        if let chosen = characters.first(where: { $0.name.folded == word }) {
            return game.admit(chosen, to: self, renewedHash: renewedHash)
        }
        say("That is none of them. Type a name or a number.", .warning)
        showChoice(characters)
    }
}
