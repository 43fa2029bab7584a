import ReactorCore
import ReactorTesting
import Testing
import TransportTLS
import Transports

@Suite struct HandshakeTests {
    @Test(arguments: [TLSVersion.tls12, .tls13], [1, 2, 7, 1000, Int.max])
    func talksInBothVersionsHoweverOctetsArrive(version: TLSVersion, step: Int) throws {
        let pair = try TLSPair(client: TLSPair.clientContext { $0.versions = version...version })
        pair.step = step
        pair.client.onMade = { $0.transport?.write("early ") }
        pair.server.onData = { recorder, bytes in recorder.transport?.write(bytes) }
        pair.connect()
        pair.client.transport?.write("late")
        pair.pump()
        #expect(pair.client.text == "early late")
        let (seenByClient, seenByServer) = (try #require(pair.client.session), try #require(pair.server.session))
        #expect(seenByClient.version == version && seenByServer.version == version)
        #expect(seenByClient.cipher == seenByServer.cipher)
        #expect(seenByServer.serverName == "mud.example")
        #expect(seenByClient.peerCertificate?.subject == "CN=mud.example")
        #expect(seenByClient.peerCertificate?.dnsNames == ["mud.example", "*.mud.example"])
        #expect(seenByClient.peerCertificate?.fingerprint.count == 32)
        #expect(seenByServer.peerCertificate == nil && !seenByServer.wasResumed)
        #expect(pair.client.sessions.count == 1 && pair.server.sessions.count == 1)
        pair.client.transport?.loseConnection()
        pair.pump()
        #expect(pair.client.ending == "done" && pair.server.ending == "done")
        #expect(pair.client.lossCount == 1 && pair.server.lossCount == 1)
        #expect(pair.test.reactor.delayedCallCount == 0)
    }

    @Test func nothingGoesInTheClear() throws {
        let pair = try TLSPair()
        pair.client.onMade = { $0.transport?.write("a secret that is easily found again") }
        pair.connect()
        #expect(pair.server.text == "a secret that is easily found again")
        #expect(!String(decoding: pair.toServer, as: UTF8.self).contains("secret"))
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        var certificate: String
        var name: String
        var expected: String
        var testDescription: String { "\(certificate) for \(name): \(expected)" }
    }

    @Test(
        arguments: [
            Refusal(certificate: "chain", name: "other.example", expected: "wrongName"),
            Refusal(certificate: "chain", name: "deep.below.mud.example", expected: "wrongName"),
            Refusal(certificate: "chain", name: "127.0.0.2", expected: "wrongName"),
            Refusal(certificate: "gone", name: "mud.example", expected: "expired"),
            Refusal(certificate: "leaf", name: "mud.example", expected: "untrusted"),
            Refusal(certificate: "stranger", name: "mud.example", expected: "untrusted"),
            Refusal(certificate: "chain", name: "mud.example", expected: "none"),
            Refusal(certificate: "chain", name: "low.mud.example", expected: "none"),
            Refusal(certificate: "chain", name: "127.0.0.1", expected: "none"),
        ], [TLSVersion.tls12, .tls13])
    func verifiesTheServer(refusal: Refusal, version: TLSVersion) throws {
        let pair = try TLSPair(
            server: TLSPair.serverContext(refusal.certificate),
            client: TLSPair.clientContext { $0.versions = version...version }, name: refusal.name)
        pair.client.onMade = { $0.transport?.write("must not be seen") }
        pair.connect()
        #expect(pair.client.ending == refusal.expected)
        guard refusal.expected != "none" else { return }
        #expect(pair.client.lossCount == 1 && pair.server.lossCount == 1)
        #expect(pair.server.ending.hasPrefix("refusedByPeer"))
        #expect(pair.server.received.isEmpty && pair.client.sessions.isEmpty)
    }

    @Test func theSystemsRootsDoNotKnowOurs() throws {
        let pair = try TLSPair(client: TLSClientContext())
        pair.connect()
        #expect(pair.client.ending == "untrusted")
    }

    @Test func theLoudOptOutAcceptsAnybody() throws {
        var options = TLSClientOptions()
        options.verification = .dangerouslyTrustWhoeverAnswers
        let pair = try TLSPair(
            server: TLSPair.serverContext("stranger"), client: TLSClientContext(options), name: "anybody")
        pair.connect()
        #expect(pair.client.session?.peerCertificate?.subject == "CN=A stranger")
    }

    @Test(arguments: ["", "a\u{0}b"])
    func refusesImpossibleNames(name: String) throws {
        #expect(throws: TLSFailure.self) { try TLSPair(name: name) }
    }

    @Test(
        arguments: [
            (["a", "b"], ["b", "a"], "b"), (["h2"], ["h2"], "h2"), ([], ["h2"], nil), (["h2"], [], nil),
        ] as [([String], [String], String?)])
    func agreesOnAnApplicationProtocol(client: [String], server: [String], expected: String?) throws {
        let pair = try TLSPair(
            server: TLSPair.serverContext { $0.applicationProtocols = server },
            client: TLSPair.clientContext { $0.applicationProtocols = client })
        pair.connect()
        #expect(pair.client.sessions.count == 1 && pair.server.sessions.count == 1)
        #expect(pair.client.session?.applicationProtocol == expected)
        #expect(pair.server.session?.applicationProtocol == expected)
    }

    @Test func refusesWithoutACommonApplicationProtocol() throws {
        let pair = try TLSPair(
            server: TLSPair.serverContext { $0.applicationProtocols = ["imap"] },
            client: TLSPair.clientContext { $0.applicationProtocols = ["h2", "http/1.1"] })
        pair.connect()
        #expect(pair.server.ending == "noSharedProtocol")
        #expect(pair.client.ending == "refusedByPeer(alert: 120)")
        #expect(throws: TLSFailure.self) { try TLSPair.serverContext { $0.applicationProtocols = [""] } }
    }

    @Test func choosesTheContextByName() throws {
        let names = TLSServerNames(
            initial: try TLSPair.serverContext("gone"),
            ["Mud.Example": try TLSPair.serverContext(), "*.other.example": try TLSPair.serverContext("other")],
            refusesUnknown: true)
        for (name, subject) in [("mud.example", "CN=mud.example"), ("x.other.example", "CN=other.example")] {
            var options = TLSClientOptions()
            options.verification = .dangerouslyTrustWhoeverAnswers
            let pair = try TLSPair(server: names, client: TLSClientContext(options), name: name)
            pair.connect()
            #expect(pair.client.session?.peerCertificate?.subject == subject)
        }
        let unknown = try TLSPair(server: names, name: "x.y.other.example")
        unknown.connect()
        #expect(unknown.client.ending == "refusedByPeer(alert: 112)")
        #expect(unknown.server.lossCount == 1)
    }

    @Test func theNamedContextsVersionsCount() throws {
        let modern = try TLSPair.serverContext { $0.versions = .tls13 ... .tls13 }
        let names = TLSServerNames(initial: try TLSPair.serverContext("other"), ["mud.example": modern])
        let pair = try TLSPair(server: names, client: TLSPair.clientContext { $0.versions = .tls12 ... .tls12 })
        pair.connect()
        #expect(pair.client.ending == "refusedByPeer(alert: 70)")
        #expect(pair.server.ending == "handshake")
    }

    @Test func theNamedContextsClientPolicyCounts() throws {
        let roots = try Certificates.roots()
        let strict = try TLSPair.serverContext { $0.clientCertificates = .required(roots) }
        let names = TLSServerNames(initial: try TLSPair.serverContext("other"), ["mud.example": strict])
        let pair = try TLSPair(server: names)
        pair.connect()
        #expect(pair.server.ending == "handshake")
        #expect(pair.server.sessions.isEmpty)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13], [nil, "player", "stranger"])
    func asksClientsForCertificates(version: TLSVersion, certificate: String?) throws {
        for isRequired in [false, true] {
            let roots = try Certificates.roots()
            let pair = try TLSPair(
                server: TLSPair.serverContext {
                    $0.clientCertificates = isRequired ? .required(roots) : .optional(roots)
                },
                client: TLSPair.clientContext {
                    $0.versions = version...version
                    $0.identity = try certificate.map { try Certificates.identity($0) }
                })
            pair.connect()
            switch (certificate, isRequired) {
            case ("player", _):
                #expect(pair.server.session?.peerCertificate?.subject == "CN=A player")
                #expect(pair.client.ending == "none")
            case (nil, false):
                #expect(pair.server.sessions.count == 1)
                #expect(pair.server.session?.peerCertificate == nil)
            default:
                #expect(pair.server.ending == (certificate == nil ? "handshake" : "untrusted"))
                #expect(pair.client.ending.hasPrefix("refusedByPeer"))
                #expect(pair.server.sessions.isEmpty)
            }
        }
    }

    @Test func aNamedContextVerifiesThoughTheInitialOneDoesNot() throws {
        let roots = try Certificates.roots()
        let strict = try TLSPair.serverContext { $0.clientCertificates = .required(roots) }
        let lenient = try TLSPair.serverContext { $0.clientCertificates = .unverified }
        for (initial, named, isServed) in [(lenient, strict, false), (strict, lenient, true)] {
            let pair = try TLSPair(
                server: TLSServerNames(initial: initial, ["mud.example": named]),
                client: TLSPair.clientContext { $0.identity = try Certificates.identity("stranger") })
            pair.connect()
            #expect(pair.server.sessions.count == (isServed ? 1 : 0))
        }
    }

    @Test(arguments: [TLSVersion.tls12, .tls13], [nil, "player", "stranger"])
    func takesCertificatesThatNobodyVouchesFor(version: TLSVersion, certificate: String?) throws {
        let identity = try certificate.map { try Certificates.identity($0) }
        let pair = try TLSPair(
            server: TLSPair.serverContext { $0.clientCertificates = .unverified },
            client: TLSPair.clientContext {
                $0.versions = version...version
                $0.identity = identity
            })
        pair.connect()
        #expect(pair.server.sessions.count == 1)
        #expect(pair.client.ending == "none")
        #expect(pair.server.session?.peerCertificate?.fingerprint == identity?.chain.first?.fingerprint)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func resumesSessions(version: TLSVersion) throws {
        let client = try TLSPair.clientContext { $0.versions = version...version }
        let server = try TLSPair.serverContext()
        var resumed: [Bool] = []
        for _ in 0..<3 {
            let pair = try TLSPair(server: server, client: client)
            pair.connect()
            pair.client.transport?.loseConnection()
            pair.pump()
            #expect(pair.client.ending == "done")
            #expect(pair.client.session?.wasResumed == pair.server.session?.wasResumed)
            #expect(pair.client.session?.peerCertificate?.subject == "CN=mud.example")
            resumed.append(pair.client.session?.wasResumed ?? false)
        }
        #expect(resumed == [false, true, true])
    }

    @Test func resumesOnlyWhereAllowed() throws {
        let server = try TLSPair.serverContext()
        let stranger = try TLSPair.serverContext()
        let successor = try TLSServerContext(identity: Certificates.identity("chain"), continuing: server)
        let silent = try TLSPair.serverContext { $0.resumesSessions = false }
        for (second, expected) in [(server, true), (stranger, false), (successor, true), (silent, false)] {
            let client = try TLSPair.clientContext()
            for (context, isResumed) in [(server, false), (second, expected)] {
                let pair = try TLSPair(server: context, client: client)
                pair.connect()
                #expect(pair.client.session?.wasResumed == isResumed)
                pair.client.transport?.loseConnection()
                pair.pump()
            }
        }
        let forgetful = try TLSPair.clientContext { $0.resumesSessions = false }
        for _ in 0..<2 {
            let pair = try TLSPair(server: server, client: forgetful)
            pair.connect()
            #expect(pair.client.session?.wasResumed == false)
        }
    }

    /// Serves every name with the context set last.
    final class Switch: TLSServerContextSource {
        let initialContext: TLSServerContext
        var chosen: TLSServerContext

        init(initial: TLSServerContext) {
            initialContext = initial
            chosen = initial
        }

        func context(forServerName name: String?) -> TLSServerContext? { chosen }
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func aContextDoesNotAcceptAnothersSessions(version: TLSVersion) throws {
        // All connections begin with the same context and so with the same ticket keys.
        let roots = try Certificates.roots()
        let names = Switch(initial: try TLSPair.serverContext())
        let strict = try TLSPair.serverContext { $0.clientCertificates = .optional(roots) }
        let client = try TLSPair.clientContext { $0.versions = version...version }
        for (context, isResumed) in [(names.initialContext, false), (strict, false), (strict, true)] {
            names.chosen = context
            let pair = try TLSPair(server: names, client: client)
            pair.connect()
            #expect(pair.client.session?.wasResumed == isResumed)
            pair.client.transport?.loseConnection()
            pair.pump()
        }
    }

    @Test(arguments: ["GET / HTTP/1.0\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}\u{5}hello", "\u{0}", "\r\n", "\u{16}\u{3}"])
    func survivesGarbageInsteadOfAHello(garbage: String) throws {
        for step in [1, 1000] {
            let test = try TestReactor()
            let wire = MemoryTransport(reactor: test.reactor)
            let server = Recorder()
            let tls = try TLSTransport(.server(TLSPair.serverContext()), protocol: server, reactor: test.reactor)
            wire.connect(tls)
            for start in stride(from: 0, to: garbage.utf8.count, by: step) {
                wire.deliver(Array(garbage.utf8.dropFirst(start).prefix(step)))
                test.settle()
            }
            test.advance(by: .seconds(11))
            #expect(server.lossCount == 1)
            #expect(["handshake", "handshakeTimedOut"].contains(server.ending))
            #expect(test.reactor.delayedCallCount == 0)
        }
    }

    @Test func everyDamagedHelloEndsInOrder() throws {
        let whole = try TLSPair()
        whole.clientWire.connect(whole.clientTLS)
        whole.test.settle()
        let hello = whole.clientWire.takeWritten()
        let context = try TLSPair.serverContext()
        let test = try TestReactor()
        for position in hello.indices {
            var damaged = hello
            damaged[position] ^= 0xFF
            let wire = MemoryTransport(reactor: test.reactor)
            let server = Recorder()
            wire.connect(try TLSTransport(.server(context), protocol: server, reactor: test.reactor))
            wire.deliver(damaged)
            test.settle()
            #expect(server.sessions.isEmpty)
            wire.loseFromPeer()
            test.settle()
            #expect(server.lossCount == 1)
        }
    }

    @Test func aHandshakeHasADeadline() throws {
        let pair = try TLSPair()
        pair.serverWire.connect(pair.serverTLS)
        pair.test.advance(by: .milliseconds(9_999))
        #expect(pair.server.lossCount == 0)
        pair.serverWire.deliver([0x16])
        pair.test.advance(by: .milliseconds(1))
        #expect(pair.server.ending == "handshakeTimedOut")
        if case .aborted? = pair.serverWire.lostReason {} else { Issue.record("not aborted") }
    }

    @Test func anEndInTheHandshakeIsTold() throws {
        let pair = try TLSPair()
        pair.clientWire.connect(pair.clientTLS)
        pair.test.settle()
        pair.clientWire.loseFromPeer()
        pair.test.settle()
        #expect(pair.client.ending == "handshakeInterrupted")
        #expect(pair.client.lossCount == 1)
    }

    @Test func losingInTheHandshakeClosesAtOnceUnlessSomethingWaits() throws {
        let idle = try TLSPair()
        idle.client.onMade = { $0.transport?.loseConnection() }
        idle.clientWire.connect(idle.clientTLS)
        idle.test.settle()
        #expect(idle.client.ending == "done" && idle.client.lossCount == 1)

        let busy = try TLSPair()
        busy.client.onMade = {
            $0.transport?.write("last words")
            $0.transport?.loseConnection()
        }
        busy.connect()
        #expect(busy.server.text == "last words")
        #expect(busy.client.ending == "done" && busy.server.ending == "done")
        #expect(busy.client.sessions.isEmpty)
    }

    @Test func earlyWritesAreBounded() throws {
        let pair = try TLSPair()
        pair.client.onMade = { $0.transport?.write([UInt8](repeating: 1, count: TLSLimits.earlyByteCount)) }
        pair.clientWire.connect(pair.clientTLS)
        pair.test.settle()
        #expect(pair.client.lossCount == 0)
        #expect(pair.client.transport?.bufferedByteCount == TLSLimits.earlyByteCount)
        pair.client.transport?.write([1])
        pair.test.settle()
        #expect(pair.client.ending == "outboundOverflow" && pair.client.lossCount == 1)
    }
}
