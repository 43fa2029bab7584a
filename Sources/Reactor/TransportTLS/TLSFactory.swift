public import ReactorCore
public import Transports

/// Makes the accepted connections of another factory's protocols secure.
///
/// ```swift
/// let factory = TLSFactory(wrapping: plainFactory, server: context, reactor: reactor)
/// let listener = try reactor.listen(endpoint, factory: factory)
/// ```
public final class TLSFactory: ProtocolFactory {
    private let wrapped: any ProtocolFactory
    private let server: any TLSServerContextSource
    private let reactor: Reactor
    private let handshakeTimeout: Duration

    /// Makes a factory.
    ///
    /// - Parameters:
    ///   - wrapped: Makes the protocols.
    ///   - server: The contexts, asked for anew with every connection.
    ///   - reactor: The reactor that listens.
    ///   - handshakeTimeout: How long a handshake may take in all; ten seconds unless given.
    public init(
        wrapping wrapped: any ProtocolFactory, server: any TLSServerContextSource, reactor: Reactor,
        handshakeTimeout: Duration = TLSLimits.handshakeTimeout
    ) {
        self.wrapped = wrapped
        self.server = server
        self.reactor = reactor
        self.handshakeTimeout = handshakeTimeout
    }

    /// Makes a protocol and the secure connection's end for it; nil turns the peer away.
    public func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        guard let made = wrapped.makeProtocol(for: peer) else { return nil }
        do {
            return try TLSTransport(
                .server(server), protocol: made, reactor: reactor, handshakeTimeout: handshakeTimeout)
        } catch {
            reactor.log("\(peer): turned away: \(error)")
            return nil
        }
    }
}

extension Reactor {
    /// Connects to an endpoint and makes the connection secure.
    ///
    /// - Parameters:
    ///   - endpoint: Where to connect to.
    ///   - serverName: Who must answer there: a host name or a numeric address, as in its certificate.
    ///   - context: How to do TLS.
    ///   - timeout: How long the peer may take to accept the connection.
    ///   - handshakeTimeout: How long the handshake may take after that.
    ///   - streamProtocol: What the connection is for; it hears `connectionMade` before the handshake.
    /// - Returns: The protocol, once the handshake is complete; fails with ``ConnectFailure``, with the
    ///   ``TLSFailure`` of the handshake, or else with the ``DisconnectReason``. Cancelling it gives up. A server of TLS 1.3
    ///   judges the client's certificate later, so a refusal of that one ends the connection afterwards.
    public func connectTLS<Connected: StreamProtocol>(
        _ endpoint: EndpointDescription, serverName: String, context: TLSClientContext,
        timeout: Duration = .seconds(30), handshakeTimeout: Duration = TLSLimits.handshakeTimeout,
        protocol streamProtocol: Connected
    ) -> Deferred<Connected> {
        var secured = TLSClientEndpoint(
            AddressClientEndpoint(endpoint, timeout: timeout), serverName: serverName, context: context)
        secured.handshakeTimeout = handshakeTimeout
        return secured.connect(streamProtocol, on: self)
    }
}
