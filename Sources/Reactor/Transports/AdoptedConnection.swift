import Glibc
public import ReactorCore

extension Reactor {
    /// Goes on with a connection that somebody else made: inherited from a parent, or passed over a Unix socket.
    ///
    /// ```swift
    /// func descriptorsReceived(_ descriptors: [OwnedDescriptor]) throws {
    ///     for descriptor in descriptors { try reactor.adoptConnection(descriptor, protocol: Greeter()) }
    /// }
    /// ```
    ///
    /// The descriptor becomes non-blocking and close-on-exec, and is closed when the connection ends. `connectionMade`
    /// comes before this returns.
    ///
    /// - Parameters:
    ///   - descriptor: A connected stream socket, TCP or Unix. It is taken; when this throws, it stays the caller's.
    ///   - streamProtocol: What the connection is for.
    /// - Throws: `EEXIST` for one that this reactor has already, `EBADF` or `ENOTSOCK` for what is no socket, `EPROTOTYPE` for one that is no stream, `EAFNOSUPPORT` for
    ///   one that is neither TCP nor Unix, and `ENOTCONN` for one that listens, or is connected to nobody.
    public func adoptConnection(
        _ descriptor: OwnedDescriptor, protocol streamProtocol: any StreamProtocol
    ) throws(SystemFailure) {
        let number = descriptor.number
        let (host, peer) = try Socket.addressesOfConnection(number)
        guard !hasHandler(for: number) else { throw SystemFailure(code: EEXIST, call: "add") }
        try Socket.setNonBlockingAndCloseOnExec(number)
        Socket.disableLinger(number)
        try StreamConnection(connected: descriptor.take(), peer: peer, fallbackHost: host, reactor: self)
            .start(streamProtocol)
    }
}
