package import Basics
package import WorldModel

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
