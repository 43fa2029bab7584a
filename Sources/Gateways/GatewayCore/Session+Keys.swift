import AuditCore
import Basics
import CredentialCore
import ReactorCore
import SSHKeys
import WorldLanguage
import WorldModel

/// The dialogue about the keys of an account, in play.
extension Session {
    /// What shall become of them, of certificates, and of the passwords of programs.
    enum KeyChange {
        case add(AccountKey)
        case remove(AccountKey)
        case addCertificate(AccountCertificate)
        case removeCertificate(AccountCertificate)
        case makePassword(door: String)
        case removePassword(AccountPassword)

        /// Whether it makes one more way in.
        var opens: Bool {
            switch self {
            case .add, .addCertificate, .makePassword: true
            case .remove, .removeCertificate, .removePassword: false
            }
        }
    }

    /// What is asked for before that.
    enum KeyStep {
        case password
        /// What lets in without the authenticator's code, is not added without one; `verified` is the hash that the password
        /// was right for.
        case code(verified: String)
    }

    /// Lists the keys of an account.
    func listKeys(_ persona: Thing) {
        guard let account = game.world.thing(persona, .account) else { return }
        let keys = game.keys(of: account)
        if keys.isEmpty {
            return say("You have no key for SSH. \(command: "help ssh-key") tells how to come in with one.")
        }
        var text = text("\(phrase: "Your keys", .title)")
        for (index, key) in keys.enumerated() {
            text.append("\n\(index + 1). \(key.name)\n   ")
            text.append(key.key.map { "\($0)" } ?? key.fingerprint, .faint)
            text.append("\n   ")
            text.append(self.text(told(of: key.added, key.lastUsed)))
        }
        show(text)
    }

    /// Begins to add a key, given as its file has it in a line.
    func beginAddingKey(_ line: String, _ persona: Thing) {
        guard let account = accountForKeys(persona) else { return }
        let keys = game.keys(of: account)
        if line.contains("PRIVATE KEY") {
            return say(
                """
                That is from a private key, which nobody but you should ever see; make a new one. The game needs the line in the \
                file that ends in .pub.
                """, .warning)
        }
        do throws(SSHKeyFailure) {
            let key = try game.readKey(line, for: account)
            if let same = keys.first(where: { $0.line == key.line }) {
                return say("You have that key already; it is called \(plain: same.name).")
            }
            if keys.count >= AccountKey.most {
                return say("You have \(plain: String(AccountKey.most)) keys, which is the most.", .warning)
            }
            enter(.changingKeys(persona, .add(key), .password))
        } catch {
            say(Self.complaint(error), .warning)
        }
    }

    /// Begins to take a key away, by its name or number.
    func beginRemovingKey(_ word: String, _ persona: Thing) {
        guard let account = accountForKeys(persona) else { return }
        let keys = game.keys(of: account)
        guard let place = keys.place(of: word) else {
            return say("You have no key called \"\(plain: word)\". Type \(command: "ssh-key") to see them.", .warning)
        }
        enter(.changingKeys(persona, .remove(keys[place]), .password))
    }

    func accountForKeys(_ persona: Thing) -> Thing? {
        if let account = game.world.thing(persona, .account), !account[.passwordHash].isEmpty { return account }
        say("Your password is not kept in the game, so nothing can go with it here.")
        return nil
    }

    private static func complaint(_ failure: SSHKeyFailure) -> Sentence {
        switch failure.code {
        case .unsupported:
            "Keys of that type are not taken here. \(command: "ssh-keygen -t ed25519") makes one that is."
        case .badSize: "A key of RSA needs at least 2048 bits, and at most 8192."
        default:
            "That is no key. Give the game the whole line in the file that ends in .pub: a type, the key and a name."
        }
    }

    /// Takes an answer of the dialogue.
    func answerKeys(_ line: String, _ persona: Thing, _ change: KeyChange, _ step: KeyStep) {
        switch step {
        case .password:
            let account = game.world.thing(persona, .account)
            let verified = account?[.passwordHash] ?? ""
            check(line, of: persona.name, account) { session in
                if change.opens, account?[.oneTimeSecret].isEmpty == false {
                    return session.enter(.changingKeys(persona, change, .code(verified: verified)))
                }
                session.finish(change, persona, verified)
            } refused: { session in
                session.giveUp(persona)
                session.say("That is not your password; nothing is changed.", .warning)
            }
        case .code(let verified): answerCode(line, persona, change, verified)
        }
    }

    private func answerCode(_ line: String, _ persona: Thing, _ change: KeyChange, _ verified: String) {
        guard !line.isEmpty, let account = game.world.thing(persona, .account) else {
            giveUp(persona)
            return say("Nothing is changed.")
        }
        guard admitsCode(of: account) else { return }
        guard game.takesCode(line, of: account) else {
            auditRefusal(of: persona.name, "wrong code")
            giveUp(persona)
            return say("That is not the code of your authenticator; nothing is changed.", .warning)
        }
        acceptedCode(of: account)
        finish(change, persona, verified)
    }

    private func finish(_ change: KeyChange, _ persona: Thing, _ verified: String) {
        guard let account = game.world.thing(persona, .account), account[.passwordHash] == verified else {
            giveUp(persona)
            return say("Somebody else changed your password meanwhile; nothing is changed.", .warning)
        }
        if case .makePassword(let door) = change { return makeAppPassword(for: door, persona, verified) }
        var keys = game.keys(of: account)
        enter(.playing(persona))
        switch change {
        case .add(let key):
            // At another connection there may be more by now.
            if keys.count >= AccountKey.most || keys.contains(where: { $0.line == key.line || $0.name == key.name }) {
                return say("Your keys were changed at another connection meanwhile; please look at them and try again.")
            }
            keys.append(key)
            guard keep(keys, account) else { return }
            audit("key \(key.fingerprint) (\(key.name)) added", persona)
            say(
                """
                The key \(plain: key.name) lets you in by SSH from now on, without your password. Its fingerprint is \
                \(plain: key.fingerprint).
                """)
            tellOtherDoors(of: persona, "A key was added to your account at another connection of yours: \(place).")
        case .remove(let key):
            keys.removeAll { $0.line == key.line }
            guard keep(keys, account) else { return }
            audit("key \(key.fingerprint) (\(key.name)) removed", persona)
            say("The key \(plain: key.name) lets nobody in any more. Other connections made with it end.")
            game.whenDurable(game.world.sequence) { [self] in game.expel(key, of: account, sparing: self) }
        case .addCertificate(let certificate): add(certificate, to: account, persona)
        case .removeCertificate(let certificate): remove(certificate, from: account, persona)
        case .removePassword(let password): remove(password, from: account, persona)
        case .makePassword: break
        }
    }

    private func keep(_ keys: [AccountKey], _ account: Thing) -> Bool {
        if game.store(keys, in: account) { return true }
        say("Your keys cannot be kept just now; they are as they were.", .warning)
        return false
    }

    func tellOtherDoors(of persona: Thing, _ sentence: Sentence) {
        for door in game.doors(of: persona) where door !== self { door.say(sentence, .faint) }
    }

    func audit(_ what: String, _ persona: Thing) {
        auditWhenDurable(AuditEvent(.password, actor: persona.name, origin: origin, detail: what))
    }
}
