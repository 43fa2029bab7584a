import IRCWire
import ReactorCore
import Transports

/// What waits for the client: gathered in each pass, and bounded.
extension IRCServerConnection {
    /// Octets that wait for the client.
    public var bufferedByteCount: Int { pending.count + (transport?.bufferedByteCount ?? 0) }

    /// Octets that the client is not known to have.
    public var untakenByteCount: Int { pending.count + (transport?.untakenByteCount ?? 0) }

    /// Octets of the pass that go to the transport before its end.
    private static let longestPending = 16_384

    /// Writes finished octets, whole lines, to the transport: for a house that had them through ``gate``.
    ///
    /// What one pass writes goes out together, so that a line to many costs each of them an append.
    public func transmit(_ octets: [UInt8]) {
        guard stage != .ended, !octets.isEmpty else { return }
        if pending.isEmpty {
            // Shared with all others who are sent the same line and nothing else.
            pending = octets
            server.willWrite(self)
        } else {
            pending.append(contentsOf: octets)
        }
        if pending.count >= Self.longestPending { flush() }
    }

    /// Gives the transport what has been gathered.
    func flush() {
        guard let transport, !pending.isEmpty else { return }
        let octets = pending
        pending = []
        server.counted(0, octets.count)
        transport.write(octets)
        if transport.bufferedByteCount > settings.comfort { noteBacklog() } else { answeredByteCount = 0 }
    }

    /// A client that reads too slowly is looked at once the kernel has been offered what waits.
    private func noteBacklog() {
        if isOverflowing { return }
        isOverflowing = true
        server.reactor.callLater(.zero) { [self] in judgeBacklog() }
    }

    private func judgeBacklog() {
        isOverflowing = false
        guard stage != .ended, let transport else { return }
        let waiting = transport.bufferedByteCount
        // A long answer is no sign of a slow reader, who could not have read it yet; and until it is read, none follows.
        if waiting > settings.sendQueue + min(answeredByteCount, settings.answerQueue) {
            server.complain(.unread, "\(nick) of \(peer.host) does not read: \(waiting) octets wait")
            return close("SendQ exceeded")
        }
        if waiting > settings.comfort {
            waitForRoom()
            if !isBehind { house.fellBehind(self) }
            isBehind = true
        }
    }

    /// Takes no more requests until the transport has sent everything; at the end of this pass, mostly.
    func waitForRoom() {
        if isWaitingForRoom || stage == .ended { return }
        isWaitingForRoom = true
        hold(.output)
        isRegisteringProducer = true
        try? transport?.registerProducer(self, streaming: false)
        isRegisteringProducer = false
    }

    /// Nothing: what waits is the transport's already; for the transport to call, as the next two.
    public func pauseProducing() {}

    /// Everything has been taken: requests are heeded again.
    public func resumeProducing() {
        // Registering already asks for a first piece.
        guard isWaitingForRoom, !isRegisteringProducer else { return }
        isWaitingForRoom = false
        transport?.unregisterProducer()
        if isBehind {
            isBehind = false
            house.caughtUp(self)
        }
        release(.output)
    }

    /// Nothing: the connection is lost.
    public func stopProducing() {}
}
