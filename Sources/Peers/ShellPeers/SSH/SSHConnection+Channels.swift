public import ReactorCore
import SSHKeys
public import SSHWire

extension SSHConnection {
    /// Opens a channel.
    ///
    /// - Parameters:
    ///   - kind: What it is for; of a client mostly ``SSHChannelKind/session``.
    ///   - handler: Who is told what comes on it, held until it is closed.
    /// - Returns: The channel, once the peer has agreed and the handler has been told. It fails with ``SSHChannelRefusal``;
    ///   cancelling closes a channel that comes later.
    public func openChannel(_ kind: SSHChannelKind, handler: any SSHChannelHandler) -> Deferred<SSHChannel> {
        guard user != nil, !isClosing else {
            return .failed(SSHChannelRefusal(.connectFailed, "Nobody is logged in on the connection."))
        }
        let number = channels.open(kind)
        let channel = SSHChannel(kind, number: number, handler: handler, on: self)
        channelsByNumber[number] = channel
        let opening = Deferred<SSHChannel> { [weak channel] in channel?.close() }
        channel.opening = opening
        flush()
        return opening
    }

    func handle(_ event: SSHChannelEvent) {
        switch event {
        case .requested(let number, let kind): requested(kind, number)
        case .opened(let number): channelsByNumber[number]?.becameOpen()
        case .refused(let number, let refusal): channelsByNumber.removeValue(forKey: number)?.wasRefused(refusal)
        case .data(let number, let data):
            // Only programs, which servers have, complain on a stream of their own.
            if role == .server, data.stream != .output { return channels.taken(data.count, on: number) }
            channelsByNumber[number]?.received(data)
        case .windowOpened: flush()
        case .ended(let number): channelsByNumber[number]?.inputEnded()
        case .request(let number, let request, let ticket): channelsByNumber[number]?.received(request, ticket)
        case .answered(let number, let success): channelsByNumber[number]?.answered(success)
        case .closed(let number): channelsByNumber[number]?.wasClosed()
        case .globalRequest(let request, let ticket): received(request, ticket)
        case .globalAnswered(let fields): if !globalAnswers.isEmpty { globalAnswers.removeFirst()(fields) }
        }
    }

    private func requested(_ kind: SSHChannelKind, _ number: Int) {
        guard let owner else { return }
        // RFC 4254 section 6.1: nobody opens a session on a client.
        if role == .client, kind == .session {
            return channels.refuse(number, SSHChannelRefusal(.prohibited, "A client has no sessions."))
        }
        if refusesSessions, kind == .session {
            return channels.refuse(number, SSHChannelRefusal(.prohibited, "No more sessions were to be opened."))
        }
        scope.add(owner.handler.channelRequested(kind, on: self)).whenDone { [weak self] result in
            guard let self, !isClosing else { return }
            switch result {
            case .success(let handler):
                let channel = SSHChannel(kind, number: number, handler: handler, on: self)
                channelsByNumber[number] = channel
                channels.confirm(number)
                sendMessages()
                channel.becameOpen()
            case .failure(let error):
                channels.refuse(
                    number, error as? SSHChannelRefusal ?? SSHChannelRefusal(.connectFailed, "It did not work."))
            }
            flush()
        }
    }

    /// Forgets a channel whose handler has taken all that came on it.
    func release(_ number: Int) {
        channelsByNumber[number] = nil
        channels.release(number)
        flush()
    }

    // MARK: Requests for all of the connection

    /// Asks the peer for something for all of the connection.
    ///
    /// - Returns: What the peer answers: fields, none for most requests, or nil for a no, or when the connection is lost.
    public func request(_ request: SSHGlobalRequest) -> Deferred<[UInt8]?> {
        if transport == nil || isClosing || user == nil { return .succeeded(nil) }
        let answer = Deferred<[UInt8]?>()
        ask(request) { answer.succeed($0) }
        return answer
    }

    func ask(_ request: SSHGlobalRequest, _ whenAnswered: @escaping ([UInt8]?) -> Void) {
        globalAnswers.append(whenAnswered)
        channels.sendGlobal(request, wantsAnswer: true)
        flush()
    }

    /// Tells the peer something for all of the connection.
    public func notify(_ request: SSHGlobalRequest) {
        if user == nil { return }
        channels.sendGlobal(request, wantsAnswer: false)
        flush()
    }

    private func received(_ request: SSHGlobalRequest, _ ticket: Int?) {
        switch (request, owner) {
        case (.keepAlive, _): answer([], to: ticket)
        case (.noMoreSessions, .server):
            refusesSessions = true
            answer([], to: ticket)
        case (.hostKeys(let blobs), .client(let handler)):
            handler.hostKeysAnnounced(blobs.compactMap { try? SSHPublicKey(blob: $0) }, on: self)
            answer(nil, to: ticket)
        case (.proveHostKeys(let blobs), .server): answer(proof(of: blobs), to: ticket)
        case (.forward(let host, let port), .server(let handler)):
            scope.add(handler.listeningRequested(host: host, port: port, on: self)).whenDone { [weak self] result in
                guard let self, !isClosing else { return }
                answer((try? result.get()).map { port == 0 ? Self.fields(port: $0) : [] }, to: ticket)
                flush()
            }
        case (.cancelForward(let host, let port), .server(let handler)):
            answer(handler.listeningCancelled(host: host, port: port, on: self) ? [] : nil, to: ticket)
        default: answer(nil, to: ticket)
        }
    }

    private func answer(_ fields: [UInt8]?, to ticket: Int?) {
        if let ticket { channels.answerGlobal(fields, to: ticket) }
    }

    private static func fields(port: UInt16) -> [UInt8] {
        var writer = SSHWriter()
        writer.uint32(UInt32(port))
        return writer.octets
    }
}
