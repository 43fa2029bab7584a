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
    /// What is to be played to those in places, by the names of files.
    package var sounds: [(name: String, place: Thing)] = []
}
