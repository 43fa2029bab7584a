import Basics
import ReactorCore
import ReactorTesting
import Testing
import Transports

@Suite struct ConnectionLimitPolicyTests {
    private func stage(_ limits: ConnectionLimits, seed: UInt64 = 1) throws -> (PolicyStage, ConnectionLimitPolicy) {
        let policy = ConnectionLimitPolicy(limits, generator: SeededGenerator(seed: seed))
        return (try PolicyStage { _ in [policy] }, policy)
    }

    @Test func limitsTheTotalAndGivesPlacesBack() throws {
        let (stage, policy) = try stage(ConnectionLimits(total: 2))
        let (first, recorder) = try #require(stage.connect())
        #expect(stage.connect(address("10.0.0.2")) != nil)
        #expect(stage.connect(address("10.0.0.3")) == nil)
        #expect(policy.currentCount == 2 && policy.refusedForTotalCount == 1 && policy.peerCount == 2)
        first.loseFromPeer()
        stage.test.settle()
        #expect(recorder?.lossCount == 1)
        #expect(policy.currentCount == 1 && policy.peerCount == 1)
        #expect(stage.connect(address("10.0.0.3")) != nil)
        #expect(policy.admittedCount == 3)
    }

    @Test(arguments: [
        (["10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2"], [true, true, false, true]),
        (["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1"], [true, true, false, true]),
        (["::ffff:10.0.0.1", "10.0.0.1", "::ffff:10.0.0.1"], [true, true, false]),
        (["/run/a", "", "", ""], [true, true, true, true]),
    ])
    func limitsEachPeer(peers: [String], admitted: [Bool]) throws {
        let (stage, policy) = try stage(ConnectionLimits(total: 100, perPeer: 2))
        #expect(peers.map { stage.connect(address($0)) != nil } == admitted)
        #expect(policy.refusedForPeerCount == admitted.count { !$0 })
    }

    @Test func prefixLengthsSayWhatAPeerIs() throws {
        var limits = ConnectionLimits(total: 100, perPeer: 1)
        limits.ipv4PrefixLength = 24
        limits.ipv6PrefixLength = 128
        let (stage, policy) = try stage(limits)
        let peers = ["10.0.0.1", "10.0.0.2", "10.0.1.1", "::1", "::2"]
        #expect(peers.map { stage.connect(address($0)) != nil } == [true, false, true, true, true])
        #expect(policy.currentCount(of: address("10.0.0.77")) == 1)
    }

    @Test func exemptPeersAreNeitherRefusedNorCounted() throws {
        var limits = ConnectionLimits(total: 1, perPeer: 1)
        limits.exempt = [try AddressPrefix("10.0.0.0/8"), try AddressPrefix("::1")]
        let (stage, policy) = try stage(limits)
        let peers = ["10.1.1.1", "10.1.1.1", "::1", "::1", "192.0.2.1", "192.0.2.2"]
        #expect(peers.map { stage.connect(address($0)) != nil } == [true, true, true, true, true, false])
        #expect(policy.currentCount == 1 && policy.peerCount == 1 && policy.admittedCount == 5)
    }

    @Test(arguments: [(9, 0), (10, 30), (55, 65), (99, 99), (100, 100), (1000, 100)])
    func theChanceOfAnEarlyDropGrows(count: Int, chance: Int) {
        #expect(ConnectionLimits.EarlyDrop(start: 10, rate: 30, full: 100).chance(starting: count) == chance)
    }

    @Test func oddFiguresOfEarlyDropDoNotTrap() {
        #expect(ConnectionLimits.EarlyDrop(start: 5, rate: 30, full: 5).chance(starting: 5) == 100)
        #expect(ConnectionLimits.EarlyDrop(start: 5, rate: 100, full: 50).chance(starting: 5) == 100)
        #expect(ConnectionLimits.EarlyDrop(start: 0, rate: -7, full: .max).chance(starting: .max / 2) == 50)
        #expect(ConnectionLimits.EarlyDrop(start: 9, rate: 200, full: 3).chance(starting: 10) == 100)
    }

    @Test func someOfACrowdGetInAndTheSameSeedTakesTheSame() throws {
        var limits = ConnectionLimits(total: 1000)
        limits.earlyDrop = ConnectionLimits.EarlyDrop(start: 10, rate: 30, full: 100)
        var patterns: [[Bool]] = []
        for seed: UInt64 in [5, 5, 6] {
            let (stage, policy) = try stage(limits, seed: seed)
            let pattern = (0..<300).map { _ in stage.connect() != nil }
            patterns.append(pattern)
            #expect(pattern.prefix(10).allSatisfy { $0 })
            #expect((40..<100).contains(policy.currentCount))
            #expect(policy.droppedEarlyCount == 300 - policy.currentCount)
        }
        #expect(patterns[0] == patterns[1] && patterns[0] != patterns[2])
    }

    @Test func establishedConnectionsMakeRoomForStarters() throws {
        var limits = ConnectionLimits(total: 1000)
        limits.earlyDrop = ConnectionLimits.EarlyDrop(start: 1, rate: 100, full: 1)
        let policy = ConnectionLimitPolicy(limits)
        let stage = try PolicyStage { [policy, TrafficLog($0.reactor, isEnabled: false) { _ in }] }
        let (transport, recorder) = try #require(stage.connect())
        #expect(stage.connect() == nil)
        let given = try #require(recorder?.transport)
        policy.establish(given)
        policy.establish(given)
        policy.establish(transport)
        #expect(policy.startingCount == 0 && policy.currentCount == 1)
        let (second, _) = try #require(stage.connect())
        #expect(policy.startingCount == 1)
        transport.loseFromPeer()
        second.loseFromPeer()
        stage.test.settle()
        #expect(policy.startingCount == 0 && policy.currentCount == 0)
    }

    @Test func refusedPeersAreToldWhyButOnlySoManyAtOnce() throws {
        var limits = ConnectionLimits(total: 0)
        limits.refusal = Array("full\r\n".utf8)
        let (stage, policy) = try stage(limits)
        var answered: [MemoryTransport] = []
        for _ in 0..<(ConnectionLimitPolicy.refusalsAtOnce + 5) {
            guard let (transport, recorder) = stage.connect() else { continue }
            #expect(recorder == nil && transport.takeWrittenText() == "full\r\n")
            answered.append(transport)
        }
        #expect(answered.count == ConnectionLimitPolicy.refusalsAtOnce)
        #expect(policy.refusedForTotalCount == ConnectionLimitPolicy.refusalsAtOnce + 5)
        stage.test.settle()
        #expect(answered.allSatisfy { $0.lostReason != nil })
        answered = []
        #expect(stage.connect() != nil)
        #expect(policy.currentCount == 0 && stage.inner.made.isEmpty)
    }

    @Test func aPeerThatDoesNotTakeTheRefusalIsCutOff() throws {
        var limits = ConnectionLimits(total: 0)
        limits.refusal = [1]
        let (stage, _) = try stage(limits)
        let made = try #require(stage.factory.makeProtocol(for: address("10.0.0.1")))
        let transport = MemoryTransport(reactor: stage.test.reactor)
        transport.isPeerReading = false
        transport.connect(made)
        stage.test.advance(by: ConnectionLimitPolicy.refusalDeadline)
        #expect(transport.lostReason.map { "\($0)" } == "the peer did not take the last octets in time")
    }

    @Test func aConnectionThatIsDroppedUnmadeCountsNoLonger() throws {
        let (stage, policy) = try stage(ConnectionLimits(total: 1))
        #expect(stage.factory.makeProtocol(for: address("10.0.0.1")) != nil)
        #expect(policy.currentCount == 0)
        stage.inner.turnsAway = true
        #expect(stage.connect() == nil)
        #expect(policy.currentCount == 0 && policy.refusedForTotalCount == 0)
    }

    @Test func manyConnectionsLeaveNothingBehind() throws {
        let (stage, policy) = try stage(ConnectionLimits(total: 10, perPeer: 3))
        var random = SeededGenerator(seed: 4)
        var open: [MemoryTransport] = []
        for _ in 0..<5_000 {
            let peer = SocketAddress.ipv4(IPv4Host(bits: UInt32.random(in: 0..<50, using: &random)), port: 1)
            if let (transport, _) = stage.connect(peer) { open.append(transport) }
            #expect(policy.currentCount == open.count && policy.peerCount <= 10 && open.count <= 10)
            if Bool.random(using: &random), !open.isEmpty {
                open.remove(at: Int.random(in: 0..<open.count, using: &random)).loseFromPeer()
                stage.test.settle()
            }
        }
        for transport in open { transport.abortConnection() }
        stage.test.settle()
        #expect(policy.currentCount == 0 && policy.peerCount == 0 && policy.startingCount == 0)
    }
}
