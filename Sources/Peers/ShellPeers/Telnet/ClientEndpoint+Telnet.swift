public import ReactorCore
public import TelnetWire
public import Transports

extension ClientEndpoint {
    /// Connects and speaks telnet, in the client's role unless the settings say otherwise.
    ///
    /// ```swift
    /// let connection = try await endpoint.connectTelnet(handler: reader, on: reactor).value
    /// endpoint.connectTelnet(handler: reader, on: reactor).whenDone { result in … }
    /// ```
    ///
    /// - Parameters:
    ///   - settings: What is agreed to, how lines come, what is traced.
    ///   - handler: Who is told what the server sends; it hears of the connection before the deferred fires.
    ///   - reactor: Whose thread all of it happens on.
    /// - Returns: The connection, once it is there; negotiation goes on behind it. It fails as ``connect(_:on:)`` does, and
    ///   cancelling gives up.
    public func connectTelnet(
        _ settings: TelnetSettings = TelnetSettings(role: .client), handler: any TelnetHandler, on reactor: Reactor
    ) -> Deferred<TelnetConnection> {
        connect(TelnetConnection(settings, handler: handler, on: reactor), on: reactor)
    }
}
