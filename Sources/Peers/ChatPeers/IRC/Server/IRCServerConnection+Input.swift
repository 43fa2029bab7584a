import Basics
import IRCWire
import ReactorCore
import Transports

/// What has come is gone through, unless something holds it.
extension IRCServerConnection {
    /// Takes no more requests until ``releaseInput()``; what has been sent waits in the network.
    public func holdInput() { hold(.house) }

    /// Ends ``holdInput()``.
    public func releaseInput() { release(.house) }

    func hold(_ reason: Holds) {
        if holds.isEmpty { transport?.pauseProducing() }
        holds.insert(reason)
    }

    func release(_ reason: Holds) {
        guard holds.remove(reason) != nil, holds.isEmpty, stage != .ended else { return }
        drain()
        if holds.isEmpty { transport?.resumeProducing() }
    }

    /// Goes through what has come, as long as nothing holds it.
    func drain() {
        if isDraining { return }
        isDraining = true
        defer { isDraining = false }
        while stage != .ended, holds.isEmpty {
            guard let event = framer.next() else { return }
            lastHeardAt = server.now
            let wasRegistered = stage == .registered
            isInsideBatch = false
            received(consume event)
            if wasRegistered, !isInsideBatch { holdForPace() }
            if bufferedByteCount > settings.comfort { waitForRoom() }
        }
    }

    /// Counts the request that was taken; lines that a batch took count together, as its beginning.
    private func holdForPace() {
        guard stage == .registered, let limit = settings.pace, !isExemptFromPace,
            let wait = pace.count(limit, now: server.now)
        else { return }
        hold(.pace)
        // Not weakly, which would make every later retain and release of it slow; its end cancels the call.
        paceTimer = server.reactor.callLater(wait) { [self] in
            paceTimer = nil
            release(.pace)
        }
    }
}
