import AuditCore
import Basics
import CredentialCore
import ReactorCore
import WorldLanguage
import WorldModel

/// What a player wants of the passwords of their programs, in play; ``Session/KeyChange`` has what follows.
extension Session {
    func fulfil(appPasswords wish: CredentialWish, _ persona: Thing) {
        switch wish {
        case .list: listAppPasswords(persona)
        case .add(let door): beginMakingAppPassword(door.folded, persona)
        case .remove(let word): beginRemovingAppPassword(word, persona)
        }
    }

    private func listAppPasswords(_ persona: Thing) {
        guard let account = game.world.thing(persona, .account) else { return }
        let passwords = game.appPasswords(of: account)
        if passwords.isEmpty {
            return say(
                "None of your programs has a password of its own. \(command: "help app-password") tells how to make one."
            )
        }
        var text = text("\(phrase: "Passwords of your programs", .title)")
        for (index, password) in passwords.enumerated() {
            text.append("\n\(index + 1). \(password.name)\n   ")
            text.append(self.text(told(of: password.added, password.lastUsed)))
        }
        show(text)
    }

    private func beginMakingAppPassword(_ door: String, _ persona: Thing) {
        guard accountForKeys(persona) != nil else { return }
        guard AccountPassword.doors.contains(door) else {
            let doors = AccountPassword.doors.joined(separator: ", ")
            return say("Programs can have passwords of their own for these doors alone: \(plain: doors).", .warning)
        }
        enter(.changingKeys(persona, .makePassword(door: door), .password))
    }

    private func beginRemovingAppPassword(_ word: String, _ persona: Thing) {
        guard let account = accountForKeys(persona) else { return }
        let passwords = game.appPasswords(of: account)
        guard let place = passwords.place(of: word) else {
            return say(
                "There is no such password. Type \(command: "app-password") to see those of your programs.", .warning)
        }
        enter(.changingKeys(persona, .removePassword(passwords[place]), .password))
    }

    /// Makes one on a worker thread, after all that had to be shown was shown.
    func makeAppPassword(for door: String, _ persona: Thing, _ verified: String) {
        enter(.checking(persona))
        let now = game.wallTime()
        game.desk.run { _ in try AccountPassword.make(for: door, at: now) }.whenDone { [self] result in
            guard case .checking = stage else { return }
            enter(.playing(persona))
            guard case .success(let made) = result else {
                return say("No password can be made just now. Please try again in a moment.", .warning)
            }
            take(made.text, made.kept, persona, verified)
        }
    }

    private func take(_ text: String, _ made: AccountPassword, _ persona: Thing, _ verified: String) {
        guard let account = game.world.thing(persona, .account), account[.passwordHash] == verified else {
            return say("Somebody else changed your password meanwhile; nothing is changed.", .warning)
        }
        let passwords = game.appPasswords(of: account)
        let former = passwords.filter { $0.name == made.name }
        guard game.store(passwords.filter { $0.name != made.name } + [made], in: account) else {
            return say("The password cannot be kept just now; nothing is changed.", .warning)
        }
        audit("\(made.means) made", persona)
        say(
            """
            The password for \(plain: made.name) is \(text, .emphasis) with its hyphens. It is shown only now: give it to your \
            program, together with your name. It opens that door alone.
            """)
        if !former.isEmpty { say("The one before lets nobody in any more. Other connections made with it end.") }
        tellOtherDoors(
            of: persona, "A password for a program was made at another connection of yours: \(place).")
        game.whenDurable(game.world.sequence) { [self] in
            for password in former { game.expel(password, of: account, sparing: self) }
        }
    }

    func remove(_ password: AccountPassword, from account: Thing, _ persona: Thing) {
        guard game.store(game.appPasswords(of: account).filter { $0.means != password.means }, in: account) else {
            return say("The password cannot be taken away just now; nothing is changed.", .warning)
        }
        audit("\(password.means) removed", persona)
        say("The password for \(plain: password.name) lets nobody in any more. Other connections made with it end.")
        game.whenDurable(game.world.sequence) { [self] in game.expel(password, of: account, sparing: self) }
    }
}
