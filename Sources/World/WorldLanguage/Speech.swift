import Basics
package import WorldModel

/// Something that is being said in a turn, given along wherever it is told, so that doors know it is the same everywhere.
///
/// ```swift
/// let speech = turn.speech(.say, text)
/// turn.announce("\(actor) \(verb: "say"), \"\(speech: text)\"", in: place, as: .speech, of: speech)
/// ```
///
/// Made by ``Turn/speech(_:_:to:isGesture:waits:post:visitor:)``.
package struct Speech {
    let kind: Utterance.Kind
    /// Exactly what is said; nil when each reader has it in their own language, as words of the world's content.
    let words: String?
    let people: [Thing]
    let isGesture: Bool
    let waits: Bool
    let post: Utterance.Post?
    /// Whose words it is, if they have no character; nil for the speaker.
    let visitor: String?
    /// Counts from 1 in the turn.
    let number: Int

    /// Whether everybody who hears it knows whose words it is, whether they see them or not.
    private var isKnown: Bool {
        switch kind {
        case .tell, .group, .channel: true
        case .say, .shout, .emote, .whisper: false
        }
    }

    /// The words as some people hear them who read the same text.
    ///
    /// - Parameters:
    ///   - sentence: What they read it in.
    ///   - text: The same, as they read it.
    ///   - reader: One of them.
    ///   - speaker: Whose words it is.
    ///   - language: What they read; nil is English.
    ///   - sees: Whether they see somebody.
    /// - Returns: nil when a gesture does not begin with whose it is, so that there is no saying it apart.
    func utterance(
        in sentence: Sentence, _ text: StyledText, for reader: Thing, by speaker: Thing, _ language: Language?,
        sees: (Thing) -> Bool
    ) -> Utterance? {
        func name(_ thing: Thing) -> String {
            guard isKnown || thing === reader || sees(thing) else { return "" }
            if thing.has(.player) { return thing.name }
            return ("\(thing)" as Sentence).phrase(for: .makeNobody(), in: language, sees: sees).plain
        }
        let own = visitor ?? name(speaker)
        let spoken: StyledText
        if let words {
            spoken = StyledText(words, isGesture ? .plain : .speech)
        } else if isGesture {
            // As one reads it who has no part in it: a door puts the name before it.
            let whole = sentence.phrase(for: .makeNobody(), in: language) { $0 === reader || sees($0) }.plain
            guard !own.isEmpty, whole.hasPrefix(own) else { return nil }
            spoken = StyledText(String(whole.dropFirst(own.count)).trimmed)
        } else {
            spoken = Utterance.spoken(in: text)
        }
        func person(_ thing: Thing, _ name: String) -> Utterance.Person {
            // Who is not perceived is not known by number either.
            Utterance.Person(number: name.isEmpty ? ThingID(0) : thing.id, name: name)
        }
        return Utterance(
            id: post?.id ?? "\(number)", kind: kind, speaker: person(speaker, own), words: spoken, isGesture: isGesture,
            waits: waits, addressees: people.map { person($0, name($0)) }, post: post)
    }
}

extension Turn {
    /// Begins to say something, so that doors know that what is told of it in several sentences is one.
    ///
    /// - Parameters:
    ///   - kind: How it is said.
    ///   - words: Exactly what is said, or what goes on from the speaker's name; nil to take it from what each reads.
    ///   - people: Whom it is said to by name.
    ///   - isGesture: Whether it goes on from the speaker's name.
    ///   - waits: Whether it is left for somebody who is away.
    ///   - post: Where it stands on a channel.
    ///   - visitor: Whose words it is, if they are of another network and have no character.
    /// - Returns: What the sentences told of it are to carry.
    package func speech(
        _ kind: Utterance.Kind, _ words: String?, to people: [Thing] = [], isGesture: Bool = false, waits: Bool = false,
        post: Utterance.Post? = nil, visitor: String? = nil
    ) -> Speech {
        speechCount += 1
        return Speech(
            kind: kind, words: words, people: people, isGesture: isGesture, waits: waits, post: post, visitor: visitor,
            number: speechCount)
    }
}
