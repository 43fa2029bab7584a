import WorldLanguage
import WorldModel

extension Interpreter {
    /// Tells somebody who comes into play what mail came meanwhile; nothing when none did.
    ///
    /// - Complexity: O(*n*) in the letters of the inbox.
    func tellOfMail(_ persona: Thing, _ turn: Turn) {
        let unread = Mailbox(of: persona, in: turn.world).unread
        if unread == 1 {
            turn.tell(persona, "You have an unread letter. \(command: "mail next") shows it.", as: .reference)
        } else if unread > 1 {
            let count = String(unread)
            turn.tell(
                persona, "You have \(plain: count) unread letters. \(command: "mail") lists them.", as: .reference)
        }
    }
}
