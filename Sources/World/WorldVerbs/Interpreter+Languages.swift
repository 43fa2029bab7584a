package import Basics
package import WorldLanguage
package import WorldModel

/// Lines that are typed in another language than English.
extension Interpreter {
    /// The English command of a line; nil when it is none in another language.
    ///
    /// - Complexity: O(1) for a line in English.
    func english(_ line: String, _ turn: Turn) -> String? {
        spoken.translator.command(
            line,
            isName: { word in
                var isName = false
                turn.perception.walk(naming: [word], atMost: CommandParser.mostMet) { percept in
                    isName = percept.thing.words.match([word], plural: false) == .exact
                    return !isName
                }
                return isName
            }, takesText: { verbs.verb(exactly: $0)?.takesText == true })
    }
}

extension Interpreter {
    /// A sentence as somebody reads it outside a turn, with everything in it known to them.
    package func text(_ sentence: Sentence, for person: Thing) -> StyledText {
        sentence.rendered(for: person, in: spoken.language(of: person)) { _ in true }
    }

    /// The same without a capital, for the middle of a text.
    func phrase(_ sentence: Sentence, for person: Thing) -> StyledText {
        sentence.phrase(for: person, in: spoken.language(of: person)) { _ in true }
    }

    /// The English name of what help is asked about.
    func englishTopic(_ topic: String, _ turn: Turn) -> String {
        spoken.topic(topic) ?? english(topic, turn) ?? topic
    }
}

extension Turn {
    /// How a verb is used, in the actor's language where that says it.
    func usage(of verb: Verb) -> [String] {
        guard let usage = language?.verbs[verb.name]?.usage, !usage.isEmpty else { return verb.usage }
        return usage
    }

    /// What may be typed for a verb in the actor's language.
    func words(for verb: Verb) -> [String] {
        guard let language else { return [] }
        return language.commands.verbs.filter { $0.value == verb.name }.map(\.key).sorted()
    }
}
