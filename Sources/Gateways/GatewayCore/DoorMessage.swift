package import Basics
package import WorldLanguage
package import WorldModel

/// Something that one player is told at one door, for doors that show messages in their own way instead of as lines of text.
///
/// - SeeAlso: ``SessionDoor/appendMessage(_:to:)``, `GatewayCoreTests/DoorMessageTests`.
package struct DoorMessage {
    /// The sentence, as the player reads it.
    package let text: StyledText
    package let category: MessageCategory
    /// Whose words it tells, apart from the sentence; nil when it is nobody's.
    package let utterance: Utterance?
    package let time: WallInstant
    /// The turn that has to be durable before anybody sees it; the queue of the session takes care of that.
    package let sequence: UInt64
    /// The number of it in the log of the character; nil for what is in none, as answers that can be asked for again.
    package let event: UInt64?
    /// Whether it was told before, when nobody read at this door.
    package let isReplay: Bool
    /// Whether it tells the player what they did themselves, at whatever door.
    package let isOwn: Bool
    /// Whether it is of something that was begun at this very door and is going on now.
    package let isAnswer: Bool
    /// Whether it is of something that the player is doing just now at another of their doors.
    package let isElsewhere: Bool
    /// The same for everybody who is told this text, so that doors write it once for all of them.
    package let form: DoorMessageForm

    package init(
        text: StyledText, category: MessageCategory, utterance: Utterance? = nil, time: WallInstant, sequence: UInt64,
        event: UInt64? = nil, isReplay: Bool = false, isOwn: Bool = false, isAnswer: Bool = false,
        isElsewhere: Bool = false, form: DoorMessageForm = DoorMessageForm()
    ) {
        self.text = text
        self.category = category
        self.utterance = utterance
        self.time = time
        self.sequence = sequence
        self.event = event
        self.isReplay = isReplay
        self.isOwn = isOwn
        self.isAnswer = isAnswer
        self.isElsewhere = isElsewhere
        self.form = form
    }
}

/// What doors have made of a message, kept as long as it is being told.
///
/// - Isolation: belongs to the reactor's thread.
package final class DoorMessageForm {
    private struct Key: Hashable {
        let kind: ObjectIdentifier
        let way: Int
    }

    private var made: [Key: AnyObject] = [:]

    package init() {}

    /// What doors of one kind make of it, made by the first of them.
    ///
    /// - Parameters:
    ///   - way: A number that the kind chooses for each way it writes; kinds are told apart by what they make.
    ///   - make: Makes it.
    /// - Returns: The same object for all doors of the kind that write this way.
    package func written<Made: AnyObject>(_ way: Int, _ make: () -> Made) -> Made {
        let key = Key(kind: ObjectIdentifier(Made.self), way: way)
        if let known = made[key] as? Made { return known }
        let new = make()
        made[key] = new
        return new
    }
}
