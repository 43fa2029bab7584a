import ReactorCore
import SSHWire
import Transports

/// What goes out, in turns and as far as there is room.
extension SSHConnection {
    /// Whether data on channels may be handed on now.
    ///
    /// During a key exchange it waits on its channel, so that where it is in the output is known to the octet.
    var hasRoom: Bool {
        !isTransportFull && !isClosing && !ssh.isHolding && ssh.queuedByteCount < SSHConnectionLimits.batch
    }

    /// Where the next octet will be in all that is sent.
    var outputPosition: Int { writtenCount + ssh.queuedByteCount }

    /// Sends what the machines have, and tells channels of which enough has gone out.
    func flush() {
        if isPumping || isClosing { return }
        pump()
        if behind.isEmpty { return }
        let waiting = behind
        behind = []
        for channel in waiting { channel.reconsiderSpeed() }
        // One that sent again inside the call may be there already.
        behind += waiting.filter { channel in channel.isBehind && !behind.contains { $0 === channel } }
    }

    /// Sends control messages first, and data as far as there is room.
    private func pump() {
        isPumping = true
        defer { isPumping = false }
        repeat {
            sendMessages()
            while hasRoom, sendPiece() { sendMessages() }
            write()
        } while hasRoom && channels.hasPiece
        scheduleTimer()
    }

    /// Hands the machine's messages to the transport's.
    func sendMessages() {
        while let message = channels.nextMessage() { ssh.send(message) }
        if ssh.queuedByteCount > SSHConnectionLimits.queuedInExchange {
            fail(SSHFailure(.protocolError, "Too much waits for the end of a key exchange."))
        }
    }

    private func sendPiece() -> Bool {
        var length = 0
        guard
            let number = channels.nextPiece({ _, head, octets in
                length = octets.count
                ssh.send(head, followedBy: octets)
            })
        else { return false }
        channelsByNumber[number]?.noteSent(length, at: outputPosition)
        return true
    }

    func write() {
        let octets = ssh.takeOutput()
        guard let transport, !octets.isEmpty else { return }
        writtenCount += octets.count
        owner?.handler.counted(received: 0, sent: octets.count)
        transport.write(octets)
        if !isTransportFull, transport.bufferedByteCount > StreamLimits.producerHighWater { waitForTransport() }
    }

    // MARK: The transport's pace

    /// Has the transport say when it has sent everything; only then, so that an end of the connection waits for nobody.
    private func waitForTransport() {
        isTransportFull = true
        mayResume = false
        try? transport?.registerProducer(self, streaming: false)
        mayResume = true
    }

    /// Does nothing: what waits is handed over once everything is sent; for the transport to call, as the next two.
    public func pauseProducing() {}

    /// Goes on with what waits.
    public func resumeProducing() {
        // Registering already asks for a first piece.
        guard mayResume else { return }
        transport?.unregisterProducer()
        isTransportFull = false
        flush()
        releaseInput()
    }

    /// Does nothing: the connection is lost.
    public func stopProducing() {}
}
