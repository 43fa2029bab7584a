import Basics
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// New passwords.
extension Game {
    /// Keeps a new password's hash.
    ///
    /// - Returns: Whether it could be kept.
    func storePassword(_ hash: String, in account: Thing) -> Bool {
        let outcome = makeTurn { turn in turn.world.set(.passwordHash, to: hash, on: account) }
        run(outcome)
        return outcome.record != nil
    }

    /// What is wrong with a new password; nil when it will do.
    func passwordProblem(_ password: String, name: String) -> Sentence? {
        if password.count < settings.minimumPasswordLength {
            return "A password needs at least \(plain: String(settings.minimumPasswordLength)) characters."
        }
        if password.count > SessionLimits.passwordLength {
            return "A password may have at most \(plain: String(SessionLimits.passwordLength)) characters."
        }
        if InputText.decode(Array(password.utf8)).trimmed != password {
            return "A password cannot begin or end with a space, or hold characters that cannot be typed in a line."
        }
        if password.folded == name.folded { return "Your own name is too easy to guess." }
        return nil
    }
}
