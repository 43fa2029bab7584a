import IRCWire
import Transports

/// Says why nobody is served, and closes.
final class IRCRefusal: StreamProtocol {
    private let words: String
    private let settings: IRCServerSettings

    init(_ words: String, _ settings: IRCServerSettings) {
        self.words = words
        self.settings = settings
    }

    func connectionMade(over transport: any Transport) {
        var octets: [UInt8] = []
        IRCLineWriter.append("ERROR", [], trailing: IRCParameter(cleaning: words), from: nil, to: &octets)
        transport.write(octets)
        transport.loseConnection(within: settings.farewell)
    }

    func dataReceived(_ bytes: Span<UInt8>) {}
    func connectionLost(_ reason: DisconnectReason) {}
}
