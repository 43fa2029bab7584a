import DaemonCore
import IRCGateway
import IRCWire

extension IRCDoorSettings {
    /// What the configuration says of the IRC door.
    ///
    /// - Parameters:
    ///   - configuration: All of it.
    ///   - securePort: Where IRC is spoken with TLS, if it is.
    init(_ configuration: Configuration, securePort: UInt16?) {
        self.init()
        let chat = configuration.chat
        let name = chat.name ?? configuration.listing.hostname ?? "mudd"
        // It stands before every line of the server's.
        house.name = String(name.filter { $0.isASCII && !$0.isWhitespace }.prefix(63))
        house.network = chat.network
        house.version = "mudd-\(DaemonVersion.current)"
        connectionsPerSource = chat.connectionsPerSource
        origins = chat.origins.map { $0.split(separator: " ").map(String.init) }
        if let time = chat.secureTime, let securePort {
            strictTransport = IRCStrictTransport(port: securePort, duration: Int(time.components.seconds))
        }
    }
}
