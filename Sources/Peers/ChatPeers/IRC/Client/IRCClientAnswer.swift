public import IRCWire

/// What a server has answered to a request.
public struct IRCClientAnswer: Hashable, Sendable {
    /// The lines of the answer in order, those that open and close batches left out.
    public var messages: [IRCMessage]
    /// What was said in them, as of history; a message of several lines is one.
    public var heard: [IRCClientMessage]

    /// The first line that refuses the request: an error's numeric, or `FAIL`.
    public var refusal: IRCClientFailure? {
        for message in messages {
            if message.command.numeric?.isError == true {
                return .refused(code: message.command.name, text: message.parameters.last?.text ?? "")
            }
            if let reply = IRCSeenReply(message), reply.kind == .fail {
                return .refused(code: reply.code, text: reply.text)
            }
        }
        return nil
    }

    /// The answer when it does not refuse.
    ///
    /// - Throws: ``refusal``.
    public func accepted() throws(IRCClientFailure) -> IRCClientAnswer {
        if let refusal { throw refusal }
        return self
    }
}
