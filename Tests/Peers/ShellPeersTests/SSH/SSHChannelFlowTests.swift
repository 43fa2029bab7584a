import Basics
import ReactorCore
import ReactorTesting
import SSHKeys
import SSHWire
import Testing
import Transports

@testable import ShellPeers

/// Slow readers, shut windows, and how much waits where meanwhile.
struct SSHChannelFlowTests {
    @Test func aPausedChannelTakesNoMoreThanItsWindow() throws {
        let stage = try SSHStage(server: { $0.receiveWindow = 10_000 })
        let (near, far) = try stage.openSession()
        far.channel?.pauseInput()
        let text = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
        near.channel?.send(text)
        stage.pair.pump()
        #expect(far.octets.isEmpty)
        #expect(near.channel?.bufferedByteCount == 490_000)
        #expect(near.behind == [true])
        // The other direction and other channels go on.
        far.channel?.send("still here")
        let (second, secondFar) = try stage.openSession()
        second.channel?.send("hello")
        stage.pair.pump()
        #expect(near.text == "still here" && secondFar.text == "hello")

        far.channel?.resumeInput()
        stage.pair.pump()
        #expect(far.octets == text)
        #expect(near.channel?.bufferedByteCount == 0 && near.behind == [true, false])
    }

    @Test func theEndWaitsBehindWhatIsNotTaken() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        far.channel?.pauseInput()
        near.channel?.send("a")
        near.channel?.notify(.signal("INT"))
        near.channel?.endOutput()
        near.channel?.close()
        stage.pair.pump()
        // A signal does not wait.
        #expect(far.requests == [.signal("INT")])
        #expect(far.octets.isEmpty && far.endCount == 0 && far.closedCount == 0)
        // Both ends count the channel until it is dealt with.
        #expect(stage.server.connection?.channelCount == 1)
        far.channel?.resumeInput()
        stage.pair.pump()
        #expect(far.text == "a" && far.endCount == 1 && far.closedCount == 1 && near.closedCount == 1)
        #expect(stage.server.connection?.channelCount == 0 && stage.client.connection?.channelCount == 0)
    }

    @Test func anEndIsToldBeforeTheClose() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        far.closesAtEnd = false
        far.channel?.pauseInput()
        near.channel?.send("a")
        near.channel?.endOutput()
        stage.pair.pump()
        #expect(far.endCount == 0)
        far.channel?.resumeInput()
        #expect(far.text == "a" && far.endCount == 1 && far.closedCount == 0)
        far.channel?.close()
        stage.pair.pump()
        #expect(far.closedCount == 1 && near.closedCount == 1)
    }

    @Test func aPauseInsideACallHoldsBackTheNextPiece() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        near.pausesAfter = 1
        far.channel?.send([UInt8](repeating: 1, count: 32_768))
        far.channel?.send([UInt8](repeating: 2, count: 1000))
        far.channel?.send([UInt8](repeating: 3, count: 1000), stream: .errors)
        stage.pair.pump()
        #expect(near.octets.count == 32_768 && near.errors.isEmpty)
        near.channel?.resumeInput()
        #expect(near.octets.count == 33_768 && near.errors.isEmpty)
        near.channel?.resumeInput()
        #expect(near.errors.count == 1000)
    }

    @Test func manySmallPiecesOfTwoStreamsAreTakenInLinearTime() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        near.channel?.pauseInput()
        for _ in 0..<20_000 {
            far.channel?.send([1])
            far.channel?.send([2], stream: .errors)
        }
        stage.pair.pump()
        // One piece at a time.
        near.pausesAfter = 1
        while near.octets.count < 20_000 { near.channel?.resumeInput() }
        near.channel?.resumeInput()
        #expect(near.octets.count == 20_000 && near.errors.count == 20_000)
    }

    @Test func aClientHasNoStreamOfErrors() throws {
        let stage = try SSHStage(server: { $0.receiveWindow = 1000 })
        let (near, far) = try stage.openSession()
        far.channel?.pauseInput()
        near.channel?.send([UInt8](repeating: 1, count: 10_000), stream: .errors)
        near.channel?.send("a")
        stage.pair.pump()
        far.channel?.resumeInput()
        #expect(far.errors.isEmpty && far.text == "a")
    }

    @Test func aPeerThatReadsNothingIsCountedAndNotBuffered() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        stage.pair.server.isPeerReading = false
        let piece = [UInt8](repeating: 7, count: 10_000)
        for _ in 0..<100 { far.channel?.send(piece) }
        #expect(far.channel?.bufferedByteCount ?? 0 >= 1_000_000)
        #expect(far.behind == [true])
        // What is encrypted is bounded; the rest waits in the clear, on its channel.
        #expect(stage.pair.server.bufferedByteCount < 200_000)
        stage.pair.server.isPeerReading = true
        stage.pair.pump()
        #expect(near.octets.count == 1_000_000)
        #expect(far.channel?.bufferedByteCount == 0 && far.behind == [true, false])
    }

    @Test func aPeerThatAsksAndDoesNotReadIsReadNoMore() throws {
        let stage = try SSHStage(server: { $0.keepAlive = nil })
        stage.pair.server.isPeerReading = false
        for _ in 0..<200 {
            for _ in 0..<200 { _ = stage.client.connection?.request(.keepAlive) }
            stage.pair.pump()
        }
        #expect(stage.pair.server.bufferedByteCount < SSHConnectionLimits.unreadAnswers + 70_000)
        #expect(stage.server.reasons.isEmpty)
        stage.pair.server.isPeerReading = true
        stage.pair.pump()
        let (near, far) = try stage.openSession()
        near.channel?.send("all there")
        stage.pair.pump()
        #expect(far.text == "all there")
    }

    /// Whoever waits to be told goes on, also where it was a key exchange that held the octets back.
    @Test(arguments: [1 << 30, 30_000, 5000]) func whoSendsInStepGoesOn(rekeyOctets: Int) throws {
        let stage = try SSHStage(
            server: {
                $0.transport.rekeyOctets = rekeyOctets
                $0.transport.peerRekeyInterval = .zero
            }, client: { $0.transport.peerRekeyInterval = .zero })
        let (near, far) = try stage.openSession()
        let block = [UInt8](repeating: 7, count: 10_000)
        var left = 300
        func fill(_ channel: SSHChannel) {
            while left > 0, !channel.isBehind {
                left -= 1
                channel.send(block)
            }
        }
        far.onSpeed = fill
        far.channel.map(fill)
        stage.pair.pump()
        #expect(left == 0 && near.octets.count == 3_000_000)
        #expect(far.behind.count > 10 && far.behind.last == false)
    }

    /// What is sent inside a request waits for its answer, and is counted all the same.
    @Test func whoSendsInStepInsideARequestStopsInTime() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        let block = [UInt8](repeating: 7, count: 10_000)
        var (left, most) = (300, 0)
        func fill(_ channel: SSHChannel) {
            while left > 0, channel.bufferedByteCount <= SSHConnectionLimits.channelHighWater {
                left -= 1
                channel.send(block)
                most = max(most, channel.bufferedByteCount)
            }
        }
        far.onSpeed = fill
        far.onRequest = { _, channel in
            fill(channel)
            return .succeeded(true)
        }
        near.channel?.notify(.execute("bulk"))
        stage.pair.pump()
        #expect(left == 0 && near.octets.count == 3_000_000 && most < 80_000)
    }

    @Test func aLittleIsSentWhileMuchWaits() throws {
        let stage = try SSHStage()
        let (bulk, bulkFar) = try stage.openSession()
        let (near, far) = try stage.openSession()
        bulkFar.channel?.send([UInt8](repeating: 1, count: 10_000_000))
        far.channel?.send("prompt> ")
        // A delivery or four later it is there, and the rest is not.
        for _ in 0..<6 where near.text.isEmpty {
            stage.pair.step(from: .server)
            stage.pair.step(from: .client)
        }
        #expect(near.text == "prompt> ")
        #expect(bulk.octets.count < 1_000_000)
    }

    @Test func aWiderWindowLetsMoreThrough() throws {
        let stage = try SSHStage(server: { $0.receiveWindow = 1000 })
        let (near, far) = try stage.openSession()
        far.channel?.pauseInput()
        far.channel?.widenWindow(to: 300_000)
        stage.pair.pump()
        near.channel?.send([UInt8](repeating: 1, count: 400_000))
        stage.pair.pump()
        #expect(near.channel?.bufferedByteCount == 100_000)
    }

    @Test func aWindowOfOneOctetWorksFromEndToEnd() throws {
        let stage = try SSHStage(server: { $0.receiveWindow = 1 })
        let (near, far) = try stage.openSession()
        near.channel?.send("slowly, slowly")
        stage.pair.pump()
        #expect(far.text == "slowly, slowly")
    }

    @Test func whatDidNotArriveIsCountedPerChannel() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        let (_, other) = try stage.openSession()
        far.channel?.send("arrives")
        stage.pair.pump()
        stage.pair.server.isPeerReading = false
        far.channel?.send("lost!")
        other.channel?.send([UInt8](repeating: 1, count: 1000))
        #expect(far.channel?.bufferedByteCount == 5 && other.channel?.bufferedByteCount == 1000)
        stage.server.connection?.abort()
        stage.test.settle()
        #expect(near.text == "arrives")
        #expect(far.channel?.untakenByteCount == 5 && other.channel?.untakenByteCount == 1000)
    }

    @Test func whatWaitsForAKeyExchangeHasNotArrived() throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        stage.server.connection?.renewKeys()
        far.channel?.send("later")
        // The client's answer comes back, so that everything goes out; none of it arrives.
        stage.pair.step(from: .server)
        #expect(far.channel?.bufferedByteCount == 5 && near.text.isEmpty)
        stage.pair.server.isPeerReading = false
        stage.pair.step(from: .client)
        stage.pair.step(from: .client)
        #expect(far.channel?.untakenByteCount == 5)
        stage.server.connection?.abort()
        stage.test.settle()
        #expect(far.channel?.untakenByteCount == 5 && near.text.isEmpty)
    }
}
