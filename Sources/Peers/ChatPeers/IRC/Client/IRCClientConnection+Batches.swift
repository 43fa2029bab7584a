import IRCWire

/// What becomes of messages that belong together.
extension IRCClientConnection {
    func take(_ batch: IRCClientBatch) throws(IRCClientFailure) {
        var answer = IRCClientAnswer(messages: [], heard: [])
        var events: [IRCClientEvent] = []
        try read(batch, isHistory: false, &answer, &events)
        let isAnswer =
            if let label = batch.label {
                requests.finish(label, answer)
            } else {
                batch.kind == "chathistory" ? try requests.note(answer, isHistory: true) : false
            }
        for event in events where !isAnswer || !event.isAnswerOnly && event.heard?.isHistory != true { tell(event) }
    }

    private func read(
        _ batch: IRCClientBatch, isHistory: Bool, _ answer: inout IRCClientAnswer, _ events: inout [IRCClientEvent]
    ) throws(IRCClientFailure) {
        let isHistory = isHistory || batch.kind == "chathistory"
        if batch.kind == "multiline" {
            guard let whole = joined(batch, isHistory: isHistory) else { return }
            answer.heard.append(whole)
            events.append(.message(whole))
            return
        }
        for item in batch.items {
            switch item {
            case .batch(let inner): try read(inner, isHistory: isHistory, &answer, &events)
            case .message(let message):
                answer.messages.append(message)
                perform(registration.receive(message))
                guard let event = try view.receive(message, isHistory: isHistory) else { continue }
                if let heard = event.heard { answer.heard.append(heard) }
                events.append(event)
            }
        }
    }

    /// The one message that the lines of a multi-line batch are; nil when there are none.
    ///
    /// - Source: IRCv3 `draft/multiline`.
    private func joined(_ batch: IRCClientBatch, isHistory: Bool) -> IRCClientMessage? {
        var whole: IRCClientMessage?
        for message in batch.messages {
            let event = try? view.receive(message, isHistory: isHistory)
            guard let line = event?.heard else { continue }
            guard var known = whole else {
                whole = line
                whole?.tags = line.tags.merging(batch.opening.tags)
                continue
            }
            known.text += (message.tags[IRCMultilineRequest.concatenationTag] == nil ? "\n" : "") + line.text
            whole = known
        }
        return whole
    }
}
