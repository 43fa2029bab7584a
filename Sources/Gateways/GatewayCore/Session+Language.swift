import Basics
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// In which language a session is written to.
extension Session {
    /// What its player reads, nil for English: as the character has it, and before the login as it was chosen there.
    var language: Language? { languageCode.isEmpty ? nil : game.interpreter.languages[languageCode] }

    /// A sentence as its player reads it.
    func text(_ sentence: Sentence) -> StyledText { game.text(sentence, in: language) }

    /// Queues a sentence, all of it in one style unless that is plain.
    func say(_ sentence: Sentence, _ style: TextStyle = .plain) {
        let text = text(sentence)
        show(style == .plain ? text : StyledText(text.plain, style))
    }

    // MARK: The choice

    /// Says in each other language how to go on in it; a terminal that might not show it is not offered any.
    func offerLanguages() {
        guard profile.charset == .utf8 else { return }
        let offers = game.languageOffers(besides: language)
        if !offers.isEmpty { show(offers) }
    }

    /// Begins anew in the language of that code or name.
    ///
    /// - Returns: Whether there is one.
    func chooseLanguage(_ word: String) -> Bool {
        guard let choice = game.languageChoice(word) else { return false }
        languageCode = choice?.code ?? ""
        begin()
        return true
    }

    /// What was chosen before the login, as settings of somebody who is new.
    var chosenSettings: [String: String] { languageCode.isEmpty ? [:] : ["language": languageCode] }

    /// A word of the dialogue in English, whichever of the two it was typed in.
    func word(_ line: String) -> String { Game.word(line, in: language) }
}
