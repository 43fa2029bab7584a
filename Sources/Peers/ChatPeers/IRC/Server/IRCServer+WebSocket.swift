public import HTTPWire
import IRCWire
public import Transports
import WebPeers

extension IRCServer {
    /// This server for clients that come by WebSocket, such as those in a browser: one line a message.
    ///
    /// Messages are text unless a client asks for `binary.ircv3.net`.
    ///
    /// - Parameters:
    ///   - origins: Which pages may connect; programs say none, and may.
    ///   - paths: The paths that are served; nil for all.
    /// - Returns: A factory for a listener of its own.
    /// - Source: IRCv3 WebSocket.
    public func webSocket(origins: WebSocketRules.Origins = .any, paths: [String]? = nil) -> any ProtocolFactory {
        let rules = WebSocketRules(
            subprotocols: [IRCWebSocket.text, IRCWebSocket.binary], origins: origins, paths: paths)
        // A line beyond the framer's limits is answered with 417, so one a little longer must come through.
        let limits = WebSocketLimits(messageOctets: 2 * (IRCLimits.clientTagOctets + IRCLimits.bodyOctets))
        let settings = WebSocketSettings(.server(rules), form: .lines, limits: limits)
        return under(WebSocketPolicy(settings, on: reactor))
    }
}
