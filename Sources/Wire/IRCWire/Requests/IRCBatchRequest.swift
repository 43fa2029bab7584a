/// The start or end of a client's batch.
///
/// ```text
///   BATCH +ref draft/multiline #a
///   BATCH -ref
/// ```
///
/// - Source: the IRCv3 specification `client-batch`.
public enum IRCBatchRequest: Hashable, Sendable {
    /// A batch begins, with the client-only tags of its first message.
    case start(reference: IRCParameter, type: IRCParameter, parameters: [IRCParameter], tags: IRCTags)
    case end(reference: IRCParameter)
}
