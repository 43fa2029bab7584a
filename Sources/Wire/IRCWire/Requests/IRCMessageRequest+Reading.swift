extension IRCMessageRequest {
    /// Reads the parameters of one of the three commands.
    ///
    /// - Throws: 411 without targets, 407 for too many, 412 without words; nothing is answered to a `NOTICE`.
    init(
        _ kind: Kind, _ words: [IRCParameter], _ tags: IRCTags, _ limits: IRCTargetLimits
    ) throws(IRCRequestFailure) {
        func failure(_ reply: IRCReply) -> IRCRequestFailure { IRCRequestFailure(kind == .notice ? nil : reply) }
        guard let list = words.first, !list.isEmpty else { throw failure(.noRecipient(kind.command)) }
        let targets = IRCRequest.items(list)
        if targets.isEmpty { throw failure(.noRecipient(kind.command)) }
        if targets.count > limits.message { throw failure(.tooManyTargets(targets[limits.message])) }
        let text = words.count > 1 && kind != .tagmsg ? words[1] : ""
        if kind != .tagmsg, text.isEmpty { throw failure(.noTextToSend) }
        self.init(kind, to: targets, text: text, tags: tags.isEmpty ? tags : tags.clientOnly)
    }
}
