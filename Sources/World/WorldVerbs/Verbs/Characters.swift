import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let characters = Verb(
        "characters", ["character"], group: .game, role: .player,
        usage: ["characters", "character create NAME", "character delete NAME NAME"],
        summary: "See, make or end the characters of your account.",
        help: """
            One account can have up to ten characters, with one password and one set of settings. `characters` lists them; \
            `character create NAME` makes another, and `play NAME` goes on as it. `character delete NAME NAME` ends one for \
            good, so its name is typed twice; what it carried stays where it was last.
            Example: `character create Bryn`, `play bryn`, `character delete bryn bryn`.
            """,
        forms: [
            [], [.word(["list"])], [.word(["create", "new", "make"]), .name], [.word(["delete"]), .name, .name],
            [.word(["delete"]), .name],
        ]
    ) { command, action in
        switch command.form {
        case 2: action.turn.request(.createCharacter(command.words[0]))
        case 3: try action.deleteCharacter(command.words[0], again: command.words[1])
        case 4: try action.deleteCharacter(command.words[0], again: nil)
        default: try action.listCharacters()
        }
    }

    static let play = Verb(
        "play", group: .game, role: .player, usage: ["play NAME"], summary: "Go on as another of your characters.",
        help: """
            The character you were leaves the game with what it carries, as with `quit`, and you go on as the other one at once. \
            Other connections of yours stay with the old one, and so it stays in play.
            Example: `play bryn`.
            """,
        forms: [[.name]]
    ) { command, action in
        action.turn.request(.play(command.words[0]))
    }
}

extension Action {
    private func account() throws -> Thing {
        guard let account = world.thing(actor, .account) else { throw refuse("Guests have no account.") }
        return account
    }

    fileprivate func listCharacters() throws {
        var text = turn.text("Your characters").styled(.title)
        for character in Accounts.characters(of: try account(), world: world) {
            let name = StyledText(character.name, .person)
            text.append("\n- ")
            if character === actor {
                text.append(turn.text("\(name), whom you play"))
            } else if turn.isPresent(character) {
                text.append(turn.text("\(name), in play at another connection"))
            } else if character.location != nil {
                text.append(turn.text("\(name), who stands in the game without a connection"))
            } else if character[.lastSeen] == 0 {
                text.append(turn.text("\(name), who has not been in the game yet"))
            } else {
                let lastSeen = WallInstant(milliseconds: Int64(character[.lastSeen]))
                let time = max(.zero, lastSeen.duration(to: world.now)).told
                text.append(turn.text("\(name), last in the game \(time) ago"))
            }
        }
        turn.show(text, as: .reference)
    }

    fileprivate func deleteCharacter(_ name: String, again: String?) throws {
        let characters = Accounts.characters(of: try account(), world: world)
        guard let character = characters.first(where: { $0.name.folded == name.folded }) else {
            throw refuse("You have no character called \"\(plain: name)\".")
        }
        if character === actor { throw refuse("You cannot end the character that you play.") }
        if turn.isPresent(character) {
            throw refuse("\(StyledText(character.name, .person)) is in play at another connection.")
        }
        let typed = "character delete \(character.name) \(character.name)"
        guard let again else {
            throw refuse("That cannot be undone. Type the name twice to do it: \(command: typed).")
        }
        guard again.folded == name.folded else {
            throw refuse("Those two names are not the same; nothing was deleted. Type \(command: typed).")
        }
        let text = StyledText(character.name, .person)
        guard Accounts.delete(character, interpreter: interpreter, turn: turn) else {
            throw refuse("\(text) cannot be deleted, because something in the world depends on it.")
        }
        turn.reply("\(text) is no more.", as: .system)
        turn.request(.characterDeleted(text.plain))
    }
}

extension StyledText {
    fileprivate func styled(_ style: TextStyle) -> StyledText { StyledText(plain, style) }
}
