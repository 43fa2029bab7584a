public import ReactorCore
public import SSHKeys
public import SSHWire
public import Transports

/// Who is told what happens on an ``SSHConnection``, in either role.
public protocol SSHHandler: AnyObject {
    /// The connection is there, and nothing has been exchanged; keep `connection`.
    func connected(_ connection: SSHConnection)

    /// The user is in; channels may be opened.
    func loggedIn(on connection: SSHConnection)

    /// The peer wants a channel.
    ///
    /// - Returns: Who is told what comes on it; a failure refuses it, best with an ``SSHChannelRefusal``.
    func channelRequested(_ kind: SSHChannelKind, on connection: SSHConnection) -> Deferred<any SSHChannelHandler>

    /// Octets went over the wire, as they are there.
    func counted(received: Int, sent: Int)

    /// The connection is gone; called once. Its channels have heard before.
    func connectionLost(_ reason: DisconnectReason)
}

extension SSHHandler {
    /// Nothing.
    public func loggedIn(on connection: SSHConnection) {}
    /// Refuses it.
    public func channelRequested(_ kind: SSHChannelKind, on connection: SSHConnection) -> Deferred<
        any SSHChannelHandler
    > {
        .failed(SSHChannelRefusal(.prohibited, "This kind of channel is not allowed here."))
    }
    /// Nothing.
    public func counted(received: Int, sent: Int) {}
}

/// Decides for a server.
public protocol SSHServerHandler: SSHHandler {
    /// Judges what a client shows to be let in; one attempt at a time.
    ///
    /// Whoever verifies a signature or a password leaves that to another thread. While this waits the client may go away:
    /// the deferred is cancelled then. A failure refuses the attempt.
    func login(_ attempt: SSHLoginAttempt, on connection: SSHConnection) -> Deferred<SSHLoginVerdict>

    /// The client wants the server to listen for it: `tcpip-forward`.
    ///
    /// - Returns: The port, for a client that asked for a free one; a failure refuses it.
    func listeningRequested(host: String, port: UInt16, on connection: SSHConnection) -> Deferred<UInt16>

    /// The client wants the server to listen no more.
    ///
    /// - Returns: Whether it did.
    func listeningCancelled(host: String, port: UInt16, on connection: SSHConnection) -> Bool
}

extension SSHServerHandler {
    /// Refuses it.
    public func listeningRequested(host: String, port: UInt16, on connection: SSHConnection) -> Deferred<UInt16> {
        .failed(SSHChannelRefusal(.prohibited, "Forwarding is not allowed here."))
    }
    /// Did not.
    public func listeningCancelled(host: String, port: UInt16, on connection: SSHConnection) -> Bool { false }
}

/// Decides for a client.
public protocol SSHClientHandler: SSHHandler {
    /// The server has proven that it holds this key; whether it may is the question.
    ///
    /// - Returns: False, or a failure, ends the connection.
    func hostKeyShown(_ key: SSHPublicKey, on connection: SSHConnection) -> Deferred<Bool>

    /// The login wants something: of ``SSHClientLoginAction``, everything but sends and the success.
    ///
    /// Answer by ``SSHConnection/login(_:)``, now or later.
    func loginAction(_ action: SSHClientLoginAction, on connection: SSHConnection)

    /// The server has told all its host keys (`hostkeys-00@openssh.com`), of which those are left out that are not read here.
    ///
    /// Whoever wants to know some of them better calls ``SSHConnection/proveHostKeys(_:)``.
    func hostKeysAnnounced(_ keys: [SSHPublicKey], on connection: SSHConnection)
}

extension SSHClientHandler {
    /// Nothing.
    public func hostKeysAnnounced(_ keys: [SSHPublicKey], on connection: SSHConnection) {}
}
