/// A long message with line breaks, put together from a `draft/multiline` batch.
///
/// ```text
///   BATCH +ref draft/multiline #a
///   @batch=ref PRIVMSG #a :how is
///   @batch=ref;draft/multiline-concat PRIVMSG #a :everyone?
///   BATCH -ref
/// ```
///
/// - Source: the IRCv3 specification `draft/multiline`.
public struct IRCMultilineRequest: Hashable, Sendable {
    /// One message of the batch.
    public struct Line: Hashable, Sendable {
        /// The words; may be empty.
        public var text: IRCParameter
        /// Whether it goes on where the one before it ended, without a line break.
        public var isConcatenated: Bool

        /// Makes a line.
        public init(_ text: IRCParameter, isConcatenated: Bool = false) {
            self.text = text
            self.isConcatenated = isConcatenated
        }
    }

    /// `PRIVMSG` or `NOTICE`.
    public var kind: IRCMessageRequest.Kind
    /// Whom it is for; one nick or channel.
    public var target: IRCParameter
    /// The messages as they were sent; one at least that is not empty.
    public var lines: [Line]
    /// The client-only tags of the whole.
    public var tags: IRCTags

    /// Makes a message of several lines.
    public init(_ kind: IRCMessageRequest.Kind, to target: IRCParameter, lines: [Line], tags: IRCTags = IRCTags()) {
        self.kind = kind
        self.target = target
        self.lines = lines
        self.tags = tags
    }

    /// The whole text with its line breaks.
    public var text: String {
        var text = ""
        for (place, line) in lines.enumerated() {
            if place > 0, !line.isConcatenated { text += "\n" }
            text += line.text.text
        }
        return text
    }
}
