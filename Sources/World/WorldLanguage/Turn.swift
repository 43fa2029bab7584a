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
    case speech
    case emote
    case tell
    /// Help and other reference text.
    case reference
    /// Refusals and questions of the parser.
    case refusal
    /// From the server itself; players cannot make one.
    case system
}

/// One text and everybody who gets it.
package struct Delivery {
    package let recipients: [Thing]
    package let text: StyledText
    package let category: MessageCategory

    package init(recipients: [Thing], text: StyledText, category: MessageCategory) {
        self.recipients = recipients
        self.text = text
        self.category = category
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
}

/// A verb's polite no; everything the turn changed is rolled back and the actor reads the text.
///
/// Usually made by ``Turn/refusal(_:)``.
package struct Refusal: Error, Equatable {
    package let text: StyledText

    package init(text: StyledText) {
        self.text = text
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
    package private(set) var deliveries: [Delivery] = []
    package private(set) var requests: [SessionRequest] = []
    private var isQuiet = false
    /// What the actor perceived, and when.
    private var perceived: (perception: Perception, revision: UInt64)?

    package init(world: World, actor: Thing, role: Role, attendance: (any Attendance)?) {
        self.world = world
        self.actor = actor
        self.role = role
        self.attendance = attendance
    }

    /// Lets somebody whom the turn itself has made act from here on.
    package func goOn(as actor: Thing, role: Role) {
        self.actor = actor
        self.role = role
    }

    /// Everybody who is connected and in play, in order of arrival.
    package var present: [Presence] { attendance?.present ?? [] }

    package func isPresent(_ persona: Thing) -> Bool { attendance?.isPresent(persona) == true }

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
    package func text(_ sentence: Sentence) -> StyledText { sentence.rendered(for: actor, sees: perception.sees) }

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
        let (told, asked) = (deliveries.count, requests.count)
        do {
            try world.attempt(body)
        } catch {
            deliveries.removeLast(deliveries.count - told)
            requests.removeLast(requests.count - asked)
            throw error
        }
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

    /// Tells one person.
    package func tell(_ person: Thing, _ sentence: Sentence, as category: MessageCategory) {
        if isQuiet { return }
        let perception = Perception(of: person, in: world)
        let text = sentence.rendered(for: person, sees: perception.sees)
        deliveries.append(Delivery(recipients: [person], text: text, category: category))
    }

    /// Tells everybody in a place, the actor too; each hears it from their own side.
    ///
    /// Listeners who stand openly in the place and are not spoken of hear the same words, which are rendered once.
    package func announce(
        _ sentence: Sentence, in place: Thing?, except: [Thing] = [], as category: MessageCategory = .action
    ) {
        if isQuiet { return }
        guard let place else { return reply(sentence, as: category) }
        let subjects = sentence.things
        var bystanders: [Thing] = []
        visitPersonas(in: place, depth: 0) { person in
            if except.contains(where: { $0 === person }) { return }
            if person.location === place, !subjects.contains(where: { $0 === person }) {
                bystanders.append(person)
            } else {
                tell(person, sentence, as: category)
            }
        }
        guard let witness = bystanders.first else { return }
        if !Perception(of: witness, in: world).isLit {
            // In the dark one knows by touch what one carries, and hears of the rest like everybody.
            let isApart = { (person: Thing) in subjects.contains { $0.isWithin(person) } }
            for person in bystanders.filter(isApart) { tell(person, sentence, as: category) }
            bystanders.removeAll(where: isApart)
        }
        guard let sample = bystanders.first else { return }
        let view = Perception(of: sample, in: world)
        let text = sentence.rendered(for: sample, sees: view.sees)
        deliveries.append(Delivery(recipients: bystanders, text: text, category: category))
    }

    /// Tells those in the next places who hear what is said in this one through a way that carries sound: the words when
    /// it is one step away, else only that there are words.
    package func carry(_ words: String, of speaker: Thing, from place: Thing?) {
        guard let place, !isQuiet else { return }
        var told: [Thing] = [place]
        for exit in world.exits(of: place) {
            guard let beyond = world.thing(exit, .destination), !told.contains(where: { $0 === beyond }) else {
                continue
            }
            told.append(beyond)
            guard let way = world.earshot(from: beyond, of: place) else { continue }
            announce(overheard(words, of: speaker, through: way), in: beyond, as: .speech)
        }
    }

    private func overheard(_ words: String, of speaker: Thing, through way: Thing) -> Sentence {
        let source = direction(of: way)
        if way.steps > 1 { return "\(plain: source), you hear \(speaker) talking, too far away to make out the words." }
        guard let door = world.door(of: way) else {
            return "\(plain: source), you hear \(speaker) say, muffled, \"\(speech: words)\""
        }
        return "\(plain: source), through \(the: door), you hear \(speaker) say, muffled, \"\(speech: words)\""
    }

    private func direction(of way: Thing) -> String {
        let direction = Direction(rawValue: way[.direction])
        return direction.map { $0.arrivalPhrase } ?? "from " + way.whereabouts
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
