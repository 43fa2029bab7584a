import SSHKeys
import SSHWire
import Testing

/// The life of channels: opened, used, ended, closed, by either side.
struct SSHChannelsTests {
    @Test func aPeersChannelIsConfirmedWithOurNumbers() throws {
        var test = ChannelsUnderTest()
        #expect(try test.machine.receive(ChannelMessages.open()) == .requested(0, .session))
        test.machine.confirm(0)
        #expect(test.sent() == [ChannelMessages.numbers(91, 7, 0, 1000, 32_768)])
        #expect(test.machine.count == 1)
    }

    @Test func aPeersChannelIsRefusedWithAReason() throws {
        var test = ChannelsUnderTest()
        _ = try test.machine.receive(ChannelMessages.open("x11", fields: [1, 2, 3]))
        test.machine.refuse(0, SSHChannelRefusal(.unknownKind, "no"))
        let expected = ChannelMessages.numbers(92, 7, 3) + [0, 0, 0, 2, 0x6E, 0x6F, 0, 0, 0, 0]
        #expect(test.sent() == [expected])
        #expect(test.machine.count == 0)
    }

    @Test func ourChannelIsOpenedByThePeer() throws {
        var test = ChannelsUnderTest()
        let forwarding = SSHForwarding(host: "mud.example", port: 4000)
        #expect(test.machine.open(.direct(forwarding)) == 0)
        let opened = test.sent()
        var other = ChannelsUnderTest()
        #expect(try other.machine.receive(opened[0]) == .requested(0, .direct(forwarding)))
        #expect(try test.machine.receive(ChannelMessages.numbers(91, 0, 9, 50, 20)) == .opened(0))
        test.enqueue(Array(0..<30))
        #expect(
            test.sent().map { Array($0.prefix(9)) } == [
                [94, 0, 0, 0, 9, 0, 0, 0, 20], [94, 0, 0, 0, 9, 0, 0, 0, 10],
            ])
    }

    @Test func whatIsQueuedBeforeThePeerAgreesGoesOutAfterwards() throws {
        var test = ChannelsUnderTest()
        let channel = test.machine.open(.session)
        test.enqueue([1, 2], on: channel)
        test.machine.endOutput(of: channel)
        test.machine.close(channel)
        #expect(test.sent().count == 1)
        _ = try test.machine.receive(ChannelMessages.numbers(91, 0, 9, 50, 20))
        #expect(test.sent() == [ChannelMessages.data([1, 2], to: 9), ChannelMessages.numbers(97, 9)])
    }

    @Test func aRefusalFreesTheNumber() throws {
        var test = ChannelsUnderTest()
        #expect(test.machine.open(.session) == 0)
        let refusal = ChannelMessages.numbers(92, 0, 4) + [0, 0, 0, 1, 0x61, 0, 0, 0, 0]
        #expect(try test.machine.receive(refusal) == .refused(0, SSHChannelRefusal(.resourceShortage, "a")))
        #expect(test.machine.open(.session) == 0)
    }

    @Test func theEndGoesOutBehindWhatIsQueued() throws {
        var test = try ChannelsUnderTest(open: (), peerWindow: 3)
        test.enqueue([1, 2, 3, 4])
        test.machine.endOutput(of: 0)
        #expect(test.sent() == [ChannelMessages.data([1, 2, 3], to: 7)])
        #expect(try test.machine.receive(ChannelMessages.numbers(93, 0, 5)) == .windowOpened(0))
        #expect(test.sent() == [ChannelMessages.data([4], to: 7), ChannelMessages.numbers(96, 7)])
        test.enqueue([5])
        #expect(test.sent() == [])
        // The other direction goes on.
        guard case .data(0, let data) = try test.machine.receive(ChannelMessages.data([9])) else { throw Unexpected() }
        #expect(data.octets == [9] && data.stream == .output)
    }

    @Test func weCloseAndThePeerAnswers() throws {
        var test = try ChannelsUnderTest(open: ())
        test.machine.close(0)
        #expect(test.sent() == [ChannelMessages.numbers(97, 7)])
        // What crosses our message is dropped; an answer would come too late.
        #expect(try test.machine.receive(ChannelMessages.data([1])) == nil)
        #expect(try test.machine.receive(ChannelMessages.request("shell")) == nil)
        #expect(try test.machine.receive(ChannelMessages.numbers(96, 0)) == nil)
        #expect(try test.machine.receive(ChannelMessages.numbers(97, 0)) == .closed(0))
        test.machine.release(0)
        #expect(test.sent() == [] && test.machine.count == 0)
    }

    @Test func thePeerClosesAndWeAnswerOnceTheOwnerIsDone() throws {
        var test = try ChannelsUnderTest(open: (), peerWindow: 0)
        test.enqueue([1])
        #expect(try test.machine.receive(ChannelMessages.numbers(97, 0)) == .closed(0))
        #expect(test.machine.isWritable(0) == false)
        #expect(test.machine.count == 1)
        #expect(test.sent() == [])
        test.machine.release(0)
        #expect(test.sent() == [ChannelMessages.numbers(97, 7)] && test.machine.count == 0)
    }

    @Test func streamsKeepTheirOrder() throws {
        var test = try ChannelsUnderTest(open: ())
        test.enqueue([1, 2])
        test.enqueue([3])
        test.enqueue([4], stream: .errors)
        test.enqueue([5])
        #expect(
            test.sent() == [
                ChannelMessages.data([1, 2, 3], to: 7), ChannelMessages.extended([4], to: 7),
                ChannelMessages.data([5], to: 7),
            ])
        guard case .data(0, let data) = try test.machine.receive(ChannelMessages.extended([8], code: 5)) else {
            throw Unexpected()
        }
        #expect(data.stream == SSHChannelStream(code: 5) && data.octets == [8])
    }

    @Test func channelsTakeTurns() throws {
        var test = ChannelsUnderTest()
        for sender: UInt32 in [7, 8, 9] {
            _ = try test.machine.receive(ChannelMessages.open(sender: sender, packet: 2))
            test.machine.confirm(Int(sender - 7))
            test.enqueue([1, 2, 3, 4], on: Int(sender - 7))
        }
        let peers = test.sent().filter { $0[0] == 94 }.map { $0[4] }
        #expect(peers == [8, 9, 7, 8, 9, 7])
    }

    @Test func octetsPassTheQueueWhileItIsEmpty() throws {
        var test = try ChannelsUnderTest(open: (), peerWindow: 150)
        let part = test.machine.takeWindow(for: 500, on: 0)
        #expect(part?.count == 100 && part?.head == [94, 0, 0, 0, 7, 0, 0, 0, 100])
        #expect(
            test.machine.takeWindow(for: 500, stream: .errors, on: 0)?.head == [
                95, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 50,
            ])
        #expect(test.machine.takeWindow(for: 1, on: 0) == nil)
        test.enqueue([1])
        _ = try test.machine.receive(ChannelMessages.numbers(93, 0, 5))
        #expect(test.machine.takeWindow(for: 1, on: 0) == nil)
        #expect(test.sent() == [ChannelMessages.data([1], to: 7)])
    }

    @Test func answersKeepTheOrderOfTheQuestions() throws {
        var test = try ChannelsUnderTest(open: ())
        #expect(try test.machine.receive(ChannelMessages.request("shell")) == .request(0, .shell, ticket: 0))
        #expect(
            try test.machine.receive(ChannelMessages.request("eow@openssh.com", wantsAnswer: false))
                == .request(0, .endOfWrite, ticket: nil))
        #expect(
            try test.machine.receive(ChannelMessages.request("nonsense"))
                == .request(0, .other(name: "nonsense", fields: []), ticket: 1))
        test.machine.answer(false, to: 1, on: 0)
        #expect(test.sent() == [])
        test.machine.answer(true, to: 0, on: 0)
        #expect(test.sent() == [ChannelMessages.numbers(99, 7), ChannelMessages.numbers(100, 7)])
        test.machine.answer(true, to: 0, on: 0)
        #expect(test.sent() == [] && test.machine.waitingRequestCount == 0)
    }

    @Test func globalAnswersKeepTheOrderOfTheQuestions() throws {
        var test = ChannelsUnderTest()
        #expect(
            try test.machine.receive(ChannelMessages.global("keepalive@openssh.com"))
                == .globalRequest(.keepAlive, ticket: 0))
        _ = try test.machine.receive(ChannelMessages.global("keepalive@openssh.com"))
        test.machine.answerGlobal([0, 0, 0, 1], to: 1)
        test.machine.answerGlobal(nil, to: 0)
        #expect(test.sent() == [[82], [81, 0, 0, 0, 1]])
    }

    @Test func thePeersAnswersComeBack() throws {
        var test = try ChannelsUnderTest(open: ())
        test.machine.send(.shell, wantsAnswer: true, on: 0)
        #expect(test.sent() == [ChannelMessages.request("shell", to: 7)])
        #expect(try test.machine.receive(ChannelMessages.numbers(100, 0)) == .answered(0, false))
        test.machine.sendGlobal(.keepAlive, wantsAnswer: true)
        #expect(try test.machine.receive([81, 5]) == .globalAnswered([5]))
        // Nobody asked.
        #expect(try test.machine.receive(ChannelMessages.numbers(99, 0)) == nil)
        #expect(try test.machine.receive([82]) == nil)
    }

    @Test func nothingIsSentOnAChannelThatIsBeingClosed() throws {
        var test = try ChannelsUnderTest(open: ())
        test.machine.close(0)
        _ = test.sent()
        let isSent = test.machine.send(.exitStatus(0), on: 0)
        #expect(!isSent)
        test.enqueue([1])
        test.machine.endOutput(of: 0)
        test.machine.close(0)
        #expect(test.sent() == [])
    }

    @Test func anAbortThrowsAwayWhatWaits() throws {
        var test = try ChannelsUnderTest(open: (), peerWindow: 0)
        test.enqueue([1, 2, 3])
        #expect(test.machine.queuedCount(on: 0) == 3)
        test.machine.abort(0)
        #expect(test.sent() == [ChannelMessages.numbers(97, 7)] && test.machine.queuedCount(on: 0) == 0)
    }
}

struct Unexpected: Error {}
