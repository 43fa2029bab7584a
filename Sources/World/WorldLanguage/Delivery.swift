package import Basics
package import WorldModel

/// One text and everybody who gets it.
package struct Delivery {
    package let recipients: [Thing]
    package let text: StyledText
    package let category: MessageCategory
    /// Whose words or gestures these are; nil when they are nobody's.
    package let speaker: Thing?
    /// The words alone, for doors that show talk in their own way; nil when the text is not just somebody's words.
    package var utterance: Utterance?

    package init(
        recipients: [Thing], text: StyledText, category: MessageCategory, speaker: Thing? = nil,
        utterance: Utterance? = nil
    ) {
        self.recipients = recipients
        self.text = text
        self.category = category
        self.speaker = category.isTalk ? speaker : nil
        self.utterance = utterance
    }
}
