package import Basics
package import WorldModel

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
