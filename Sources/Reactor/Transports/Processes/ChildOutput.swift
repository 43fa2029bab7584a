import Glibc
public import ReactorCore

/// What a program wrote, and how it ended.
public struct ChildOutput: Hashable, Sendable {
    /// What it wrote to its standard output.
    public var output: [UInt8] = []

    /// What it wrote to its standard error.
    public var errors: [UInt8] = []

    /// How it ended.
    public var status = ChildStatus.exited(0)
}

/// Why ``ReactorCore/Reactor/runChild(_:_:input:limit:timeout:)`` has no output to give.
public enum ChildRunFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// It wrote more than `limit` octets, and was killed.
    case tooMuchOutput(limit: Int)

    /// It ran for longer than it may, and was killed; what it had written until then.
    case timedOut(Duration, soFar: ChildOutput)

    /// The failure in one line.
    public var description: String {
        switch self {
        case .tooMuchOutput(let limit): "the program wrote more than \(limit) octets"
        case .timedOut(let time, _): "the program ran for longer than \(time)"
        }
    }
}

extension Reactor {
    /// Runs a program to its end and gathers what it writes.
    ///
    /// Descriptors 0, 1 and 2 are pipes, whatever `options` say of them. Cancelling the result kills the program, with all
    /// it has started if it leads a session (``ChildOptions/startsSession``).
    ///
    /// ```swift
    /// let listing = try await reactor.runChild("ls", ChildOptions(["-l"]), timeout: .seconds(5)).value
    /// ```
    ///
    /// - Parameters:
    ///   - program: A path, or a name looked for in the child's `PATH`.
    ///   - options: Its arguments and the like.
    ///   - input: What it reads from its standard input, which then ends.
    ///   - limit: The most octets it may write, both streams together.
    ///   - timeout: How long it may run; nil for no limit.
    /// - Returns: Fires when it has ended and its pipes are closed; fails with ``ChildStartFailure`` or ``ChildRunFailure``. An
    ///   exit status other than 0 is no failure here.
    public func runChild(
        _ program: String, _ options: ChildOptions = ChildOptions(), input: [UInt8] = [], limit: Int = 16 << 20,
        timeout: Duration? = nil
    ) -> Deferred<ChildOutput> {
        var options = options
        options.terminal = nil
        for (channel, kind) in [(0, ChildChannel.writes), (1, .reads), (2, .reads)] {
            options.channels[Int32(channel)] = kind
        }
        let gatherer = OutputGatherer(limit: limit, leadsGroup: options.startsSession)
        do throws(ChildStartFailure) {
            let child = try startChild(program, options, delegate: gatherer)
            child.write(input)
            child.closeChannel(0)
            if let timeout { gatherer.setTimer(timeout, on: self) }
            return gatherer.outcome
        } catch {
            return .failed(error)
        }
    }
}

/// Gathers what a child writes.
private final class OutputGatherer: ChildDelegate {
    private let limit: Int
    private let leadsGroup: Bool
    private var gathered = ChildOutput()
    private weak var child: ChildProcess?
    /// Why it was killed.
    private var failure: ChildRunFailure?
    private var timer: DelayedCall?
    // The child keeps this object until its end; the outcome must not keep the child.
    private(set) lazy var outcome = Deferred<ChildOutput>(canceller: { [weak self] in self?.giveUp() })

    init(limit: Int, leadsGroup: Bool) {
        self.limit = limit
        self.leadsGroup = leadsGroup
    }

    func setTimer(_ timeout: Duration, on reactor: Reactor) {
        timer = reactor.callLater(timeout) { [weak self] in
            guard let self, !outcome.isFired, failure == nil else { return }
            failure = .timedOut(timeout, soFar: gathered)
            giveUp()
        }
    }

    func childStarted(_ child: ChildProcess) { self.child = child }

    func childDataReceived(_ bytes: Span<UInt8>, from channel: Int32) {
        guard failure == nil else { return }
        guard gathered.output.count + gathered.errors.count + bytes.count <= limit else {
            failure = .tooMuchOutput(limit: limit)
            gathered = ChildOutput()
            return giveUp()
        }
        unsafe bytes.withUnsafeBufferPointer { bytes in
            if channel == 2 {
                unsafe gathered.errors.append(contentsOf: bytes)
            } else {
                unsafe gathered.output.append(contentsOf: bytes)
            }
        }
    }

    private func giveUp() {
        if leadsGroup { child?.killGroup() } else { child?.kill() }
        // A grandchild may go on writing for ever.
        child?.closeChannel(1)
        child?.closeChannel(2)
    }

    func childEnded(_ status: ChildStatus) {
        timer?.cancel()
        guard !outcome.isFired else { return }
        gathered.status = status
        if case .timedOut(let time, var soFar) = failure {
            soFar.status = status
            failure = .timedOut(time, soFar: soFar)
        }
        if let failure { outcome.fail(failure) } else { outcome.succeed(gathered) }
    }
}
