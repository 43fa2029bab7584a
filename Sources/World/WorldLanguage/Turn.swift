package import Basics
package import WorldModel

/// One turn in the hands of a verb: who acts, in which world, and what everybody is told.
///
/// Texts are rendered when they are told, as the world then is, and delivered only when the turn is kept.
package final class Turn {
    package let world: World
    package private(set) var actor: Thing
    package private(set) var role: Role
    private let attendance: (any Attendance)?
    package let languages: LanguageTable
    package internal(set) var deliveries: [Delivery] = []
    package private(set) var requests: [SessionRequest] = []
    /// What programs of those in places are to play, by the names of files; not more than ``mostSounds``.
    package private(set) var sounds: [(name: String, place: Thing)] = []
    private static let mostSounds = 8
    /// Who was asked to join channels.
    package private(set) var invitations: [Invitation] = []
    /// How much was said so far; see ``speech(_:_:to:isGesture:waits:post:visitor:)``.
    var speechCount = 0
    /// What the actor reads; nil is English.
    package private(set) var language: Language?
    /// Whether it is a single command of a guest, who is gone with it.
    package var isGlance = false
    /// Whether nothing is told and asked for, because it is only tried.
    private(set) var isQuiet = false
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

    /// The same, and behind them those whose connection broke and whose bodies wait.
    package var inPlay: [Thing] { attendance?.inPlay ?? [] }

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
    ///
    /// - Parameters:
    ///   - sentence: Why.
    ///   - kind: What kind of no it is, for doors that answer in codes; nil when the world objects for a reason of its own.
    /// - Returns: The refusal, in the actor's language.
    package func refusal(_ sentence: Sentence, _ kind: RefusalKind? = nil) -> Refusal {
        Refusal(text: text(sentence), kind: kind)
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
        let (heard, invited) = (sounds.count, invitations.count)
        do {
            try world.attempt(body)
        } catch {
            deliveries.removeLast(deliveries.count - told)
            requests.removeLast(requests.count - asked)
            remembrances.removeLast(remembrances.count - waiting)
            sounds.removeLast(sounds.count - heard)
            invitations.removeLast(invitations.count - invited)
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

    /// Tells programs that the actor asks somebody to join a channel.
    package func invite(_ person: Thing, to channel: Thing) {
        if !isQuiet { invitations.append(Invitation(person: person, channel: channel, inviter: actor)) }
    }

    /// Does what waited for the turn to be kept.
    package func keep() {
        for deed in remembrances { deed() }
        remembrances = []
    }
}
