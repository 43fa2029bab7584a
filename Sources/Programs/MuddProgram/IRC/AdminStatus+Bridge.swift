import AdminGateway
import ChatPeers
import IRCGateway

extension AdminStatus.Bridge {
    /// What is told of a bridge.
    init(_ bridge: IRCBridge) {
        let counts = bridge.counts
        self.init(
            network: bridge.settings.network, nick: bridge.client.isRegistered ? bridge.client.view.nick : nil,
            channels: bridge.settings.links.map(\.description), outward: counts.outward, inward: counts.inward,
            echoes: counts.echoes, leftOut: counts.leftOut, refused: counts.refused, lost: counts.lost)
    }
}
