import Basics
import IRCWire
import ReactorTesting
import Transports

@testable import ChatPeers

/// A client in memory that types lines and reads what comes.
final class IRCTypist {
    let wire: MemoryTransport
    /// Nil when the server has not taken it.
    let connection: IRCServerConnection?
    private let test: TestReactor
    private let server: IRCServer

    init(_ server: IRCServer, _ test: TestReactor, from address: SocketAddress = .ipv4(.loopback, port: 50_000)) {
        (self.test, self.server) = (test, server)
        wire = MemoryTransport(peer: address, host: .ipv4(.loopback, port: 6667), reactor: test.reactor)
        let made = server.makeProtocol(for: address)
        connection = made as? IRCServerConnection
        if let made { wire.connect(made) }
    }

    var isOpen: Bool { wire.isOpen }

    /// Sends lines, each with its end, and lets the server work.
    func type(_ lines: String...) { type(lines) }

    func send(_ octets: [UInt8]) {
        wire.deliver(octets)
        test.settle()
    }

    /// The lines that have come since the last time.
    func read() -> [String] {
        test.settle()
        return wire.takeWrittenText().split(separator: "\r\n").map(String.init)
    }

    /// What comes of lines, and nothing that came before.
    func ask(_ lines: String...) -> [String] { ask(lines) }

    /// The numerics and commands of what comes of lines.
    func words(of lines: String...) -> [String] { ask(lines).map(Self.word) }

    private func type(_ lines: [String]) {
        for line in lines { wire.deliver(line + "\r\n") }
        test.settle()
    }

    private func ask(_ lines: [String]) -> [String] {
        _ = read()
        for line in lines { type(line) }
        return read()
    }

    /// The numeric or command of a line.
    static func word(_ line: String) -> String {
        let words = line.split(separator: " ").drop { $0.hasPrefix("@") }
        return String(words.first?.hasPrefix(":") ?? false ? words.dropFirst().first ?? "" : words.first ?? "")
    }

    /// Registers, and reads the greeting.
    ///
    /// - Parameters:
    ///   - nick: The nick, and the user's name.
    ///   - realName: The nick unless given.
    ///   - capabilities: What is asked for, apart by spaces; empty for nothing.
    func register(_ nick: String, realName: String? = nil, _ capabilities: String = "") {
        if !capabilities.isEmpty { type("CAP REQ :\(capabilities)") }
        type("NICK \(nick)", "USER \(nick) 0 * :\(realName ?? nick)")
        if !capabilities.isEmpty { type("CAP END") }
        _ = read()
    }
}
