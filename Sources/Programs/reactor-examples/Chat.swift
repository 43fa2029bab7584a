import FramingWire
import ReactorCore
import Transports

/// Everybody who is connected; what one says, all others read.
private final class Room: ProtocolFactory {
    private var guests: [ObjectIdentifier: Guest] = [:]
    private var lastNumber = 0

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        lastNumber += 1
        return Guest(name: "guest \(lastNumber)", room: self)
    }

    func enter(_ guest: Guest) {
        tell("\(guest.name) comes in", except: guest)
        guests[ObjectIdentifier(guest)] = guest
    }

    func leave(_ guest: Guest) {
        guests[ObjectIdentifier(guest)] = nil
        tell("\(guest.name) is gone", except: guest)
    }

    func tell(_ text: String, except speaker: Guest) {
        for guest in guests.values where guest !== speaker { guest.read(text) }
    }
}

private final class Guest: StreamProtocol {
    let name: String
    private let room: Room
    private var transport: (any Transport)?
    private var framer = LineFramer(limit: 500)

    init(name: String, room: Room) {
        self.name = name
        self.room = room
    }

    func connectionMade(over transport: any Transport) {
        self.transport = transport
        room.enter(self)
    }

    // snippet: transport-lines
    func dataReceived(_ bytes: Span<UInt8>) throws {
        framer.receive(bytes)
        while let event = try framer.next(), transport?.isClosing == false {
            switch event {
            case .line(let octets) where octets == Array("quit".utf8): transport?.loseConnection()
            case .line(let octets): room.tell("\(name): \(String(decoding: octets, as: UTF8.self))", except: self)
            case .tooLong: read("That is too long.")
            }
        }
    }
    // snippet ends

    func connectionLost(_ reason: DisconnectReason) { room.leave(self) }

    func read(_ text: String) { transport?.write(text + "\r\n") }
}

/// `chat tcp:7000`: lines, many clients, and policies around a protocol that knows nothing of them.
func chat(_ reactor: Reactor, _ words: [String]) async throws {
    let registry = EndpointRegistry(resolver: SystemNameResolver(on: reactor))
    // snippet: transport-policies
    let policed = Room().under(
        ConnectionLimitPolicy(ConnectionLimits(total: 1000, perPeer: 20)),
        TimeoutPolicy(
            reactor, idle: .seconds(3600), ending: .close(within: .seconds(5)),
            farewell: "You have been silent for an hour.\r\n"),
        RatePolicy(reactor, RateLimits(reading: RateLimits.Rate(octetsPerSecond: 8192))))
    let listening = try registry.server(words[0]).listen(with: policed, on: reactor)
    // snippet ends
    say("listening on \(listening.address)")
    try await untilCancelled()
}
