/// Who is told what happens to an ``IRCClient``.
public protocol IRCClientHandler: AnyObject {
    /// Something has happened; called in order, on the reactor's thread.
    func received(_ event: IRCClientEvent, from client: IRCClient)
}
