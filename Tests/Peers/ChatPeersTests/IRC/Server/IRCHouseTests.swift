import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import ChatPeers

// snippet: irc-house
/// One square on which everybody who comes in stands: a message to anywhere is heard by all others.
private final class Square: IRCHouse {
    var facts = IRCServerFacts(network: "Square", version: "square-1", created: "today")
    private var people: [IRCServerConnection] = []

    func capabilities(for connection: IRCServerConnection) -> IRCCapabilitySet { [.echoMessage] }
    func mechanisms(for connection: IRCServerConnection) -> [String] { [] }
    func makeExchange(_ mechanism: String, for connection: IRCServerConnection) -> (any IRCSASLExchange)? { nil }

    func nickRequested(_ nick: String, by connection: IRCServerConnection) -> IRCReply? {
        let isTaken = people.contains { $0.nick == nick }
        return isTaken ? .nickInUse(IRCParameter(cleaning: nick)) : nil
    }

    func register(_ connection: IRCServerConnection) -> Deferred<IRCRegistrationVerdict> {
        guard let said = connection.registration, let nick = said.nick, nickRequested(nick, by: connection) == nil
        else {
            return .succeeded(.refused(nil, words: "Somebody was faster"))
        }
        return .succeeded(.accepted(nick: nick, user: said.user ?? "*", host: "square"))
    }

    func registered(_ connection: IRCServerConnection) {
        people.append(connection)
        connection.reply(.noMotd)
    }

    func handle(_ request: IRCRequest, from connection: IRCServerConnection) {
        guard case .message(let message) = request else { return }
        let line = IRCLine(
            .message(message.kind, target: message.targets[0], text: message.text), from: connection.source,
            tags: IRCLine.Tags(time: connection.server.wallClock(), client: message.tags))
        for person in people where person !== connection || connection.capabilities.contains(.echoMessage) {
            person.send(line)
        }
    }

    func lost(_ connection: IRCServerConnection, ending: IRCEnding) {
        people.removeAll { $0 === connection }
    }
}
// snippet ends

struct IRCHouseTests {
    @Test func aHouseNeedsLittle() throws {
        let test = try TestReactor()
        let server = IRCServer(IRCServerSettings(name: "irc.test"), house: Square(), on: test.reactor)
        let wires = ["ada", "ben", "ada"].map { nick in
            let wire = MemoryTransport(
                peer: .ipv4(.loopback, port: 5), host: .ipv4(.loopback, port: 6667), reactor: test.reactor)
            if let connection = server.makeProtocol(for: wire.peer) { wire.connect(connection) }
            wire.deliver("CAP REQ :echo-message labeled-response batch\r\nNICK \(nick)\r\nUSER u 0 * :x\r\nCAP END\r\n")
            test.settle()
            return wire
        }
        #expect(wires[2].takeWrittenText().contains(" 433 * ada :"))
        for wire in wires { _ = wire.takeWritten() }
        wires[0].deliver("@label=l PRIVMSG #square :hello\r\n")
        test.settle()
        #expect(wires[0].takeWrittenText() == "@label=l :ada!u@square PRIVMSG #square :hello\r\n")
        #expect(wires[1].takeWrittenText() == ":ada!u@square PRIVMSG #square :hello\r\n")
        server.closeAll("The square closes")
        #expect(wires.prefix(2).allSatisfy { $0.takeWrittenText().hasPrefix("ERROR :Closing link: ") })
        #expect(server.connections.isEmpty)
    }
}
