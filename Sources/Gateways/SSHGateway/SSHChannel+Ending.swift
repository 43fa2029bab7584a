import SSHWire
import ShellPeers

extension SSHChannel {
    /// Ends what went on on the channel, after what was sent: 0 for success.
    func finish(status: UInt32) {
        notify(.exitStatus(status))
        endOutput()
        close()
    }
}
