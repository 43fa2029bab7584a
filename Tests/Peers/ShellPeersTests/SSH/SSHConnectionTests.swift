import Basics
import ReactorCore
import ReactorTesting
import SSHKeys
import SSHWire
import ShellPeers
import Testing
import Transports

/// Whole connections: both ends are ours, and the wire is memory.
struct SSHConnectionTests {
    @Test(arguments: [65_536, 1000, 17, 1]) func aUserLogsInAndRunsACommand(piece: Int) throws {
        let stage = try SSHStage(octetsPerDelivery: piece)
        #expect(stage.client.isLoggedIn && stage.server.isLoggedIn)
        #expect(stage.client.hostKeys == [try SSHStage.key().publicKey])
        #expect(stage.server.connection?.user == "ada")
        #expect(stage.server.attempts.map(\.proof) == [.none, .password("lovelace")])
        #expect(stage.server.connection?.sessionID != nil)
        #expect(stage.server.connection?.sessionID == stage.client.connection?.sessionID)

        stage.server.prepare = {
            $0.onRequest = { request, channel in
                if case .execute(let command) = request {
                    channel.send("You \(command).\r\n")
                    channel.send("It is dark.\r\n", stream: .errors)
                    channel.notify(.exitStatus(3))
                    channel.close()
                }
                return .succeeded(true)
            }
        }
        let near = NotingChannel()
        var answer: Bool?
        stage.client.connection?.openChannel(.session, handler: near).whenDone {
            (try? $0.get())?.request(.execute("look")).whenDone { answer = try? $0.get() }
        }
        stage.pair.pump()
        #expect(answer == true)
        #expect(near.text == "You look.\r\n" && near.errors == Array("It is dark.\r\n".utf8))
        #expect(near.requests == [.exitStatus(3)])
        #expect(near.closedCount == 1 && stage.server.channels[0].closedCount == 1)
        #expect(stage.client.connection?.channelCount == 0 && stage.server.connection?.channelCount == 0)
    }

    @Test func aShellHasATerminalThatChangesItsSize() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        let size = SSHWindowSize(columns: 80, rows: 24)
        var answers: [Bool] = []
        for request: SSHChannelRequest in [
            .terminal(SSHTerminalRequest(type: "xterm", size: size)), .environment(name: "LANG", value: "C"), .shell,
        ] {
            near.channel?.request(request).whenDone { answers.append((try? $0.get()) ?? false) }
        }
        near.channel?.notify(.windowChange(SSHWindowSize(columns: 132, rows: 50)))
        near.channel?.notify(.signal("INT"))
        near.channel?.send("look\r")
        stage.pair.pump()
        #expect(answers == [true, true, true])
        #expect(far.requests.map(\.name) == ["pty-req", "env", "shell", "window-change", "signal"])
        #expect(far.text == "look\r")
        far.channel?.send("A room.\r\n")
        stage.pair.pump()
        #expect(near.text == "A room.\r\n")
        near.channel?.endOutput()
        stage.pair.pump()
        #expect(far.endCount == 1 && near.closedCount == 1 && far.closedCount == 1)
    }

    @Test func whatIsSentInsideARequestFollowsItsAnswer() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        far.onRequest = { _, channel in
            channel.send("text")
            return .succeeded(true)
        }
        var order: [String] = []
        near.onOctets = { _ in order.append("text") }
        near.channel?.request(.shell).whenDone { _ in order.append("answer") }
        stage.pair.pump()
        #expect(order == ["answer", "text"])
    }

    @Test func lateAnswersKeepTheirOrder() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        let late = [Deferred<Bool>(), Deferred<Bool>()]
        far.onRequest = { request, _ in request == .shell ? late[0] : late[1] }
        var order: [String] = []
        near.channel?.request(.shell).whenDone { order.append("shell \((try? $0.get()) ?? false)") }
        near.channel?.request(.keepAlive).whenDone { order.append("alive \((try? $0.get()) ?? false)") }
        stage.pair.pump()
        late[1].succeed(true)
        stage.pair.pump()
        #expect(order == [])
        late[0].fail(StageFailure.noChannel)
        stage.pair.pump()
        #expect(order == ["shell false", "alive true"])
    }

    @Test func severalChannelsDoNotMixTheirOctets() throws {
        let stage = try SSHStage()
        let all = try (0..<10).map { _ in try stage.openSession() }
        for (index, channel) in all.enumerated() {
            for _ in 0..<50 { channel.server.channel?.send([UInt8](repeating: UInt8(index), count: 5000)) }
        }
        stage.pair.pump()
        for (index, channel) in all.enumerated() {
            #expect(channel.client.octets.count == 250_000)
            #expect(channel.client.octets.allSatisfy { $0 == UInt8(index) })
        }
        // The eleventh is refused by the server's machine.
        var refusal: SSHChannelRefusal?
        stage.client.connection?.openChannel(.session, handler: NotingChannel()).whenDone {
            if case .failure(let error) = $0 { refusal = error as? SSHChannelRefusal }
        }
        stage.pair.pump()
        #expect(refusal?.reason == .resourceShortage && stage.server.channels.count == 10)
    }

    @Test func keysAreRenewedInTheMiddleOfATransfer() throws {
        let stage = try SSHStage(
            server: { $0.transport.rekeyOctets = 20_000 }, client: { $0.transport.rekeyOctets = 50_000 })
        let (near, far) = try stage.openSession()
        let text = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        far.channel?.send(text)
        near.channel?.send(text)
        for _ in 0..<200 { stage.advance(by: .seconds(1)) }
        #expect(near.octets == text && far.octets == text)
        #expect(stage.client.reasons.isEmpty && stage.server.reasons.isEmpty)
    }

    @Test func keysAreRenewedOnDemandAndTheSessionKeepsItsName() throws {
        let stage = try SSHStage()
        let before = stage.client.connection?.sessionID
        stage.client.connection?.renewKeys()
        stage.pair.pump()
        let (near, far) = try stage.openSession()
        near.channel?.send("after")
        stage.pair.pump()
        #expect(far.text == "after" && stage.client.connection?.sessionID == before)
    }

    @Test func aGoodbyeIsHeardOnBothEnds() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        far.channel?.send("last words")
        stage.server.connection?.disconnect(.byApplication, "See you.")
        stage.pair.pump()
        #expect(near.text == "last words")
        #expect(near.closedCount == 1 && far.closedCount == 1)
        #expect(stage.client.reasons.count == 1 && stage.server.reasons.count == 1)
        #expect(stage.test.leftovers.isEmpty)
    }

    @Test func anAbruptEndClosesEverythingOnce() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        var answer: Bool?
        var opening: Result<SSHChannel, any Error>?
        near.channel?.request(.shell).whenDone { answer = try? $0.get() }
        stage.client.connection?.openChannel(.session, handler: NotingChannel()).whenDone { opening = $0 }
        far.channel?.send([UInt8](repeating: 1, count: 1000))
        stage.pair.cut(after: 10, from: .server)
        stage.pair.pump()
        stage.advance(by: .seconds(1))
        #expect(near.closedCount == 1 && far.closedCount == 1)
        #expect(stage.client.reasons.count == 1 && stage.server.reasons.count == 1)
        #expect(answer == false)
        guard case .failure = opening else { throw StageFailure.noChannel }
        // Calls on what is gone do nothing.
        near.channel?.send("x")
        near.channel?.close()
        near.channel?.notify(.shell)
        #expect(near.channel?.bufferedByteCount == 0 && near.channel?.isOutputClosed == true)
        #expect(stage.test.leftovers.isEmpty)
    }

    @Test(arguments: 0..<40) func aCutAnywhereInTheLoginIsSurvived(step: Int) throws {
        let stage = try SSHStage(pumps: false)
        stage.pair.cut(after: step * 97, from: step % 2 == 0 ? .client : .server)
        stage.pair.pump()
        stage.advance(by: .seconds(300))
        #expect(stage.client.reasons.count <= 1 && stage.server.reasons.count <= 1)
        if !stage.server.reasons.isEmpty { #expect(stage.client.reasons.count == 1) }
    }

    @Test func guessesEndTheConnection() throws {
        let stage = try SSHStage(prepare: { _, client in client.passwords = Array(repeating: "wrong", count: 50) })
        #expect(!stage.server.isLoggedIn && !stage.client.isLoggedIn)
        #expect(stage.server.attempts.count <= 7)
        #expect(stage.server.reasons.count == 1 && stage.client.reasons.count == 1)
    }

    @Test func aHostKeyThatIsNotTrustedEndsTheConnection() throws {
        let stage = try SSHStage(prepare: { _, client in client.trusts = .succeeded(false) })
        #expect(stage.server.attempts.isEmpty && stage.client.reasons.count == 1 && stage.server.reasons.count == 1)
    }

    @Test func aHostKeyMayBeThoughtAbout() throws {
        let trust = Deferred<Bool>()
        let stage = try SSHStage(prepare: { _, client in client.trusts = trust })
        #expect(!stage.client.isLoggedIn)
        trust.succeed(true)
        stage.pair.pump()
        #expect(stage.client.isLoggedIn)
    }

    @Test func aLoginMayTakeItsTime() throws {
        let verdict = Deferred<SSHLoginVerdict>()
        let stage = try SSHStage(prepare: { server, _ in
            server.onLogin = { $0.proof == .none ? .succeeded(.refuse()) : verdict }
        })
        #expect(!stage.client.isLoggedIn)
        verdict.succeed(.accept)
        stage.pair.pump()
        #expect(stage.client.isLoggedIn)
    }

    @Test func whoDoesNotLogInInTimeIsCutOff() throws {
        let stage = try SSHStage(
            server: { $0.loginGrace = .seconds(30) }, prepare: { _, client in client.passwords = [] })
        stage.advance(by: .seconds(29))
        #expect(stage.server.reasons.isEmpty)
        stage.advance(by: .seconds(1))
        #expect(stage.server.reasons.count == 1 && stage.client.reasons.count == 1)
    }

    @Test func graceEndsWithTheLogin() throws {
        let stage = try SSHStage(server: { $0.keepAlive = nil }, client: { $0.keepAlive = nil })
        stage.advance(by: .seconds(1000))
        #expect(stage.server.reasons.isEmpty && stage.client.reasons.isEmpty)
    }

    @Test func aPeerThatIsThereAnswersKeepAlives() throws {
        let stage = try SSHStage(server: { $0.keepAlive = .seconds(10) }, client: { $0.keepAlive = nil })
        let before = stage.server.sent
        for _ in 0..<100 { stage.advance(by: .seconds(10)) }
        #expect(stage.server.reasons.isEmpty)
        #expect(stage.server.sent > before + 50 * 40)
    }

    @Test func aPeerThatIsGoneIsGivenUp() throws {
        let stage = try SSHStage(server: { $0.keepAlive = .seconds(10) }, client: { $0.keepAlive = nil })
        // Nothing is carried any more.
        stage.test.advance(by: .seconds(39))
        #expect(stage.server.connection?.isClosing == false)
        stage.test.advance(by: .seconds(10))
        #expect(stage.server.connection?.isClosing == true)
        stage.test.advance(by: .seconds(10))
        #expect(stage.server.reasons.count == 1)
    }

    @Test func aClientHasNoSessions() throws {
        let stage = try SSHStage()
        var refusal: SSHChannelRefusal?
        stage.server.connection?.openChannel(.session, handler: NotingChannel()).whenDone {
            if case .failure(let error) = $0 { refusal = error as? SSHChannelRefusal }
        }
        stage.pair.pump()
        #expect(refusal?.reason == .prohibited)
    }

    @Test func noMoreSessionsAreNoMoreSessions() throws {
        let stage = try SSHStage()
        stage.client.connection?.notify(.noMoreSessions)
        #expect(throws: StageFailure.self) { try stage.openSession() }
    }

    @Test func aRefusedChannelTellsWhy() throws {
        let stage = try SSHStage()
        stage.server.onChannel = { _ in .failed(SSHChannelRefusal(.unknownKind, "no x11")) }
        var refusal: SSHChannelRefusal?
        stage.client.connection?.openChannel(.other(name: "x11", fields: [1]), handler: NotingChannel()).whenDone {
            if case .failure(let error) = $0 { refusal = error as? SSHChannelRefusal }
        }
        stage.pair.pump()
        #expect(refusal == SSHChannelRefusal(.unknownKind, "no x11"))
        #expect(stage.server.kinds == [.other(name: "x11", fields: [1])])
    }

    @Test func aChannelThatNobodyWantsAnyMoreIsClosed() throws {
        let stage = try SSHStage()
        let answer = Deferred<any SSHChannelHandler>()
        let far = NotingChannel()
        stage.server.onChannel = { _ in answer }
        let near = NotingChannel()
        let opening = stage.client.connection?.openChannel(.session, handler: near)
        stage.pair.pump()
        opening?.cancel()
        answer.succeed(far)
        stage.pair.pump()
        #expect(near.channel == nil && far.closedCount == 1)
        #expect(stage.client.connection?.channelCount == 0 && stage.server.connection?.channelCount == 0)
    }
}
