package import Basics
package import WorldLanguage
package import WorldModel

/// What came of one turn.
package struct Outcome {
    /// What everybody is told, in order.
    package var deliveries: [Delivery]
    package var requests: [SessionRequest]
    /// What to write to the log; nil when nothing changed.
    package var record: TurnRecord?
    /// What went wrong inside a verb, for the log; the actor was told an identifier only.
    package var fault: String?
    /// What kind of no it was when somebody may not do what they wanted; nil when they may, or the world objected.
    package var refusal: RefusalKind?
    /// Why nothing was done, as the actor reads it; nil when something was, if only the first of several commands.
    package var objection: StyledText?
    /// What is to be played to those in places, by the names of files.
    package var sounds: [(name: String, place: Thing)] = []
    /// Who was asked to join channels, for the programs of those whom it concerns.
    package var invitations: [Invitation] = []
}
