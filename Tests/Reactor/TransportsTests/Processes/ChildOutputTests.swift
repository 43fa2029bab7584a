import FileAccessTesting
import Glibc
import ReactorCore
import ReactorTestingTraits
import Testing
import Transports

@Suite(.everyPoller) struct ChildOutputTests {
    private func result<Value>(_ harness: ChildHarness, _ deferred: Deferred<Value>) throws -> Result<Value, any Error>
    {
        var found: Result<Value, any Error>?
        deferred.whenDone { found = $0 }
        try harness.run { found != nil }
        return try #require(found)
    }

    @Test func gathersBothStreamsAndTheEnd() throws {
        let harness = try ChildHarness()
        let run = harness.reactor.runChild(
            "sh", ChildOptions(["-c", "cat; echo oops >&2; exit 4"]), input: Array("in".utf8))
        let output = try result(harness, run).get()
        #expect(
            output.output == Array("in".utf8) && output.errors == Array("oops\n".utf8) && output.status == .exited(4))
    }

    @Test func tooMuchOutputIsAFailure() throws {
        let harness = try ChildHarness()
        let run = harness.reactor.runChild("yes", limit: 100_000)
        #expect(throws: ChildRunFailure.tooMuchOutput(limit: 100_000)) { try result(harness, run).get() }
        try harness.run { harness.reactor.leftovers.isEmpty }
    }

    @Test func aTimeOutKillsIt() throws {
        let harness = try ChildHarness()
        let run = harness.reactor.runChild("cat", ChildOptions(["/dev/zero"]), limit: .max)
            .timeout(after: .milliseconds(20), on: harness.reactor)
        #expect(throws: DeferredTimeout.self) { try result(harness, run).get() }
        try harness.run { harness.reactor.leftovers.isEmpty }
    }

    @Test func aRunThatTakesTooLongGivesWhatThereWas() throws {
        let harness = try ChildHarness()
        let run = harness.reactor.runChild(
            "sh", ChildOptions(["-c", "echo begun; exec sleep 1000"]), timeout: .milliseconds(200))
        do {
            _ = try result(harness, run).get()
            Issue.record("it came to an end")
        } catch ChildRunFailure.timedOut(let time, let soFar) {
            #expect(time == .milliseconds(200))
            #expect(soFar.status == .killed(signal: SIGKILL, dumpedCore: false))
            #expect(Array("begun\n".utf8).starts(with: soFar.output))
        }
        try harness.run { harness.reactor.leftovers.isEmpty }
    }

    /// The shell's child keeps the pipe open; both are of the session, whether the shell is still there or not.
    @Test(arguments: ["wait", "exit 0"]) func aSessionIsKilledAsAWhole(then: String) throws {
        let harness = try ChildHarness()
        let folder = try TemporaryFolder()
        let place = folder.path + "/number"
        var options = ChildOptions(["-c", "sleep 1000 & echo $! > \(place).new; mv \(place).new \(place); \(then)"])
        options.startsSession = true
        let run = harness.reactor.runChild("sh", options)
        try harness.run { access(place, F_OK) == 0 }
        let file = Glibc.open(place, O_RDONLY)
        var digits = [UInt8](repeating: 0, count: 20)
        let length = max(0, read(file, &digits, digits.count))
        close(file)
        let grandchild = try #require(Int32(String(decoding: digits[..<length], as: UTF8.self).dropLast()))
        run.cancel()
        try harness.run { harness.reactor.leftovers.isEmpty }
        // Its parent is gone, and whoever has it now reaps it in its own time: until then it is a zombie.
        try harness.run {
            var status = [UInt8](repeating: 0, count: 512)
            let file = Glibc.open("/proc/\(grandchild)/stat", O_RDONLY)
            guard file >= 0 else { return true }
            defer { close(file) }
            let count = max(0, read(file, &status, status.count))
            return String(decoding: status[..<count], as: UTF8.self).contains(") Z ")
        }
    }

    @Test func aMissingProgramIsAFailure() throws {
        let harness = try ChildHarness()
        #expect(throws: ChildStartFailure.self) {
            try result(harness, harness.reactor.runChild("no-such-program")).get()
        }
    }
}

@Suite(.everyPoller) struct StandardStreamTests {
    /// A connection over two pipes; the test holds their other ends.
    private func open(_ harness: ChildHarness) throws -> (Recorder, input: Int32, output: Int32, given: [Int32]) {
        var (ins, outs): ([Int32], [Int32]) = ([0, 0], [0, 0])
        try #require(pipe(&ins) == 0 && pipe(&outs) == 0)
        let recorder = Recorder()
        _ = try StandardEndpoint(input: ins[0], output: outs[1]).listen(with: OneFactory(recorder), on: harness.reactor)
        return (recorder, ins[1], outs[0], [ins[0], outs[1]])
    }

    private func readAll(_ descriptor: Int32) -> String {
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }

    @Test func carriesBothDirectionsAndEnds() throws {
        let harness = try ChildHarness()
        let (recorder, input, output, given) = try open(harness)
        #expect(write(input, "hello", 5) == 5)
        try harness.run { recorder.text == "hello" }
        recorder.transport?.write("answer")
        close(input)
        try harness.run { recorder.isLost }
        // The given descriptors are as they were, open and blocking.
        for descriptor in given {
            #expect(fcntl(descriptor, F_GETFL) & O_NONBLOCK == 0)
            close(descriptor)
        }
        #expect(readAll(output) == "answer")
        close(output)
    }

    @Test func aReaderThatGoesEndsIt() throws {
        let harness = try ChildHarness()
        let (recorder, input, output, given) = try open(harness)
        close(output)
        recorder.transport?.write("nobody reads this")
        try harness.run { recorder.isLost }
        for descriptor in [input] + given { close(descriptor) }
    }

    @Test func theLastWordsOfAPeerThatGoesAreHeard() throws {
        let harness = try ChildHarness()
        let (recorder, input, output, given) = try open(harness)
        #expect(write(input, "goodbye", 7) == 7)
        close(input)
        close(output)
        // At the end of this pass, before the poller tells of what can be read.
        recorder.transport?.write("nobody reads this")
        harness.reactor.callLater(.zero) {}
        try harness.run { recorder.isLost }
        #expect(recorder.text == "goodbye" && recorder.ending == "done")
        for descriptor in given { close(descriptor) }
    }

    @Test func anAbortIsHeardLaterAndNothingElse() throws {
        let harness = try ChildHarness()
        let (recorder, input, output, given) = try open(harness)
        recorder.transport?.abortConnection()
        #expect(!recorder.isLost && write(input, "too late", 8) == 8)
        recorder.transport?.write("dropped")
        try harness.run { recorder.isLost }
        #expect(recorder.text.isEmpty && recorder.ending == "aborted")
        for descriptor in [input] + given { close(descriptor) }
        #expect(readAll(output).isEmpty)
        close(output)
    }

    @Test func aNearerDeadlineCounts() throws {
        let harness = try ChildHarness()
        let (recorder, input, output, given) = try open(harness)
        recorder.transport?.write([UInt8](repeating: 1, count: 1 << 20))
        recorder.transport?.loseConnection(within: .seconds(600))
        recorder.transport?.loseConnection(within: .milliseconds(10))
        recorder.transport?.loseConnection(within: .seconds(600))
        try harness.run { recorder.isLost }
        #expect(recorder.ending == "timedOut")
        for descriptor in [input, output] + given { close(descriptor) }
    }

    @Test func whatAProtocolWroteBeforeItThrewIsSent() throws {
        let harness = try ChildHarness()
        let (recorder, input, output, given) = try open(harness)
        recorder.onData = { recorder, _ in
            recorder.transport?.write("sorry")
            throw DeferredFailure.abandoned
        }
        #expect(write(input, "x", 1) == 1)
        try harness.run { recorder.isLost }
        for descriptor in [input] + given { close(descriptor) }
        #expect(readAll(output) == "sorry")
        close(output)
    }

    @Test func losingTheConnectionSendsWhatWaits() throws {
        let harness = try ChildHarness()
        let (recorder, input, output, given) = try open(harness)
        recorder.transport?.write("last words")
        recorder.transport?.loseConnection()
        try harness.run { recorder.isLost }
        for descriptor in [input] + given { close(descriptor) }
        #expect(readAll(output) == "last words")
        close(output)
    }

    @Test func aFileIsReadToItsEnd() throws {
        let harness = try ChildHarness()
        let folder = try TemporaryFolder()
        let (source, target) = (folder.path + "/source", folder.path + "/target")
        let content = String(repeating: "0123456789abcdef", count: 20_000)
        let made = Glibc.open(source, O_CREAT | O_RDWR, 0o600)
        #expect(write(made, content, content.utf8.count) == content.utf8.count)
        lseek(made, 0, SEEK_SET)
        let sink = Glibc.open(target, O_CREAT | O_RDWR, 0o600)
        let recorder = Recorder()
        recorder.onData = { recorder, bytes in recorder.transport?.write(bytes) }
        _ = try StandardEndpoint(input: made, output: sink).listen(with: OneFactory(recorder), on: harness.reactor)
        try harness.run { recorder.isLost }
        lseek(sink, 0, SEEK_SET)
        #expect(readAll(sink) == content)
        close(made)
        close(sink)
    }

    @Test func closedDescriptorsAreRefused() throws {
        let harness = try ChildHarness()
        let endpoint = StandardEndpoint(input: 9998, output: 9999)
        #expect(throws: SystemFailure.self) { try endpoint.listen(with: OneFactory(Recorder()), on: harness.reactor) }
    }

    @Test func isAKindOfEndpoint() throws {
        let harness = try ChildHarness()
        var registry = EndpointRegistry(resolver: SystemNameResolver(on: harness.reactor))
        registry.registerStandard()
        #expect(try registry.server("stdio:").description == "stdio:")
        #expect(try registry.server("stdio").description == "stdio:")
        #expect(throws: EndpointFailure.self) { try registry.server("stdio:1") }
    }
}

private final class OneFactory: ProtocolFactory {
    private let recorder: Recorder

    init(_ recorder: Recorder) { self.recorder = recorder }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { recorder }
}
