import ReactorTesting
import Testing
import Transports

@Suite struct MemoryTransportTests {
    struct Broken: Error {}

    /// A connected memory transport; with a test reactor or without one.
    private func connect(_ test: TestReactor?) -> (transport: MemoryTransport, recorder: Recorder, step: () -> Void) {
        let transport = MemoryTransport(reactor: test?.reactor)
        let recorder = Recorder()
        transport.connect(recorder)
        return (transport, recorder, { test?.settle() ?? transport.settle() })
    }

    @Test(arguments: [true, false])
    func carriesBytesBothWays(hasReactor: Bool) throws {
        let (transport, recorder, _) = connect(hasReactor ? try TestReactor() : nil)
        transport.deliver("hello")
        recorder.transport?.write("answer")
        recorder.transport?.write([33].span)
        #expect(recorder.text == "hello")
        #expect(transport.takeWrittenText() == "answer!")
        #expect(transport.takeWritten().isEmpty)
    }

    @Test(arguments: [true, false])
    func losingWaitsForThePeerAndTellsOnce(hasReactor: Bool) throws {
        let (transport, recorder, step) = connect(hasReactor ? try TestReactor() : nil)
        transport.isPeerReading = false
        recorder.transport?.write("bye")
        recorder.transport?.loseConnection()
        step()
        #expect(recorder.lossCount == 0)
        #expect(transport.bufferedByteCount == 3)
        transport.deliver("ignored")
        transport.isPeerReading = true
        step()
        #expect(recorder.lossCount == 1 && recorder.ending == "done")
        #expect(transport.takeWrittenText() == "bye")
        recorder.transport?.abortConnection()
        transport.loseFromPeer()
        step()
        #expect(recorder.lossCount == 1)
        #expect(recorder.received.isEmpty)
    }

    @Test(arguments: [true, false])
    func anEndIsNeverReportedInsideTheCallThatAskedForIt(hasReactor: Bool) throws {
        for isAbort in [true, false] {
            let test = hasReactor ? try TestReactor() : nil
            let transport = MemoryTransport(reactor: test?.reactor)
            let recorder = Recorder()
            var lossesInside = -1
            recorder.onData = { recorder, _ in
                if isAbort { recorder.transport?.abortConnection() } else { recorder.transport?.loseConnection() }
                lossesInside = recorder.lossCount
            }
            transport.connect(recorder)
            transport.deliver("x")
            test?.settle()
            #expect(lossesInside == 0)
            #expect(recorder.lossCount == 1)
            #expect(recorder.ending == (isAbort ? "aborted" : "done"))
        }
    }

    @Test(arguments: [true, false])
    func aThrowEndsTheConnection(hasReactor: Bool) throws {
        let (transport, recorder, step) = connect(hasReactor ? try TestReactor() : nil)
        recorder.onData = { _, _ in throw Broken() }
        transport.deliver("x")
        step()
        #expect(recorder.ending == "protocolFailure")
        #expect(!transport.isOpen)
    }

    @Test(arguments: [true, false])
    func pausedReadingHoldsBytesBack(hasReactor: Bool) throws {
        let (transport, recorder, step) = connect(hasReactor ? try TestReactor() : nil)
        recorder.transport?.pauseProducing()
        transport.deliver("a")
        transport.deliver("b")
        #expect(recorder.received.isEmpty)
        recorder.transport?.resumeProducing()
        step()
        #expect(recorder.text == "ab")
    }

    @Test func aStreamingProducerFeelsTheBackPressure() throws {
        let (transport, recorder, _) = connect(nil)
        let producer = CountingProducer()
        try recorder.transport?.registerProducer(producer, streaming: true)
        transport.isPeerReading = false
        recorder.transport?.write([UInt8](repeating: 0, count: StreamLimits.producerHighWater + 1))
        #expect(producer.pauses == 1 && producer.resumes == 0)
        transport.drain()
        #expect(producer.resumes == 1)
        recorder.transport?.loseConnection()
        transport.settle()
        #expect(recorder.lossCount == 0)
        transport.loseFromPeer()
        #expect(recorder.lossCount == 1)
        #expect(producer.stops == 1)
    }

    @Test func aPeerThatTakesNothingIsCutOff() throws {
        let test = try TestReactor()
        let (transport, recorder, _) = connect(test)
        transport.isPeerReading = false
        recorder.transport?.write("x")
        recorder.transport?.loseConnection()
        test.advance(by: .seconds(29))
        #expect(recorder.lossCount == 0)
        test.advance(by: .seconds(1))
        #expect(recorder.ending == "timedOut")
    }
}
