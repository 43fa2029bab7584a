package import WorldLanguage
import WorldModel

/// What people say where they are, for doors whose protocol tells words from commands: nothing in the words is read as a command.
extension Interpreter {
    /// Has the actor say something to everybody here, as `say` does.
    package func say(_ text: String, _ turn: Turn) {
        let action = Action(turn: turn, interpreter: self, conversation: conversation(of: turn.actor))
        action.say(text)
        action.learnSpeech(Verb.say, text)
    }

    /// Has the actor show what they do, as `emote` does.
    ///
    /// - Throws: A refusal when it is not clear whom the text names, or it names too many.
    package func emote(_ text: String, _ turn: Turn) throws {
        let action = Action(turn: turn, interpreter: self, conversation: conversation(of: turn.actor))
        do {
            try action.emote(text)
        } catch let question as Question {
            // A number as the answer would be words again.
            throw Refusal(text: question.text)
        }
        action.learnSpeech(Verb.emote, text)
    }
}

extension Action {
    /// Goes on in the tutorial, when that is what it asks for.
    fileprivate func learnSpeech(_ verb: Verb, _ text: String) {
        if !actor[.lesson].isEmpty { learn(from: verb.name, "\(verb.name) \(text)", []) }
    }
}
