package import Basics
package import WorldModel

/// What kind of message something is, so that each player and each door may treat it its own way.
package enum MessageCategory: String, Sendable, CaseIterable {
    /// What one sees: rooms, descriptions, lists.
    case sight
    /// What somebody does.
    case action
    /// Who comes and goes.
    case movement
    /// What happens around one that nobody does at one, such as rain, or that it is dark now.
    case ambience
    case speech
    case emote
    case tell
    /// What is said on a channel.
    case channel
    /// Help and other reference text.
    case reference
    /// Refusals and questions of the parser.
    case refusal
    /// From the server itself; players cannot make one.
    case system

    /// Whether it is somebody's words or gestures, which whoever ignores them does not get.
    package var isTalk: Bool {
        switch self {
        case .speech, .emote, .tell, .channel: true
        case .sight, .action, .movement, .ambience, .reference, .refusal, .system: false
        }
    }
}

/// One text and everybody who gets it.
package struct Delivery {
    package let recipients: [Thing]
    package let text: StyledText
    package let category: MessageCategory
    /// Whose words or gestures these are; nil when they are nobody's.
    package let speaker: Thing?

    package init(recipients: [Thing], text: StyledText, category: MessageCategory, speaker: Thing? = nil) {
        self.recipients = recipients
        self.text = text
        self.category = category
        self.speaker = category.isTalk ? speaker : nil
    }
}

/// What a verb asks of the session it was typed in.
package enum SessionRequest: Equatable {
    case quit
    case changePassword
    /// To have an authenticator for the account, or to give it up; nil asks how that stands.
    case authenticator(on: Bool?)
    /// A claim code to try.
    case claim(String)
    /// A setting of the account was changed; the door should read them again.
    case settingsChanged
    /// To see the connections attached to this character.
    case listDoors
    /// To close the one of that number in the list.
    case closeDoor(Int)
    case closeOtherDoors
    case leaveByDoor
    /// To have another character of the same account.
    case createCharacter(String)
    /// To go on as another character of the same account.
    case play(String)
    /// A character of the same account was ended.
    case characterDeleted(String)
}

/// A verb's polite no; everything the turn changed is rolled back and the actor reads the text.
///
/// Usually made by ``Turn/refusal(_:)``.
package struct Refusal: Error, Equatable {
    package let text: StyledText
    /// What kind of no it is when somebody may not do what they want; nil when the world objects for another reason.
    package let kind: RefusalKind?

    package init(text: StyledText, kind: RefusalKind? = nil) {
        self.text = text
        self.kind = kind
    }
}

/// One turn in the hands of a verb: who acts, in which world, and what everybody is told.
///
/// Texts are rendered when they are told, as the world then is, and delivered only when the turn is kept.
package final class Turn {
    package let world: World
    package private(set) var actor: Thing
    package private(set) var role: Role
    private let attendance: (any Attendance)?
    package let languages: LanguageTable
    package private(set) var deliveries: [Delivery] = []
    package private(set) var requests: [SessionRequest] = []
    /// What programs of those in places are to play, by the names of files; not more than ``mostSounds``.
    package private(set) var sounds: [(name: String, place: Thing)] = []
    private static let mostSounds = 8
    /// What the actor reads; nil is English.
    package private(set) var language: Language?
    private var isQuiet = false
    /// Exceptions up to which going through them is as fast as looking them up.
    private static let handful = 8
    /// What waits for the turn to be kept.
    private var remembrances: [() -> Void] = []
    /// What the actor perceived, and when.
    private var perceived: (perception: Perception, revision: UInt64)?

    package init(
        world: World, actor: Thing, role: Role, attendance: (any Attendance)?,
        languages: LanguageTable = .empty
    ) {
        self.world = world
        self.actor = actor
        self.role = role
        self.attendance = attendance
        self.languages = languages
        language = languages.language(of: actor)
    }

    /// Lets somebody whom the turn itself has made act from here on.
    package func goOn(as actor: Thing, role: Role) {
        self.actor = actor
        self.role = role
        language = languages.language(of: actor)
    }

    /// Goes on in the language that the actor has chosen meanwhile.
    package func readAgain() { language = languages.language(of: actor) }

    /// Everybody who is connected and in play, in order of arrival.
    package var present: [Presence] { attendance?.present ?? [] }

    /// The same without what their doors know of them.
    package var connected: [Thing] { attendance?.connected ?? [] }

    package func isPresent(_ persona: Thing) -> Bool { attendance?.isPresent(persona) == true }

    /// Whether somebody's client or setting, as it was before the turn, says that they listen to the text.
    package func usesScreenReader(_ persona: Thing) -> Bool { attendance?.usesScreenReader(persona) == true }

    /// What the actor perceives as things stand now; made once until something changes.
    package var perception: Perception {
        if let perceived, perceived.revision == world.revision, perceived.perception.observer === actor {
            return perceived.perception
        }
        let made = Perception(of: actor, in: world)
        perceived = (made, world.revision)
        return made
    }

    package func request(_ request: SessionRequest) {
        if !isQuiet { requests.append(request) }
    }

    /// A sentence as the actor reads it; what every text for them is put together of.
    package func text(_ sentence: Sentence) -> StyledText {
        sentence.rendered(for: actor, in: language, sees: perception.sees)
    }

    /// The same without a capital, for the middle of a text.
    package func phrase(_ sentence: Sentence) -> StyledText {
        sentence.phrase(for: actor, in: language, sees: perception.sees)
    }

    /// Things that lie together as the actor reads them, like ones counted.
    package func items(of things: [Thing]) -> [StyledText] {
        language.map { LanguageWriter($0, actor).items(of: things) } ?? English.items(of: things)
    }

    /// A text of the world's content in the actor's language.
    package func content(_ text: String) -> String {
        language?.content(text) ?? text
    }

    /// What to throw so that nothing happens and the actor reads why.
    package func refusal(_ sentence: Sentence) -> Refusal {
        Refusal(text: text(sentence))
    }

    /// What to throw when the world objects.
    package func refusal(_ objection: Objection) -> Refusal { refusal(objection.sentence) }

    /// Does something of which nobody is told.
    package func quietly(_ body: () throws -> Void) rethrows {
        let wasQuiet = isQuiet
        isQuiet = true
        defer { isQuiet = wasQuiet }
        try body()
    }

    /// Finds out what would come of something: nobody is told of it, and it has not happened afterwards.
    package func rehearse<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
        let wasQuiet = isQuiet
        isQuiet = true
        defer { isQuiet = wasQuiet }
        return try world.rehearse(body)
    }

    /// Does something wholly or not at all: when it throws, it has not happened and nobody is told of it, and the turn
    /// goes on.
    package func attempt(_ body: () throws -> Void) throws {
        let (told, asked, waiting) = (deliveries.count, requests.count, remembrances.count)
        let heard = sounds.count
        do {
            try world.attempt(body)
        } catch {
            deliveries.removeLast(deliveries.count - told)
            requests.removeLast(requests.count - asked)
            remembrances.removeLast(remembrances.count - waiting)
            sounds.removeLast(sounds.count - heard)
            throw error
        }
    }

    /// Has something done once the turn is kept, and never when that is taken back which asks for it: to remember what is in no
    /// property, such as who told somebody something last.
    package func whenKept(_ deed: @escaping () -> Void) {
        if !isQuiet { remembrances.append(deed) }
    }

    /// Has a sound played to those in a place who want sounds.
    package func play(_ sound: String, in place: Thing?) {
        guard let place, !isQuiet, !sound.isEmpty, sounds.count < Self.mostSounds else { return }
        sounds.append((sound, place))
    }

    /// Does what waited for the turn to be kept.
    package func keep() {
        for deed in remembrances { deed() }
        remembrances = []
    }

    /// Tells the actor.
    package func reply(_ sentence: Sentence, as category: MessageCategory = .action) {
        tell(actor, sentence, as: category)
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
    package func tell(_ person: Thing, _ sentence: Sentence, as category: MessageCategory, by speaker: Thing? = nil) {
        let speaker = speaker ?? actor
        if isQuiet || !gets(person, category, by: speaker) { return }
        // What the actor perceives is known already, nearly always.
        let perception = person === actor ? self.perception : Perception(of: person, in: world)
        let text = sentence.rendered(for: person, in: languages.language(of: person), sees: perception.sees)
        deliveries.append(Delivery(recipients: [person], text: text, category: category, speaker: speaker))
    }

    /// Tells many people the same, wherever they are: one text for all who read the same language.
    ///
    /// - Parameters:
    ///   - sentence: Nothing in it may depend on who reads it.
    ///   - people: Who is told, but for those who ignore the actor.
    ///   - category: What kind of message it is.
    /// - Complexity: O(*n*) in the people.
    package func broadcast(_ sentence: Sentence, to people: [Thing], as category: MessageCategory) {
        if isQuiet { return }
        let ears = ears(category, for: actor)
        for (language, readers) in byLanguage(ears.deaf.isEmpty ? people : people.filter(ears.hear)) {
            let text = sentence.rendered(for: readers[0], in: language, sees: { _ in true })
            deliveries.append(Delivery(recipients: readers, text: text, category: category, speaker: actor))
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
    package func announce(
        _ sentence: Sentence, in place: Thing?, except: [Thing] = [], unseenFrom unseen: Thing? = nil,
        as category: MessageCategory = .action, by speaker: Thing? = nil
    ) {
        if isQuiet { return }
        guard let place else { return reply(sentence, as: category) }
        let speaker = speaker ?? actor
        tellEverybody(sentence, in: place, except: except, as: category, by: speaker)
        if Self.seenBeyond.contains(category) {
            show(sentence, in: place, toThoseBeyond: except, but: unseen, as: category, by: speaker)
        }
    }

    /// Tells those in a place, and nobody elsewhere.
    func tellEverybody(
        _ sentence: Sentence, in place: Thing, except: [Thing], as category: MessageCategory, by speaker: Thing
    ) {
        let subjects = sentence.things
        let many = except.count > Self.handful ? Set(except) : nil
        let ears = ears(category, for: speaker)
        var bystanders: [Thing] = []
        visitPersonas(in: place, depth: 0) { person in
            if many?.contains(person) ?? except.contains(where: { $0 === person }) { return }
            let isConcerned = subjects.contains { $0 === person }
            if !isConcerned, isMuted(category, for: person) { return }
            if !ears.hear(person) { return }
            if person.location === place, !isConcerned {
                bystanders.append(person)
            } else {
                tell(person, sentence, as: category, by: speaker)
            }
        }
        guard let witness = bystanders.first else { return }
        if !Perception(of: witness, in: world).isLit {
            // In the dark one knows by touch what one carries, and hears of the rest like everybody.
            let isApart = { (person: Thing) in subjects.contains { $0.isWithin(person) } }
            for person in bystanders.filter(isApart) { tell(person, sentence, as: category, by: speaker) }
            bystanders.removeAll(where: isApart)
        }
        for (language, readers) in byLanguage(bystanders) {
            let view = Perception(of: readers[0], in: world)
            let text = sentence.rendered(for: readers[0], in: language, sees: view.sees)
            deliveries.append(Delivery(recipients: readers, text: text, category: category, speaker: speaker))
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
        visitPersonas(in: place, depth: 0) { found.append($0) }
        return found
    }

    private func visitPersonas(in enclosure: Thing, depth: Int, _ visit: (Thing) -> Void) {
        for thing in enclosure.contents {
            if thing.has(.player) {
                visit(thing)
            } else if !thing.contents.isEmpty, thing.isSeeThrough, depth < Perception.maximumDepth {
                visitPersonas(in: thing, depth: depth + 1, visit)
            }
        }
    }
}
