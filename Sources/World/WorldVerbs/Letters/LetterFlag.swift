/// What can be marked of a letter where it lies, by the names of RFC 9051 §2.3.2.
///
/// They are stored by name in ``WorldModel/Property/flags``; what a mail client marks beyond these is kept beside them.
package enum LetterFlag: String, CaseIterable, Sendable {
    case seen, answered, flagged, deleted, draft
}
