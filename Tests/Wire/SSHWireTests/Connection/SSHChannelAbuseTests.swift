import Basics
import SSHKeys
import SSHWire
import Testing

/// What a peer must not do, and what becomes of it.
struct SSHChannelAbuseTests {
    @Test func channelsBeyondTheLimitAreRefused() throws {
        var test = ChannelsUnderTest()
        for sender in 0..<10_000 as Range<UInt32> {
            let event = try test.machine.receive(ChannelMessages.open(sender: sender))
            if sender < 10 {
                test.machine.confirm(Int(sender))
                #expect(event == .requested(Int(sender), .session))
            } else if event != nil {
                throw Unexpected()
            }
        }
        #expect(test.machine.count == 10)
        #expect(test.sent().count { $0[0] == 92 && $0[8] == 4 } == 9990)
        // One that goes makes room for one, once both have closed it.
        test.machine.close(3)
        #expect(try test.machine.receive(ChannelMessages.open(sender: 1)) == nil)
        _ = try test.machine.receive(ChannelMessages.numbers(97, 3))
        test.machine.release(3)
        #expect(try test.machine.receive(ChannelMessages.open(sender: 1)) == .requested(3, .session))
        // Ours do not count.
        #expect(test.machine.open(.session) == 10)
    }

    @Test(arguments: [UInt8](93...100)) func aChannelThatIsNotThereEndsTheConnection(number: UInt8) throws {
        let tail: [UInt8] = [0, 0, 0, 1, 0x61, 0]
        for channel: UInt32 in [0, 1, 5, .max] {
            var test = ChannelsUnderTest()
            // Not confirmed yet: the peer cannot know its number.
            _ = try test.machine.receive(ChannelMessages.open())
            // Opened by us, and not confirmed by the peer.
            _ = test.machine.open(.session)
            let message =
                ChannelMessages.numbers(number, channel) + (number == 94 || number == 98 ? tail : [0, 0, 0, 1] + tail)
            #expect(throws: SSHFailure.self) { try test.machine.receive(message) }
        }
    }

    @Test func onlyWhatWeAskedForIsConfirmed() throws {
        var test = try ChannelsUnderTest(open: ())
        #expect(throws: SSHFailure.self) { try test.machine.receive(ChannelMessages.numbers(91, 0, 9, 50, 20)) }
        #expect(throws: SSHFailure.self) {
            try test.machine.receive(ChannelMessages.numbers(92, 0, 1) + [0, 0, 0, 0, 0, 0, 0, 0])
        }
    }

    @Test func dataBehindItsEndEndsTheConnection() throws {
        var test = try ChannelsUnderTest(open: ())
        _ = try test.machine.receive(ChannelMessages.numbers(96, 0))
        #expect(throws: SSHFailure.self) { try test.machine.receive(ChannelMessages.data([1])) }
    }

    @Test(arguments: [94, 95, 96, 97, 98, 93] as [UInt8]) func nothingMayFollowAClose(number: UInt8) throws {
        var test = try ChannelsUnderTest(open: ())
        _ = try test.machine.receive(ChannelMessages.numbers(97, 0))
        let message: [UInt8] =
            switch number {
            case 94: ChannelMessages.data([1])
            case 95: ChannelMessages.extended([1])
            case 98: ChannelMessages.request("shell")
            default: ChannelMessages.numbers(number, 0, 1)
            }
        #expect(throws: SSHFailure.self) { try test.machine.receive(message) }
        test.machine.release(0)
        #expect(throws: SSHFailure.self) { try test.machine.receive(message) }
    }

    @Test func questionsWithoutEndEndTheConnection() throws {
        var test = try ChannelsUnderTest(open: ())
        for _ in 0..<SSHChannelLimits.waitingRequestCount {
            _ = try test.machine.receive(ChannelMessages.request("shell"))
        }
        #expect(throws: SSHFailure.self) { try test.machine.receive(ChannelMessages.request("shell")) }
        for _ in 0..<SSHChannelLimits.waitingRequestCount { _ = try test.machine.receive(ChannelMessages.global("x")) }
        #expect(throws: SSHFailure.self) { try test.machine.receive(ChannelMessages.global("x")) }
        // Those that want no answer do not wait.
        for _ in 0..<1000 {
            _ = try test.machine.receive(ChannelMessages.request("signal", wantsAnswer: false, fields: [0, 0, 0, 0]))
        }
    }

    @Test func damagedRequestsAreRefusedAndNotTheConnection() throws {
        var test = try ChannelsUnderTest(open: ())
        #expect(try test.machine.receive(ChannelMessages.request("pty-req", fields: [0, 0, 0, 9, 1])) == nil)
        #expect(test.sent() == [ChannelMessages.numbers(100, 7)])
        #expect(try test.machine.receive(ChannelMessages.request("exec", wantsAnswer: false, fields: [1])) == nil)
        #expect(try test.machine.receive(ChannelMessages.global("tcpip-forward", fields: [1])) == nil)
        #expect(test.sent() == [[82]])
        #expect(try test.machine.receive(ChannelMessages.open("direct-tcpip", fields: [1])) == nil)
        #expect(test.sent().first?.first == 92)
    }

    /// Every message cut off at every place, and with every octet changed, is answered or ends the connection.
    @Test func damagedMessagesNeverTrap() throws {
        let whole: [[UInt8]] = [
            ChannelMessages.open(), ChannelMessages.numbers(91, 0, 9, 50, 20), ChannelMessages.numbers(92, 0, 1, 0, 0),
            ChannelMessages.numbers(93, 0, 5), ChannelMessages.data([1, 2, 3]), ChannelMessages.extended([1, 2]),
            ChannelMessages.request("exec", fields: [0, 0, 0, 1, 0x61]),
            ChannelMessages.global("hostkeys-00@openssh.com", fields: [0, 0, 0, 1, 1]),
        ]
        for message in whole {
            for length in 0...message.count {
                var test = try ChannelsUnderTest(open: ())
                _ = try? test.machine.receive(Array(message.prefix(length)))
            }
            for place in message.indices {
                for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                    var test = try ChannelsUnderTest(open: ())
                    var changed = message
                    changed[place] = value
                    _ = try? test.machine.receive(changed)
                    _ = test.sent()
                }
            }
        }
    }

    /// Noise of a peer and calls of an owner in any order.
    @Test(arguments: 0..<40 as Range<UInt64>) func anyOrderOfMessagesAndCallsIsSurvived(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var test = ChannelsUnderTest(limit: 3, window: 50)
        for _ in 0..<500 {
            let channel = UInt32.random(in: 0..<4, using: &random)
            let count = Int.random(in: 0..<20, using: &random)
            let octets = [UInt8](repeating: 1, count: count)
            switch Int.random(in: 0..<16, using: &random) {
            case 0:
                _ = try? test.machine.receive(ChannelMessages.open(sender: channel, window: UInt32(count), packet: 5))
            case 1: _ = try? test.machine.receive(ChannelMessages.numbers(91, channel, 9, 50, 20))
            case 2:
                _ = try? test.machine.receive(
                    ChannelMessages.numbers(93, channel, .random(in: 0...(.max), using: &random)))
            case 3: _ = try? test.machine.receive(ChannelMessages.data(octets, to: channel))
            case 4: _ = try? test.machine.receive(ChannelMessages.numbers(96, channel))
            case 5: _ = try? test.machine.receive(ChannelMessages.numbers(97, channel))
            case 6: _ = try? test.machine.receive(ChannelMessages.request("shell", to: channel))
            case 7: test.machine.confirm(Int(channel))
            case 8: test.machine.refuse(Int(channel), SSHChannelRefusal(.prohibited))
            case 9: test.enqueue(octets, on: Int(channel))
            case 10: test.machine.endOutput(of: Int(channel))
            case 11: test.machine.close(Int(channel))
            case 12: test.machine.release(Int(channel))
            case 13: test.machine.taken(count - 5, on: Int(channel))
            case 14: if test.machine.count < 6 { _ = test.machine.open(.session) }
            default: test.machine.answer(true, to: count, on: Int(channel))
            }
            if count == 0 { _ = test.sent() }
        }
        #expect(test.machine.count <= 9)
    }
}
