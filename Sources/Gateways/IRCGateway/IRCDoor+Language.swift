import Basics
import GatewayCore
import IRCWire
import WorldLanguage
import WorldVerbs

/// In which language a player reads what this door has to say.
///
/// The fixed words of numerics, as they stand in the specifications, and what is said before somebody has come in are English.
extension IRCDoor {
    func text(_ sentence: Sentence) -> IRCParameter {
        let language = persona.flatMap { game.interpreter.languages.language(of: $0) }
        return IRCParameter(cleaning: game.text(sentence, in: language).plain)
    }
}
