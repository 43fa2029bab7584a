package import Basics
package import WorldModel

/// What is told, and to whom: the actor, somebody, many, those in a place, those who hear it from the next one.
extension Turn {
    /// Exceptions up to which going through them is as fast as looking them up.
    private static let handful = 8

    /// Tells the actor.
    package func reply(_ sentence: Sentence, as category: MessageCategory = .action, of speech: Speech? = nil) {
        tell(actor, sentence, as: category, of: speech)
    }

    /// Tells the actor a text that is ready.
    package func show(_ text: StyledText, as category: MessageCategory = .sight) {
        if isQuiet { return }
        deliveries.append(Delivery(recipients: [actor], text: text, category: category))
    }

    /// Whether somebody gets a message: not the words of one whom they ignore.
    private func gets(_ person: Thing, _ category: MessageCategory, by speaker: Thing) -> Bool {
        person === speaker || !category.isTalk || !Ignoring.ignores(person, speaker, world)
    }

    /// Who of many gets the words of one speaker: nearly always everybody, which then costs nothing for each.
    private struct Ears {
        let speaker: Thing
        /// Accounts and guests that ignore the speaker.
        let deaf: Set<ThingID>
        let world: World

        func hear(_ person: Thing) -> Bool {
            deaf.isEmpty || person === speaker || !deaf.contains(world.holder(of: person).id)
        }
    }

    private func ears(_ category: MessageCategory, for speaker: Thing) -> Ears {
        Ears(
            speaker: speaker, deaf: category.isTalk ? Ignoring.accounts(ignoring: speaker, world) : [], world: world)
    }

    /// Tells one person, unless it is said by one whom they ignore.
    ///
    /// - Parameters:
    ///   - person: Who is told.
    ///   - sentence: What they are told, from their own side.
    ///   - category: What kind of message it is.
    ///   - speaker: Whose words these are; nil is the actor.
    ///   - speech: What is said, if the sentence tells of nothing else.
    package func tell(
        _ person: Thing, _ sentence: Sentence, as category: MessageCategory, by speaker: Thing? = nil,
        of speech: Speech? = nil
    ) {
        let speaker = speaker ?? actor
        if isQuiet || !gets(person, category, by: speaker) { return }
        // What the actor perceives is known already, nearly always.
        let perception = person === actor ? self.perception : Perception(of: person, in: world)
        deliver(
            sentence, to: [person], languages.language(of: person), as: category, by: speaker, of: speech,
            sees: perception.sees)
    }

    /// Delivers a sentence to people who all read the same.
    private func deliver(
        _ sentence: Sentence, to people: [Thing], _ language: Language?, as category: MessageCategory,
        by speaker: Thing,
        of speech: Speech?, sees: (Thing) -> Bool
    ) {
        guard let reader = people.first else { return }
        let text = sentence.rendered(for: reader, in: language, sees: sees)
        deliveries.append(
            Delivery(
                recipients: people, text: text, category: category, speaker: speaker,
                utterance: speech?.utterance(in: sentence, text, for: reader, by: speaker, language, sees: sees)))
    }

    /// Tells many people the same, wherever they are: one text for all who read the same language.
    ///
    /// - Parameters:
    ///   - sentence: Nothing in it may depend on who reads it.
    ///   - people: Who is told, but for those who ignore the actor.
    ///   - category: What kind of message it is.
    ///   - speech: What is said, if the sentence tells of nothing else.
    /// - Complexity: O(*n*) in the people.
    package func broadcast(
        _ sentence: Sentence, to people: [Thing], as category: MessageCategory, of speech: Speech? = nil
    ) {
        if isQuiet { return }
        let ears = ears(category, for: actor)
        for (language, readers) in byLanguage(ears.deaf.isEmpty ? people : people.filter(ears.hear)) {
            deliver(sentence, to: readers, language, as: category, by: actor, of: speech) { _ in true }
        }
    }

    /// Tells everybody in a place, the actor too; each hears it from their own side.
    ///
    /// Those who see into the place from the next one are told as well, unless it is speech. Listeners who stand openly in
    /// the place and are not spoken of hear the same words, which are rendered once.
    ///
    /// - Parameters:
    ///   - sentence: What they are told.
    ///   - place: Where; nowhere, only the actor is told.
    ///   - except: Who is not told.
    ///   - unseen: From which next place it is not seen, because those there read otherwise of it.
    ///   - category: What kind of message it is.
    ///   - speaker: Whose words these are; nil is the actor.
    ///   - speech: What is said, if the sentence tells of nothing else.
    package func announce(
        _ sentence: Sentence, in place: Thing?, except: [Thing] = [], unseenFrom unseen: Thing? = nil,
        as category: MessageCategory = .action, by speaker: Thing? = nil, of speech: Speech? = nil
    ) {
        if isQuiet { return }
        guard let place else { return reply(sentence, as: category, of: speech) }
        let speaker = speaker ?? actor
        tellEverybody(sentence, in: place, except: except, as: category, by: speaker, of: speech)
        if Self.seenBeyond.contains(category) {
            show(sentence, in: place, toThoseBeyond: except, but: unseen, as: category, by: speaker)
        }
    }

    /// Tells those in a place, and nobody elsewhere.
    func tellEverybody(
        _ sentence: Sentence, in place: Thing, except: [Thing], as category: MessageCategory, by speaker: Thing,
        of speech: Speech? = nil
    ) {
        let subjects = sentence.things
        let many = except.count > Self.handful ? Set(except) : nil
        let ears = ears(category, for: speaker)
        var bystanders: [Thing] = []
        place.visitPlayers { person in
            if many?.contains(person) ?? except.contains(where: { $0 === person }) { return }
            let isConcerned = subjects.contains { $0 === person }
            if !isConcerned, isMuted(category, for: person) { return }
            if !ears.hear(person) { return }
            if person.location === place, !isConcerned {
                bystanders.append(person)
            } else {
                tell(person, sentence, as: category, by: speaker, of: speech)
            }
        }
        guard let witness = bystanders.first else { return }
        if !Perception(of: witness, in: world).isLit {
            // In the dark one knows by touch what one carries, and hears of the rest like everybody.
            let isApart = { (person: Thing) in subjects.contains { $0.isWithin(person) } }
            for person in bystanders.filter(isApart) { tell(person, sentence, as: category, by: speaker, of: speech) }
            bystanders.removeAll(where: isApart)
        }
        for (language, readers) in byLanguage(bystanders) {
            let view = Perception(of: readers[0], in: world)
            deliver(sentence, to: readers, language, as: category, by: speaker, of: speech, sees: view.sees)
        }
    }

    /// Readers with their language, nil being English; nearly always all read the same.
    private func byLanguage(_ readers: [Thing]) -> [(language: Language?, readers: [Thing])] {
        guard let first = readers.first else { return [] }
        let usual = languages.language(of: first)
        guard let end = readers.firstIndex(where: { languages.language(of: $0) !== usual }) else {
            return [(usual, readers)]
        }
        var groups: [(language: Language?, readers: [Thing])] = [(usual, Array(readers[..<end]))]
        for reader in readers[end...] {
            let language = languages.language(of: reader)
            if let group = groups.firstIndex(where: { $0.language === language }) {
                groups[group].readers.append(reader)
            } else {
                groups.append((language, [reader]))
            }
        }
        return groups
    }

    /// Tells those in the next places who hear what is said in this one through a way that carries sound: the words when
    /// it is one step away, else only that there are words.
    package func carry(_ words: String, of speaker: Thing, from place: Thing?) {
        carry("\(speech: words)", of: speaker, from: place)
    }

    /// The same with words that are a part of a sentence, as a text of the content that each language has in its own way.
    package func carry(_ words: Sentence, of speaker: Thing, from place: Thing?) {
        guard let place, !isQuiet else { return }
        var told: [Thing] = [place]
        for exit in world.exits(of: place) {
            guard let beyond = world.thing(exit, .destination), !told.contains(where: { $0 === beyond }) else {
                continue
            }
            told.append(beyond)
            guard let way = world.earshot(from: beyond, of: place) else { continue }
            announce(overheard(words, of: speaker, through: way), in: beyond, as: .speech, by: speaker)
        }
    }

    private func overheard(_ words: Sentence, of speaker: Thing, through way: Thing) -> Sentence {
        let source = direction(of: way)
        if way.steps > 1 { return "\(source), you hear \(speaker) talking, too far away to make out the words." }
        guard let door = world.door(of: way) else {
            return "\(source), you hear \(speaker) say, muffled, \"\(words)\""
        }
        return "\(source), through \(the: door), you hear \(speaker) say, muffled, \"\(words)\""
    }

    private func direction(of way: Thing) -> Sentence {
        let direction = Direction(rawValue: way[.direction])
        return direction.map { $0.arrival } ?? "from \(way.whereabouts)"
    }

    /// The players who are openly in a place or see out of what they are in there.
    package func players(in place: Thing) -> [Thing] {
        var found: [Thing] = []
        place.visitPlayers { found.append($0) }
        return found
    }

    /// Whether somebody does not want to read what others do of this kind, when it does not concern them.
    private func isMuted(_ category: MessageCategory, for person: Thing) -> Bool {
        guard let setting = category.setting, person !== actor else { return false }
        return world.setting(setting, of: person) == "off"
    }
}
