import Basics
import SSHKeys
import SSHWire
import Testing

struct SSHRekeyTests {
    @Test(arguments: [[SSHRole.client], [.server], [.client, .server]])
    func keysAreRenewedDuringBulk(_ starters: [SSHRole]) {
        let pair = SSHTransportPair.connected()
        var fromClient: [[UInt8]] = []
        var fromServer: [[UInt8]] = []
        for round in UInt8(0)..<20 {
            if round % 4 == 2 {
                pair.now = pair.now.advanced(by: .seconds(2))
                if starters.contains(.client) { pair.client.rekey(now: pair.now) }
                if starters.contains(.server) { pair.server.rekey(now: pair.now) }
            }
            for size in [100, 20_000] {
                fromClient.append(channelData(round, size))
                pair.client.send(channelData(round, size))
                fromServer.append(channelData(round, size + 1))
                pair.server.send(channelData(round, size + 1))
            }
            // One flight each, so that offers and data cross.
            let toServer = pair.client.takeOutput()
            let toClient = pair.server.takeOutput()
            pair.feedServer(toServer)
            pair.feedClient(toClient)
        }
        pair.exchange()
        #expect(pair.clientFailure == nil && pair.serverFailure == nil)
        #expect(SSHTransportPair.messages(pair.serverEvents) == fromClient)
        #expect(SSHTransportPair.messages(pair.clientEvents) == fromServer)
        #expect(pair.serverEvents.count { $0 == .keysExchanged(isFirst: false) } == 5)
        #expect(pair.client.sessionID == pair.server.sessionID)
        #expect(pair.clientEvents.allSatisfy { if case .hostKey = $0 { false } else { true } })
    }

    @Test func messagesWaitAndAreCounted() {
        let pair = SSHTransportPair.connected()
        pair.client.rekey(now: pair.now)
        let offered = pair.client.queuedByteCount
        #expect(offered > 100)
        pair.client.send(channelData(1, 999))
        pair.client.send([SSHMessageNumber.channelData], followedBy: [UInt8](repeating: 2, count: 999).span)
        #expect(pair.client.queuedByteCount == offered + 2000)
        #expect(pair.client.takeOutput().count == offered)
        #expect(pair.client.queuedByteCount == 2000)
    }

    @Test func octetsRenewKeys() {
        var settings = SSHTransportSettings(role: .server, hostKeys: [SSHTransportPair.hostKey])
        settings.rekeyOctets = 100_000
        let pair = SSHTransportPair.connected(server: settings)
        for _ in 0..<50 {
            pair.client.send(channelData(1, 10_000))
            pair.exchange()
        }
        // Each client's renewal counts as worth it: the limits of both are not the same, but the octets are many.
        #expect(pair.serverEvents.count { $0 == .keysExchanged(isFirst: false) } >= 4)
        #expect(SSHTransportPair.messages(pair.serverEvents).count == 50)
        #expect(pair.clientFailure == nil && pair.serverFailure == nil)
    }

    @Test func timeRenewsKeys() throws {
        let pair = SSHTransportPair.connected()
        let deadline = pair.server.nextDeadline
        let due = try #require(deadline)
        #expect(due == pair.now.advanced(by: .seconds(3600)))
        try pair.server.timePassed(now: due.advanced(by: .nanoseconds(-1)))
        #expect(pair.server.takeOutput().isEmpty)
        pair.now = due
        try pair.server.timePassed(now: due)
        pair.exchange()
        #expect(pair.clientEvents == [.keysExchanged(isFirst: false)])
        #expect(pair.server.nextDeadline == due.advanced(by: .seconds(3600)))
    }

    @Test func aKeyExchangeMayNotTakeForEver() throws {
        let pair = SSHTransportPair()
        let deadline = pair.server.nextDeadline
        let due = try #require(deadline)
        #expect(due == pair.now.advanced(by: .seconds(60)))
        #expect(throws: SSHFailure(.keyExchangeFailed, "The key exchange took too long.")) {
            try pair.server.timePassed(now: due)
        }
        #expect(pair.server.nextDeadline == nil)
    }

    @Test func aClientMayNotRenewKeysWithoutEnd() {
        let pair = SSHTransportPair.connected()
        var renewed = 0
        while pair.serverFailure == nil, renewed < 1000 {
            pair.client.rekey(now: pair.now)
            pair.exchange()
            renewed += 1
        }
        #expect(renewed == SSHTransportLimits.rekeyBurst + 1)
        #expect(pair.serverFailure == SSHFailure(.protocolError, "Keys are renewed too often."))
        #expect(pair.clientEvents.last == .disconnected(.protocolError, "Keys are renewed too often."))
    }

    @Test(arguments: [(SSHTransportLimits.rekeyWorthOctets, false), (SSHTransportLimits.rekeyWorthOctets / 4, true)])
    func whoeverSendsMuchMayRenewKeysOften(octets: Int, isCutOff: Bool) {
        let pair = SSHTransportPair.connected()
        for _ in 0..<4 * SSHTransportLimits.rekeyBurst {
            if pair.serverFailure != nil { break }
            for _ in 0..<octets / 4096 { pair.client.send(channelData(1, 4096)) }
            pair.client.rekey(now: pair.now)
            pair.exchange()
        }
        #expect((pair.serverFailure != nil) == isCutOff)
    }

    @Test func aServerMayRenewKeysAsOftenAsItLikes() {
        let pair = SSHTransportPair.connected()
        for _ in 0..<100 {
            pair.server.rekey(now: pair.now)
            pair.exchange()
        }
        #expect(pair.clientFailure == nil && pair.serverFailure == nil)
        #expect(pair.clientEvents.count == 100)
    }

    @Test func aClientMayRenewKeysEachSecond() {
        let pair = SSHTransportPair.connected()
        for _ in 0..<40 {
            pair.now = pair.now.advanced(by: .seconds(1))
            pair.client.rekey(now: pair.now)
            pair.exchange()
        }
        #expect(pair.serverFailure == nil)
        #expect(pair.serverEvents.count == 40)
    }

    @Test func aPeerMayNotLetAnswersPileUp() {
        let pair = SSHTransportPair.connected()
        pair.server.rekey(now: pair.now)
        // The offer never reaches the client, which goes on asking.
        _ = pair.server.takeOutput()
        for _ in 0..<SSHTransportLimits.waitingAnswers { pair.client.send([200]) }
        pair.feedServer(pair.client.takeOutput())
        #expect(pair.serverFailure == nil)
        pair.client.send([200])
        pair.feedServer(pair.client.takeOutput())
        #expect(pair.serverFailure?.reason == .protocolError)
    }
}
