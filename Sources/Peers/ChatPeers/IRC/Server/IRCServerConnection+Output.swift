public import IRCWire

/// What goes out.
extension IRCServerConnection {
    /// Sends a message; it is part of the answer when a labelled request of this client is being handled.
    ///
    /// Lines are left out that the client could make nothing of: `TAGMSG` without `message-tags`, `BATCH` without `batch`.
    public func send(_ line: IRCLine) {
        if let response { return response.send(line) }
        deliver(line)
    }

    /// Sends a message that is no part of an answer, whatever is being handled: what somebody wrote to itself, as another.
    public func deliver(_ line: IRCLine) {
        if wants(line) { emit(line.octets(for: tagSet), ungated: false) }
    }

    /// Sends a reply of the server's; it is part of the answer when a labelled request of this client is being handled.
    public func reply(_ reply: IRCReply) {
        send(reply, ungated: stage == .registering)
    }

    /// Sends a reply of the connection's own, which belongs to no turn: `AUTHENTICATE`'s.
    func replyNow(_ reply: IRCReply) { send(reply, ungated: true) }

    private func send(_ reply: IRCReply, ungated: Bool) {
        if let response, response.label != nil { return response.send(makeLine(reply), ungated: ungated) }
        var octets = tagSet.contains(.time) ? server.timeTag() : []
        reply.append(to: &octets, from: server.source, nick: ungated ? ungatedNick : IRCParameter(cleaning: nick))
        emit(octets, ungated: ungated)
    }

    /// Sends several replies, in order.
    public func reply(_ replies: [IRCReply]) {
        if let response, response.label != nil {
            for reply in replies { self.reply(reply) }
            return
        }
        let (tag, nick) = (tagSet.contains(.time) ? server.timeTag() : [], IRCParameter(cleaning: nick))
        var octets: [UInt8] = []
        for reply in replies {
            octets += tag
            reply.append(to: &octets, from: server.source, nick: nick)
        }
        emit(octets, ungated: stage == .registering)
    }

    func reply(_ replies: [IRCPreparedReply]) {
        if response?.label != nil {
            for reply in replies { self.reply(reply.reply) }
            return
        }
        let (tag, nick) = (tagSet.contains(.time) ? server.timeTag() : [], IRCParameter(cleaning: nick))
        var octets: [UInt8] = []
        for reply in replies {
            octets += tag
            reply.append(to: &octets, nick: nick)
        }
        emit(octets, ungated: stage == .registering)
    }

    /// Appends a message as this client is sent it, for a house that gathers output itself.
    public func encode(_ line: IRCLine, into octets: inout [UInt8]) {
        if wants(line) { octets.append(contentsOf: line.octets(for: tagSet)) }
    }

    /// Takes over the answer to the request that is being handled, to end it later.
    ///
    /// - Returns: Where its lines go; without a label they go out at once. Call ``IRCResponse/end()`` in any case.
    public func deferResponse() -> IRCResponse {
        guard let response else { return IRCResponse(self, label: nil) }
        response.isDeferred = true
        self.response = nil
        return response
    }

    /// A name for a batch that this client has not heard yet.
    public func makeBatchName() -> String {
        batchCount &+= 1
        return "b" + String(batchCount, radix: 36)
    }

    // MARK: For the room

    /// A reply as a line that can wait.
    func makeLine(_ reply: IRCReply) -> IRCLine {
        IRCLine(
            reply, from: server.source, nick: IRCParameter(cleaning: nick),
            tags: IRCLine.Tags(time: tagSet.contains(.time) ? server.wallClock() : nil))
    }

    func wants(_ line: IRCLine) -> Bool { tagSet.isSuperset(of: line.needs) }

    /// Sends finished octets, through the gate if there is one.
    func emit(_ octets: [UInt8], ungated: Bool) {
        if isDraining { answeredByteCount &+= octets.count }
        if !ungated, let gate { gate(octets) } else { transmit(octets) }
    }

    /// Sends the connection's own answers, which mostly belong to no turn.
    func sendNow(_ event: IRCEvent, from source: IRCSource? = nil) {
        if let response, response.label != nil { return response.send(IRCLine(event, from: source), ungated: true) }
        var octets: [UInt8] = []
        event.append(to: &octets, from: source)
        emit(octets, ungated: true)
    }
}
