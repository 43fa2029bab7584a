import HTTPWire
import ReactorCore
import ReactorTesting
import Testing
import Transports
import WebPeers

@Suite struct WebSocketTransportTests {
    @Test(arguments: [1, 7, 65_536]) func linesGoBothWays(octetsPerDelivery: Int) throws {
        let client = NotingProtocol()
        client.greeting = "NICK a\r\nUSER a 0 * :b\r\n"
        let stage = try WebSocketStage(client: client)
        stage.pair.octetsPerDelivery = octetsPerDelivery
        stage.pair.pump()
        #expect(stage.server.pieces == ["NICK a\r\n", "USER a 0 * :b\r\n"])
        #expect(stage.serverSocket.subprotocol == WebSocketStage.text)
        #expect(stage.clientSocket.subprotocol == WebSocketStage.text)
        #expect(stage.serverSocket.request?.path == "/")
        for piece in [":s 001", " a :hi\r", "\n:s 002 a :", "\u{E9}\nPING x\r\n"] {
            stage.server.transport?.write(piece)
        }
        stage.pair.pump()
        #expect(stage.client.pieces == [":s 001 a :hi\r\n", ":s 002 a :\u{E9}\r\n", "PING x\r\n"])
    }

    @Test func aClosePassesThroughBothEnds() throws {
        let stage = try WebSocketStage()
        stage.pair.pump()
        stage.server.transport?.write("ERROR :bye\r\n")
        stage.server.transport?.loseConnection()
        #expect(stage.server.transport?.isClosing == true)
        stage.server.transport?.write("too late\r\n")
        stage.pair.pump()
        #expect(stage.client.pieces == ["ERROR :bye\r\n"])
        #expect(stage.client.end == "connection closed" && stage.server.end == "connection closed")
        #expect(stage.test.reactor.delayedCallCount == 0)
    }

    @Test func aClientsCloseIsAnswered() throws {
        let stage = try WebSocketStage()
        stage.pair.pump()
        stage.clientSocket.close(.goingAway, reason: "the page is left")
        stage.pair.pump()
        #expect(stage.client.end == "connection closed" && stage.server.end == "connection closed")
        #expect(stage.test.reactor.delayedCallCount == 0)
    }

    @Test func aPeerThatDoesNotAnswerACloseIsLeft() throws {
        let stage = try WebSocketStage()
        stage.pair.pump()
        stage.server.transport?.loseConnection()
        stage.test.advance(by: .seconds(4))
        #expect(stage.server.reason == nil)
        stage.test.advance(by: .seconds(60))
        #expect(stage.server.reason != nil)
        #expect(stage.test.reactor.delayedCallCount == 0)
    }

    @Test func anOpeningThatTakesTooLongEnds() throws {
        let stage = try WebSocketStage()
        stage.test.advance(by: .seconds(11))
        stage.pair.pump()
        #expect(stage.server.end == "the opening of the WebSocket took too long")
        #expect(stage.client.end == "the opening of the WebSocket took too long")
    }

    @Test func aRefusalIsToldToBothEnds() throws {
        let stage = try WebSocketStage(
            rules: WebSocketRules(origins: .only(["https://a.example"])),
            request: WebSocketRequest(host: "a.example", origin: "https://evil.example"))
        stage.pair.pump()
        #expect(stage.server.end == "a request that was answered 403 Forbidden")
        #expect(stage.client.end == "the server answers 403 Forbidden")
        #expect(stage.server.pieces.isEmpty)
    }

    @Test func otherProtocolsAreAnsweredWithAnError() throws {
        for (words, status) in [
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "426"), ("NICK a\r\nUSER a 0 * :b\r\n\r\n", "400"),
            ("\u{16}\u{3}\u{1}\n", "400"),
            ("GET / HTTP/2.0\r\n\r\n", "505"),
        ] {
            let test = try TestReactor()
            let server = NotingProtocol()
            let socket = WebSocketTransport(
                below: server, WebSocketSettings(.server(WebSocketRules())), on: test.reactor)
            let transport = MemoryTransport(reactor: test.reactor)
            transport.connect(socket)
            transport.deliver(words)
            test.settle()
            #expect(transport.takeWrittenText().hasPrefix("HTTP/1.1 \(status) "))
            #expect(server.reason != nil && server.pieces.isEmpty)
            #expect(test.reactor.delayedCallCount == 0)
        }
    }

    @Test func aServerThatSpeaksNoWebSocketIsTold() throws {
        let test = try TestReactor()
        let client = NotingProtocol()
        let settings = WebSocketSettings(.client(WebSocketRequest(host: "a")), form: .lines)
        let transport = MemoryTransport(reactor: test.reactor)
        transport.connect(WebSocketTransport(below: client, settings, on: test.reactor))
        #expect(transport.takeWrittenText().hasPrefix("GET / HTTP/1.1\r\nHost: a\r\n"))
        transport.deliver(":irc.example.com NOTICE * :hello\r\n\r\n")
        test.settle()
        #expect(client.end == "the server does not speak HTTP")
    }

    @Test func aFrameThatBreaksTheRulesIsAnsweredWithItsCode() throws {
        let stage = try WebSocketStage(limit: 100)
        stage.pair.pump()
        stage.client.transport?.write(String(repeating: "x", count: 200) + "\r\n")
        stage.pair.pump()
        #expect(stage.server.end == "WebSocket 1009: more than 100 octets")
        #expect(stage.client.reason != nil && stage.server.pieces.isEmpty)
        #expect(stage.test.reactor.delayedCallCount == 0)
    }

    @Test func aPauseHoldsMessagesThatHaveCome() throws {
        let stage = try WebSocketStage()
        stage.pair.pump()
        stage.server.pausesAfter = 2
        stage.client.transport?.write("1\n2\n3\n4\n5\n")
        stage.pair.pump()
        #expect(stage.server.pieces == ["1\r\n", "2\r\n"])
        stage.server.transport?.resumeProducing()
        stage.pair.pump()
        #expect(stage.server.pieces.count == 4)
        stage.server.transport?.resumeProducing()
        stage.pair.pump()
        #expect(stage.server.pieces.count == 5)
    }

    @Test func aPausedProtocolStillEnds() throws {
        let stage = try WebSocketStage()
        stage.pair.pump()
        stage.server.transport?.pauseProducing()
        stage.client.transport?.write("1\n")
        stage.server.transport?.loseConnection()
        stage.pair.pump()
        #expect(stage.server.end == "connection closed" && stage.server.pieces.isEmpty)
    }

    @Test func tooMuchBeforeTheOpeningEnds() throws {
        let client = NotingProtocol()
        client.greeting = String(repeating: "x", count: 70_000)
        let stage = try WebSocketStage(client: client)
        stage.test.settle()
        #expect(stage.client.end == "too much was written before the WebSocket was open")
    }

    @Test func pingsKeepAConnectionAndEndADeadOne() throws {
        let stage = try WebSocketStage(pingInterval: .seconds(30))
        stage.pair.pump()
        for _ in 0..<5 {
            stage.test.advance(by: .seconds(30))
            stage.pair.pump()
        }
        #expect(stage.server.reason == nil)
        stage.test.advance(by: .seconds(61))
        #expect(stage.server.end == "the peer did not take the last octets in time")
    }

    @Test func messagesAreGivenToWhoeverUnderstandsThem() throws {
        let (client, server) = (MessageProtocol(), MessageProtocol())
        let stage = try WebSocketStage(client: client, server: server)
        stage.pair.pump()
        client.socket?.send(WebSocketMessage(.binary, [0, 255]))
        client.socket?.send(WebSocketMessage("words"))
        client.socket?.send(WebSocketMessage(""))
        stage.pair.pump()
        #expect(
            server.messages == [WebSocketMessage(.binary, [0, 255]), WebSocketMessage("words"), WebSocketMessage("")])
        #expect(server.pieces.isEmpty)
    }

    @Test func aStreamOfOctetsGoesThroughAsItIs() throws {
        let stage = try WebSocketStage(form: .octets)
        stage.pair.pump()
        stage.client.transport?.write("a\nb")
        stage.client.transport?.write("c")
        stage.pair.pump()
        #expect(stage.server.pieces == ["a\nb", "c"])
    }

    @Test func aBrokenCableIsALoss() throws {
        let stage = try WebSocketStage()
        stage.pair.pump()
        stage.pair.cut(after: 3, from: .client)
        stage.client.transport?.write("hello\n")
        stage.pair.pump()
        #expect(stage.server.reason != nil && stage.client.reason != nil && stage.server.pieces.isEmpty)
        #expect(stage.test.reactor.delayedCallCount == 0)
    }
}
