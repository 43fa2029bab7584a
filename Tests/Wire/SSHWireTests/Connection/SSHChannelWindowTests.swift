import SSHKeys
import SSHWire
import Testing

/// Windows of both directions, and their extremes.
struct SSHChannelWindowTests {
    @Test func theWindowIsOpenedOnlyForWhatTheOwnerHasTaken() throws {
        var test = try ChannelsUnderTest(open: (), window: 100)
        for _ in 0..<10 { _ = try test.machine.receive(ChannelMessages.data(Array(repeating: 1, count: 10))) }
        #expect(test.sent() == [])
        test.machine.taken(40, on: 0)
        #expect(test.sent() == [])
        test.machine.taken(10, on: 0)
        #expect(test.sent() == [ChannelMessages.numbers(93, 7, 50)])
        test.machine.taken(50, on: 0)
        #expect(test.sent() == [ChannelMessages.numbers(93, 7, 50)])
        // More than there was is no more than all.
        test.machine.taken(5000, on: 0)
        #expect(test.sent() == [])
    }

    @Test func aWindowIsWidened() throws {
        var test = try ChannelsUnderTest(open: (), window: 100)
        test.machine.widenWindow(to: 1000, on: 0)
        #expect(test.sent() == [ChannelMessages.numbers(93, 7, 900)])
        test.machine.widenWindow(to: 500, on: 0)
        #expect(test.sent() == [])
        test.machine.widenWindow(to: .max, on: 0)
        #expect(test.sent() == [ChannelMessages.numbers(93, 7, UInt32(SSHChannelLimits.largestReceiveWindow - 1000))])
    }

    @Test func noWindowIsOpenedBehindTheEndOfTheData() throws {
        var test = try ChannelsUnderTest(open: (), window: 10)
        _ = try test.machine.receive(ChannelMessages.data(Array(repeating: 1, count: 10)))
        #expect(try test.machine.receive(ChannelMessages.numbers(96, 0)) == .ended(0))
        test.machine.taken(10, on: 0)
        #expect(test.sent() == [])
        #expect(try test.machine.receive(ChannelMessages.numbers(96, 0)) == nil)
    }

    @Test func aWindowOfOneOctetLetsOneOctetThrough() throws {
        var test = try ChannelsUnderTest(open: (), peerWindow: 1)
        let text = Array("one octet at a time".utf8)
        test.enqueue(text)
        var received: [UInt8] = []
        for _ in text {
            let sent = test.sent()
            #expect(sent.count == 1)
            received += sent.first?.suffix(1) ?? []
            _ = try test.machine.receive(ChannelMessages.numbers(93, 0, 1))
        }
        #expect(received == text && test.sent() == [])
    }

    @Test func theWidestWindowIsTakenAndNoneBeyondIt() throws {
        var test = try ChannelsUnderTest(open: (), peerWindow: .max, packet: .max)
        test.enqueue(Array(repeating: 1, count: 100_000))
        // Our own limit for a message holds whatever the peer allows.
        #expect(test.sent().map(\.count) == [32_777, 32_777, 32_777, 100_000 - 3 * 32_768 + 9])
        _ = try test.machine.receive(ChannelMessages.numbers(93, 0, 100_000))
        #expect(throws: SSHFailure.self) { try test.machine.receive(ChannelMessages.numbers(93, 0, 1)) }
    }

    @Test func dataBeyondTheWindowEndsTheConnection() throws {
        var test = try ChannelsUnderTest(open: (), window: 10)
        _ = try test.machine.receive(ChannelMessages.data(Array(repeating: 1, count: 10)))
        _ = try test.machine.receive(ChannelMessages.data([]))
        #expect(throws: SSHFailure.self) { try test.machine.receive(ChannelMessages.data([1])) }
    }

    @Test func dataThatCrossesOurCloseStillCounts() throws {
        var test = try ChannelsUnderTest(open: (), window: 10)
        test.machine.close(0)
        _ = try test.machine.receive(ChannelMessages.data(Array(repeating: 1, count: 10)))
        #expect(throws: SSHFailure.self) { try test.machine.receive(ChannelMessages.data([1])) }
    }

    @Test func dataAboveTheLargestPacketEndsTheConnection() throws {
        var test = try ChannelsUnderTest(open: (), window: 1 << 20)
        _ = try test.machine.receive(ChannelMessages.data(Array(repeating: 1, count: 32_768)))
        #expect(throws: SSHFailure.self) {
            try test.machine.receive(ChannelMessages.data(Array(repeating: 1, count: 32_769)))
        }
    }

    @Test func aLargestPacketOfNothingIsNoChannel() throws {
        var test = ChannelsUnderTest()
        #expect(try test.machine.receive(ChannelMessages.open(packet: 0)) == nil)
        #expect(test.sent().first?.prefix(9) == [92, 0, 0, 0, 7, 0, 0, 0, 1])
        _ = test.machine.open(.session)
        #expect(throws: SSHFailure.self) { try test.machine.receive(ChannelMessages.numbers(91, 0, 9, 50, 0)) }
    }

    /// A queue of a megabyte that leaves by octets is not moved for each of them.
    @Test func aLongQueueLeavesInLinearTime() throws {
        var test = try ChannelsUnderTest(open: (), peerWindow: .max, packet: 1)
        let count = 200_000
        test.enqueue((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        var place = 0
        var isRight = true
        while test.machine.nextPiece({ _, _, octets in
            isRight = isRight && octets.count == 1 && octets[0] == UInt8(truncatingIfNeeded: place &* 31)
            place += 1
        }) != nil {}
        #expect(isRight && place == count)
    }
}
