import Basics
import ReactorCore
import SSHWire

/// When the transport's machine is told of the time.
extension SSHConnection {
    func scheduleTimer() {
        let deadline = transport == nil || isClosing ? nil : ssh.nextDeadline
        if deadline == timer?.deadline { return }
        timer?.call.cancel()
        timer = nil
        guard let deadline else { return }
        let call = reactor.callLater(max(.zero, reactor.now.duration(to: deadline))) { [weak self] in self?.timeIsUp() }
        timer = (call, deadline)
    }

    private func timeIsUp() {
        timer = nil
        do throws(SSHFailure) { try ssh.timePassed(now: reactor.now) } catch { fail(error) }
        flush()
    }
}
