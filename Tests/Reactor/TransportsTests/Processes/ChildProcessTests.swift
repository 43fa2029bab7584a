import FileAccessTesting
import Glibc
import ReactorCore
import ReactorTesting
import ReactorTestingTraits
import Testing
import Transports

@Suite(.everyPoller) struct ChildProcessTests {
    @Test(arguments: [0, 1, 77, 255]) func tellsTheExitStatus(_ code: Int32) throws {
        let harness = try ChildHarness()
        let child = try harness.shell("exit \(code)")
        try harness.finish(child)
        #expect(child.ended == .exited(code) && child.exited == child.ended)
        #expect(child.events.first == "started" && child.events.last == "ended")
        #expect(child.events.filter { $0.hasPrefix("closed") }.sorted() == ["closed 0", "closed 1", "closed 2"])
        #expect(child.child?.status == .exited(code))
    }

    @Test func withoutADescriptorOfTheProcessItIsLookedFor() throws {
        let harness = try ChildHarness()
        let child = try harness.shell("exit 9") { $0.isWatchedByDescriptor = false }
        try harness.finish(child)
        #expect(child.ended == .exited(9))
        let killed = try harness.start("cat", []) { $0.isWatchedByDescriptor = false }
        try killed.child?.signal(SIGKILL)
        try harness.finish(killed)
        #expect(killed.ended == .killed(signal: SIGKILL, dumpedCore: false))
    }

    @Test func tellsTheSignalThatKilledIt() throws {
        let harness = try ChildHarness()
        let child = try harness.start("cat")
        try child.child?.signal(SIGTERM)
        try harness.finish(child)
        #expect(child.ended == .killed(signal: SIGTERM, dumpedCore: false))
        #expect(throws: SystemFailure(code: ESRCH, call: "kill")) { try child.child?.signal(SIGTERM) }
    }

    @Test func whatCannotBeRunIsSaidAtOnce() throws {
        let harness = try ChildHarness()
        let folder = try TemporaryFolder()
        let plain = try folder.write("", to: "plain")
        func failure(_ program: String, _ change: (inout ChildOptions) -> Void = { _ in }) -> SystemFailure? {
            do {
                _ = try harness.start(program, [], change)
                return nil
            } catch {
                return (error as? ChildStartFailure)?.cause
            }
        }
        #expect(failure("/nonexistent/program") == SystemFailure(code: ENOENT, call: "execve"))
        #expect(failure("no-such-program-here") == SystemFailure(code: ENOENT, call: "execve"))
        #expect(failure("") == SystemFailure(code: ENOENT, call: "execve"))
        #expect(failure(plain) == SystemFailure(code: EACCES, call: "execve"))
        #expect(failure("true") { $0.directory = "/nonexistent" } == SystemFailure(code: ENOENT, call: "chdir"))
        #expect(failure("true") { $0.arguments = ["a\0b"] }?.code == EINVAL)
        #expect(failure("true") { $0.channels[5] = .shared(9999) }?.code == EBADF)
        #expect(harness.reactor.leftovers.isEmpty)
    }

    @Test func readsAndWritesItsPipes() throws {
        let harness = try ChildHarness()
        let child = try harness.shell("read line; echo out:$line; echo err:$line >&2; echo five:$line >&5") {
            $0.channels[5] = .reads
        }
        child.child?.write("hello\n")
        try harness.finish(child)
        #expect(child.text(1) == "out:hello\n" && child.text(2) == "err:hello\n" && child.text(5) == "five:hello\n")
    }

    @Test func givesArgumentsEnvironmentAndFolder() throws {
        let harness = try ChildHarness()
        let child = try harness.start("sh", ["-c", "pwd; echo $GREETING; echo $1; env | wc -l", "x", "a b"]) {
            $0.directory = "/"
            $0.environment = ["GREETING": "good day", "PATH": "/usr/bin:/bin"]
        }
        try harness.finish(child)
        let lines = child.text().split(separator: "\n")
        #expect(lines.prefix(3) == ["/", "good day", "a b"])
    }

    /// The child must have the descriptors it was given and no others, however many this process has.
    @Test func theChildHasNoOtherDescriptors() throws {
        let harness = try ChildHarness()
        let strays = (0..<20).map { _ in open("/dev/null", O_RDONLY) }
        defer { for stray in strays { close(stray) } }
        let child = try harness.shell("ls /proc/self/fd | tr '\\n' ' '; cat <&9") {
            $0.channels[9] = .null
            $0.channels[0] = .null
        }
        try harness.finish(child)
        // The fourth is the folder that ls itself looks at.
        #expect(child.text() == "0 1 2 3 9 ")
    }

    @Test func signalsAreNeitherBlockedNorIgnoredInTheChild() throws {
        let harness = try ChildHarness()
        let child = try harness.start("grep", ["-E", "^Sig(Blk|Ign)", "/proc/self/status"])
        try harness.finish(child)
        #expect(child.text() == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n")
    }

    @Test func closingItsInputEndsAFilter() throws {
        let harness = try ChildHarness()
        let child = try harness.start("sort")
        child.child?.write("pear\napple\n")
        child.child?.closeChannel(0)
        try harness.finish(child)
        #expect(child.text() == "apple\npear\n" && child.ended == .exited(0))
    }

    @Test func largeAmountsPassInBothDirections() throws {
        let harness = try ChildHarness()
        let child = try harness.start("cat")
        let block = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        child.child?.write(block)
        child.child?.write(block)
        child.child?.closeChannel(0)
        try harness.finish(child)
        #expect(child.octets[1] == block + block)
    }

    @Test func aReaderThatPausesHoldsTheChildBack() throws {
        let harness = try ChildHarness()
        let child = try harness.start("yes")
        child.onData = { child, _ in child.pauseReading() }
        try harness.run { !child.text().isEmpty }
        let count = child.octets[1]?.count
        for _ in 0..<20 { harness.reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
        #expect(child.octets[1]?.count == count)
        child.onData = nil
        child.child?.resumeReading()
        try harness.run { child.octets[1]?.count ?? 0 > (count ?? 0) + (1 << 20) }
        child.child?.kill()
        try harness.finish(child)
    }

    @Test func aProducerIsHeldBackByAChildThatDoesNotRead() throws {
        let harness = try ChildHarness()
        let child = try harness.shell("read first; cat > /dev/null")
        let producer = PieceProducer(child: try #require(child.child))
        try child.child?.registerProducer(producer, streaming: true)
        producer.resumeProducing()
        try harness.run { producer.isPaused }
        #expect(child.child.map { $0.bufferedByteCount() } ?? .max < 1 << 20)
        producer.first = "go\n"
        try harness.run { producer.written > 4 << 20 }
        producer.isDone = true
        child.child?.unregisterProducer()
        child.child?.closeChannel(0)
        try harness.finish(child)
        #expect(child.ended == .exited(0))
    }

    @Test func writingToAChildThatIsGoneHarmsNobody() throws {
        let harness = try ChildHarness()
        let child = try harness.shell("exec <&-; echo closed; read never <&1; sleep 0")
        try harness.run { child.text() == "closed\n" }
        child.child?.write([UInt8](repeating: 1, count: 1 << 20))
        try harness.finish(child)
        child.child?.write("more")
        child.child?.closeChannel(0)
    }

    @Test func aGrandchildMayKeepAPipeAfterTheEnd() throws {
        let harness = try ChildHarness()
        let child = try harness.shell("(read word <&7; echo late $word) & exit 3") { $0.channels[7] = .writes }
        try harness.run { child.exited != nil }
        #expect(child.exited == .exited(3) && child.ended == nil)
        child.child?.write("but here\n", to: 7)
        try harness.finish(child)
        #expect(child.text() == "late but here\n" && child.ended == .exited(3))
    }

    @Test func stoppingToReadBreaksTheChildsPipe() throws {
        let harness = try ChildHarness()
        let child = try harness.start("yes")
        child.child?.closeChannel(1)
        try harness.finish(child)
        #expect(child.ended == .killed(signal: SIGPIPE, dumpedCore: false) || child.ended == .exited(1))
    }

    @Test func manyChildrenAtOnceEachTellTheirOwnEnd() throws {
        let harness = try ChildHarness()
        let children = try (0..<50).map { number in try harness.shell("exit \(number)") }
        try harness.run { children.allSatisfy { $0.ended != nil } }
        #expect(children.map(\.ended) == (0..<50).map { .exited($0) })
        var information = siginfo_t()
        for child in children {
            let number = id_t(child.child?.processID ?? 0)
            #expect(
                waitid(P_PID, number, &information, WEXITED | WNOHANG) == -1 && errno == ECHILD, "no zombie is left")
        }
    }

    @Test func aSharedDescriptorIsTheSameFile() throws {
        let harness = try ChildHarness()
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let child = try harness.shell("echo shared") { $0.channels[1] = .shared(ends[1]) }
        close(ends[1])
        try harness.finish(child)
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(ends[0], &buffer, 64)
        #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == "shared\n")
        close(ends[0])
    }

    @Test func aSessionOfItsOwn() throws {
        let harness = try ChildHarness()
        let inside = try harness.shell("ps -o sid= -p $$")
        let apart = try harness.shell("ps -o sid= -p $$") { $0.startsSession = true }
        try harness.finish(inside)
        try harness.finish(apart)
        #expect(Int32(inside.text().filter(\.isNumber)) == getsid(0))
        #expect(Int32(apart.text().filter(\.isNumber)) == apart.child?.processID)
    }

    @Test(.enabled(if: geteuid() == 0, "only the superuser may become others"))
    func runsAsAnotherUser() throws {
        let harness = try ChildHarness()
        let child = try harness.shell("id -u; id -g; id -G") {
            $0.user = 65_534
            $0.group = 65_534
        }
        try harness.finish(child)
        #expect(child.text() == "65534\n65534\n65534\n")
    }
}

/// Children that this process has besides those of the reactor.
@Suite struct ForeignChildTests {
    @Test(.everyPoller, arguments: [true, false])
    func theyAreLeftToWhoeverStartedThem(isWatchedByDescriptor: Bool) throws {
        let harness = try ChildHarness()
        let foreign = try startForeignChild("exit 7")
        // Dead, and nobody has asked yet: now the reactor reaps a child of its own.
        var information = siginfo_t()
        #expect(waitid(P_PID, id_t(foreign), &information, WEXITED | WNOWAIT) == 0)
        let alive = try startForeignChild("exec sleep 60")
        let own = try harness.shell("exit 9") { $0.isWatchedByDescriptor = isWatchedByDescriptor }
        try harness.finish(own)
        #expect(own.ended == .exited(9))
        var status: Int32 = 0
        #expect(waitpid(foreign, &status, 0) == foreign && status >> 8 == 7)
        kill(alive, SIGKILL)
        #expect(waitpid(alive, &status, 0) == alive && status & 0x7F == SIGKILL)
    }

    /// Signals belong to the process, so this runs in one of its own.
    @Test(arguments: PollerKind.available) func theEndOfAChildIsASignalForWhoeverAsks(kind: PollerKind) async {
        await #expect(processExitsWith: .success) { [name = kind.rawValue as String] in
            let reactor = try Reactor(PollerKind(named: name))
            var signals = 0
            reactor.onSignal(SIGCHLD) { signals += 1 }
            let foreign = try startForeignChild("exit 7")
            try #require(reactor.run { signals == 1 })
            var status: Int32 = 0
            #expect(waitpid(foreign, &status, WNOHANG) == foreign && status >> 8 == 7)
            let own = ChildRecorder()
            try reactor.startChild("/bin/sh", ChildOptions(["-c", "exit 9"]), delegate: own)
            try #require(reactor.run { own.ended != nil && signals == 2 })
            #expect(own.ended == .exited(9))
        }
    }
}

/// Starts `/bin/sh -c script` behind the reactor's back.
private func startForeignChild(_ script: String) throws -> pid_t {
    var child: pid_t = 0
    var arguments = ["/bin/sh", "-c", script].map { (text: String) in strdup(text) } + [nil]
    defer { for argument in arguments { free(argument) } }
    try #require(posix_spawn(&child, "/bin/sh", nil, nil, &arguments, nil) == 0)
    return child
}

/// Writes pieces of 16 KiB while it may.
private final class PieceProducer: Producer {
    weak var child: ChildProcess?
    var isPaused = false
    var isDone = false
    var written = 0
    var first: String? {
        didSet { if let first { child?.write(first) } }
    }

    init(child: ChildProcess) { self.child = child }

    func pauseProducing() { isPaused = true }

    func resumeProducing() {
        isPaused = false
        while !isPaused, !isDone, written < 8 << 20 {
            child?.write([UInt8](repeating: 0x61, count: 16_384))
            written += 16_384
        }
    }

    func stopProducing() { isDone = true }
}
