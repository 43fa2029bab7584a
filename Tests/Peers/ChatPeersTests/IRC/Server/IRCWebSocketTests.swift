import Basics
import HTTPWire
import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports
import WebPeers

@testable import ChatPeers

/// The same server for clients that come by WebSocket.
struct IRCWebSocketTests {
    private static let opening = [
        "GET / HTTP/1.1", "Host: irc.test", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
    ]

    private func open(_ stage: IRCServerStage, _ fields: String...) throws -> MemoryTransport {
        let wire = MemoryTransport(
            peer: .ipv4(.loopback, port: 5000), host: .ipv4(.loopback, port: 80), reactor: stage.test.reactor)
        wire.connect(try #require(stage.server.webSocket().makeProtocol(for: wire.peer)))
        wire.deliver((Self.opening + fields).joined(separator: "\r\n") + "\r\n\r\n")
        stage.test.settle()
        return wire
    }

    private func frame(_ text: String, opcode: UInt8 = 1) -> [UInt8] {
        var octets: [UInt8] = [0x80 | opcode]
        let count = text.utf8.count
        octets += count < 126 ? [0x80 | UInt8(count)] : [0xFE, UInt8(count >> 8), UInt8(count & 255)]
        return octets + [0, 0, 0, 0] + Array(text.utf8)
    }

    /// The messages of a server's frames, which are short here.
    private func messages(_ octets: [UInt8]) -> [(opcode: UInt8, text: String)] {
        var found: [(UInt8, String)] = []
        var rest = octets[...]
        while rest.count >= 2 {
            let opcode = rest[rest.startIndex] & 15
            var count = Int(rest[rest.startIndex + 1])
            rest = rest.dropFirst(2)
            if count == 126 {
                count = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
                rest = rest.dropFirst(2)
            }
            found.append((opcode, String(decoding: rest.prefix(count), as: UTF8.self)))
            rest = rest.dropFirst(count)
        }
        return found
    }

    @Test(arguments: [("text.ircv3.net", 1), ("binary.ircv3.net", 2), ("", 1)] as [(String, UInt8)])
    func aLineIsAMessage(name: String, opcode: UInt8) throws {
        let stage = try IRCServerStage()
        let wire =
            try name.isEmpty ? open(stage) : open(stage, "Sec-WebSocket-Protocol: \(name)")
        let answer = wire.takeWrittenText()
        #expect(answer.hasPrefix("HTTP/1.1 101 "))
        if !name.isEmpty { #expect(answer.contains("Sec-WebSocket-Protocol: \(name)\r\n")) }
        wire.deliver(frame("NICK ada") + frame("USER u 0 * :Ada\r\n"))
        stage.test.settle()
        let greeting = messages(wire.takeWritten())
        #expect(greeting.count == 4 && greeting.allSatisfy { $0.opcode == opcode && !$0.text.contains("\r") })
        #expect(greeting[0].text == ":irc.test 001 ada :Welcome to the Test Network, ada!u@host.test")
        wire.deliver(frame("PING é", opcode: opcode))
        stage.test.settle()
        #expect(messages(wire.takeWritten()).map(\.text) == [":irc.test PONG irc.test :é"])
    }

    @Test func linesInOneMessageAreLines() throws {
        let stage = try IRCServerStage()
        let wire = try open(stage)
        wire.deliver(frame("NICK ada\r\nUSER u 0 * :Ada\nPING x"))
        stage.test.settle()
        #expect(stage.house.members.count == 1)
        #expect(messages(Array(wire.takeWritten().drop { $0 != 0x81 })).last?.text == ":irc.test PONG irc.test :x")
    }

    /// Pages that are closed and loaded again in the midst of everything.
    @Test func aStormOfRefreshesLeavesNothing() throws {
        let stage = try IRCServerStage()
        let whole =
            Array((Self.opening.joined(separator: "\r\n") + "\r\n\r\n").utf8) + frame("NICK a") + frame("USER a 0 * :a")
            + frame("PING x") + [0x88, 0x82, 0, 0, 0, 0, 3, 0xE9]
        for count in 0...whole.count {
            let wire = MemoryTransport(
                peer: .ipv4(.loopback, port: 5000), host: .ipv4(.loopback, port: 80), reactor: stage.test.reactor)
            wire.connect(try #require(stage.server.webSocket().makeProtocol(for: wire.peer)))
            wire.deliver(Array(whole.prefix(count)))
            wire.loseFromPeer()
        }
        stage.test.settle()
        stage.test.advance(by: .seconds(100))
        #expect(stage.server.connections.isEmpty && stage.house.members.isEmpty)
        #expect(stage.test.reactor.delayedCallCount == 0)
    }

    @Test func whoDoesNotOpenIsCutOff() throws {
        let stage = try IRCServerStage()
        let wire = MemoryTransport(
            peer: .ipv4(.loopback, port: 5000), host: .ipv4(.loopback, port: 80), reactor: stage.test.reactor)
        wire.connect(try #require(stage.server.webSocket().makeProtocol(for: wire.peer)))
        wire.deliver("GET / HTTP/1.1\r\nHost: ")
        stage.test.advance(by: .seconds(11))
        #expect(!wire.isOpen && stage.server.connections.isEmpty)
    }
}
