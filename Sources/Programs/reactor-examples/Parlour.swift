import ReactorCore
import ShellPeers
import TelnetWire
import Transports

/// Those who know the password; what one says, all others read.
private final class Parlour: ProtocolFactory {
    let password: String
    private let reactor: Reactor
    private let settings: TelnetSettings
    private var guests: [ObjectIdentifier: Visitor] = [:]

    init(password: String, on reactor: Reactor) {
        self.password = password
        self.reactor = reactor
        // snippet: telnet-settings
        var policy = TelnetPolicy.server
        policy.offers = [.endOfRecord, .characterSet, .gmcp]
        policy.lineLimit = 500
        settings = TelnetSettings(
            role: .server, policy: policy, compressors: CompressorPool(limit: 100), inflatedOctetsPerSecond: 1 << 20,
            keepAlive: .seconds(300))
        // snippet ends
    }

    // snippet: telnet-factory
    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        TelnetConnection(settings, handler: Visitor(of: self), on: reactor)
    }
    // snippet ends

    func enter(_ visitor: Visitor) {
        guests[ObjectIdentifier(visitor)] = visitor
        tell("\(visitor.name) comes in.")
        // For clients that show more than text, such as Mudlet: how many are here.
        for guest in guests.values { guest.note("Parlour.Guests \(guests.count)") }
    }

    func leave(_ visitor: Visitor) {
        if guests.removeValue(forKey: ObjectIdentifier(visitor)) != nil { tell("\(visitor.name) is gone.") }
    }

    func tell(_ text: String, except speaker: Visitor? = nil) {
        for guest in guests.values where guest !== speaker { guest.read(text) }
    }
}

// snippet: telnet-handler
/// The server's end of one connection: asks for a name and the password, then passes on what is said.
private final class Visitor: TelnetHandler {
    private enum Stage { case name, password, inside }

    private(set) var name = ""
    private let parlour: Parlour
    private var connection: TelnetConnection?
    private var stage = Stage.name

    init(of parlour: Parlour) { self.parlour = parlour }

    func connected(_ connection: TelnetConnection) {
        self.connection = connection
        ask("Name: ", hidden: false)
    }

    func received(_ action: TelnetAction) {
        switch action {
        case .line(let octets): take(String(decoding: octets, as: UTF8.self))
        case .lineTooLong: read("That is too long.")
        case .interrupt: connection?.close()
        default: break
        }
    }

    func inputEnded() { connection?.close() }

    func connectionLost(_ reason: DisconnectReason) {
        connection = nil
        parlour.leave(self)
    }

    /// Ends in a mark instead of a line end; what hides the answer, or shows it again, stands before it.
    private func ask(_ question: String, hidden: Bool) {
        guard let connection else { return }
        connection.send(connection.setEcho(hidden: hidden) + Array(question.utf8) + connection.promptMark)
    }

    private func take(_ line: String) {
        switch stage {
        case .name:
            name = line.filter(\.isLetter)
            if name.isEmpty { return ask("Name, in letters: ", hidden: false) }
            stage = .password
            ask("Password: ", hidden: true)
        case .password:
            showInput()
            if line == parlour.password {
                stage = .inside
                parlour.enter(self)
            } else {
                read("That is not it.")
                connection?.close()
            }
        case .inside where line == "quit": connection?.close()
        case .inside: parlour.tell("\(name): \(line)", except: self)
        }
    }

    /// Has what is typed shown again, on a new line: the end of a hidden answer was not shown either.
    private func showInput() {
        guard let connection else { return }
        connection.send(connection.setEcho(hidden: false) + Array("\r\n".utf8))
    }

    func read(_ text: String) { connection?.send(text + "\r\n") }

    /// Sends a message beside the text, if the client takes such.
    func note(_ message: String) {
        guard let connection else { return }
        connection.send(connection.message(.gmcp, Array(message.utf8)))
    }
}
// snippet ends

/// `parlour tcp:7000 sesame`: a telnet server with a hidden password, prompts, compression and messages.
func parlour(_ reactor: Reactor, _ words: [String]) async throws {
    let registry = EndpointRegistry(resolver: SystemNameResolver(on: reactor))
    let factory = Parlour(password: words[1], on: reactor)
    let listening = try registry.server(words[0]).listen(with: factory, on: reactor)
    say("listening on \(listening.address)")
    try await untilCancelled()
}
