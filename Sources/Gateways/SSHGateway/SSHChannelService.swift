import SSHWire

/// What goes on on one channel.
protocol SSHChannelService: AnyObject {
    /// The client is told, behind this, that it is served.
    func begin()
    func received(_ octets: Span<UInt8>)
    /// The client will send no more.
    func inputEnded()
    func windowChanged(to size: SSHWindowSize)
    /// A signal without `SIG`.
    func signalled(_ name: String)
    func fellBehind()
    func caughtUp()
    /// The channel is gone; nothing follows.
    func closed()
}

extension SSHChannelService {
    func begin() {}
    func windowChanged(to size: SSHWindowSize) {}
    func signalled(_ name: String) {}
    func fellBehind() {}
    func caughtUp() {}
}
