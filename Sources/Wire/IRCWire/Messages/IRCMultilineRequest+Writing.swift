/// How a message of several lines is written, by clients and servers alike.
extension IRCMultilineRequest {
    /// The type of its batch, which is also the capability's name.
    public static let batchType: IRCParameter = "draft/multiline"
    /// The tag of a line that goes on where the one before it ended.
    public static let concatenationTag = "draft/multiline-concat"

    /// One message of the batch.
    public struct Part: Hashable, Sendable {
        /// The beginning of the batch, a line inside, or its end.
        public var event: IRCEvent
        /// The line that it carries; nil for the beginning and the end.
        public var line: Line?
    }

    /// The messages of the batch, in order; tags are the writer's: those of the whole belong to the first one.
    ///
    /// - Parameter reference: What the batch is called, without a sign.
    /// - Returns: The beginning, the lines, the end.
    public func parts(reference: IRCParameter) -> [Part] {
        var parts = [Part(event: .batchStart(reference: reference, type: Self.batchType, parameters: [target]))]
        parts.reserveCapacity(lines.count + 2)
        for line in lines { parts.append(Part(event: .message(kind, target: target, text: line.text), line: line)) }
        parts.append(Part(event: .batchEnd(reference: reference)))
        return parts
    }

    /// The messages with which a client sends it.
    ///
    /// - Parameter reference: A name that no open batch of the client has.
    /// - Returns: The beginning with ``tags``, the lines, the end.
    public func messages(reference: IRCParameter) -> [IRCMessage] {
        var messages = parts(reference: reference).map { part in
            guard let line = part.line else { return part.event.message() }
            var tags: IRCTags = ["batch": reference.text]
            if line.isConcatenated { tags[Self.concatenationTag] = "" }
            return part.event.message(tags: tags)
        }
        messages[0].tags = tags
        return messages
    }
}
