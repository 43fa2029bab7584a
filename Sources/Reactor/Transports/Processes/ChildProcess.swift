import CLinux
import Glibc
public import ReactorCore

/// A process started by this one, with pipes or a terminal between the two.
///
/// It goes on when nobody keeps this object but the reactor, and when the reactor stops; whoever wants it gone sends it a
/// signal. Its end is noticed by a descriptor of the process itself (`pidfd_open(2)`), so it neither needs nor disturbs
/// `SIGCHLD` and the children that others started; where the kernel has no such descriptors it is looked for every 20 ms.
///
/// - Isolation: belongs to its reactor's thread.
/// - SeeAlso: `TransportsTests/ChildProcessTests`.
public final class ChildProcess: PipeOwner, DescriptorHandler {
    /// How often a process without a descriptor is looked for.
    static let lookingInterval = Duration.milliseconds(20)

    /// The number of the process; another one may get it once ``status`` is set or, when it leads a session, once all its
    /// channels are closed as well.
    public let processID: Int32

    /// How it ended; nil while it runs.
    public private(set) var status: ChildStatus?

    private let reactor: Reactor
    private var delegate: (any ChildDelegate)?
    private var pipes: [Int32: PipeEnd] = [:]
    private var descriptor: Int32
    private var looking: DelayedCall?
    private var terminal: Int32?
    /// Whether the number, which is that of its group, is kept from others for as long as its channels are open.
    private var keepsNumber: Bool

    init(
        processID: Int32, descriptor: Int32, pipes: [Int32: PipeEnd], terminal: Int32?, leadsSession: Bool,
        delegate: any ChildDelegate, reactor: Reactor
    ) {
        keepsNumber = leadsSession
        self.processID = processID
        self.descriptor = descriptor
        self.pipes = pipes
        self.terminal = terminal
        self.delegate = delegate
        self.reactor = reactor
    }

    func start() {
        if descriptor >= 0 {
            do throws(SystemFailure) {
                try reactor.add(self, for: descriptor, interest: .read)
            } catch {
                close(descriptor)
                descriptor = -1
            }
        }
        if descriptor < 0 { lookLater() }
        delegate?.childStarted(self)
        for (channel, pipe) in pipes.sorted(by: { $0.key < $1.key }) {
            do throws(SystemFailure) {
                try pipe.start(self)
            } catch {
                pipe.abandon()
                reactor.callLater(.zero) { [self] in closed(channel) }
            }
        }
    }

    // MARK: Writing

    /// Sends octets to a descriptor the child reads; without one of that number, or when it is closed, they are dropped.
    public func write(_ bytes: [UInt8], to channel: Int32 = 0) { pipes[channel]?.write(bytes) }

    /// Sends text in UTF-8.
    public func write(_ text: String, to channel: Int32 = 0) { write(Array(text.utf8), to: channel) }

    /// The number of octets written to a descriptor and not yet taken by the kernel.
    public func bufferedByteCount(of channel: Int32 = 0) -> Int { pipes[channel]?.bufferedByteCount ?? 0 }

    /// Lets `producer` know when to write more to a descriptor, as ``Transport/registerProducer(_:streaming:)`` does.
    public func registerProducer(_ producer: any Producer, streaming: Bool, on channel: Int32 = 0) throws {
        guard let pipe = pipes[channel] else { return producer.stopProducing() }
        try pipe.register(producer, streaming: streaming)
    }

    /// Forgets a descriptor's producer.
    public func unregisterProducer(of channel: Int32 = 0) { pipes[channel]?.unregisterProducer() }

    /// Closes one of our pipes: one we write when everything is sent, one we read at once.
    ///
    /// To a terminal the character for the end of a file is typed instead (`VEOF`, Ctrl-D unless the child changed it).
    public func closeChannel(_ channel: Int32) {
        guard let pipe = pipes[channel] else { return }
        if terminal != nil, channel <= 2 { return pipe.write([Self.endOfTransmission]) }
        if pipe.writing == .open {
            pipe.finish()
        } else {
            pipe.stopReading()
            reactor.callLater(.zero) { [self] in closed(channel) }
        }
    }

    private static let endOfTransmission: UInt8 = 4

    // MARK: Reading

    /// Stops reading a descriptor; the child then waits when the pipe is full.
    public func pauseReading(_ channel: Int32 = 1) { pipes[readingPipe(channel)]?.pause() }

    /// Reads again.
    public func resumeReading(_ channel: Int32 = 1) { pipes[readingPipe(channel)]?.resume() }

    /// A terminal is one pipe, under number 0.
    private func readingPipe(_ channel: Int32) -> Int32 { terminal != nil && channel <= 2 ? 0 : channel }

    func pipe(_ pipe: PipeEnd, received bytes: Span<UInt8>) {
        guard let channel = channel(of: pipe) else { return }
        delegate?.childDataReceived(bytes, from: terminal != nil && channel == 0 ? 1 : channel)
    }

    func pipeReadingEnded(_ pipe: PipeEnd, _ failure: SystemFailure?) {
        guard let channel = channel(of: pipe) else { return }
        // Nobody has the terminal open any more; it is kept until the process has ended.
        if terminal != nil, channel == 0, status == nil { return }
        closed(channel)
    }

    func pipeWritingEnded(_ pipe: PipeEnd, _ failure: SystemFailure?) { channel(of: pipe).map(closed) }

    private func channel(of pipe: PipeEnd) -> Int32? { pipes.first { $0.value === pipe }?.key }

    private func closed(_ channel: Int32) {
        guard let pipe = pipes.removeValue(forKey: channel) else { return }
        pipe.abandon()
        if channel == 0 { terminal = nil }
        delegate?.childChannelClosed(channel)
        endIfDone()
    }

    // MARK: Signals and size

    /// Sends the process a signal; one that has ended gets none.
    ///
    /// - Throws: ``SystemFailure``: `ESRCH` after the end, `EPERM` when it runs as somebody else.
    public func signal(_ number: Int32) throws(SystemFailure) {
        guard status == nil else { throw SystemFailure(code: ESRCH, call: "kill") }
        // Not reaped yet, so the number is still its own.
        let code = descriptor >= 0 ? clinux_signal_child(descriptor, number) : kill(processID, number)
        guard code == 0 else { throw SystemFailure(call: "kill") }
    }

    /// Ends the process at once (`SIGKILL`), if it still runs.
    public func kill() { try? signal(SIGKILL) }

    /// Ends the process and all of its group at once; right only for one that leads a group, as by
    /// ``ChildOptions/startsSession``.
    func killGroup() {
        if status == nil || keepsNumber { _ = kill(-processID, SIGKILL) }
    }

    private func kill(_ processID: Int32, _ number: Int32) -> Int32 { Glibc.kill(processID, number) }

    /// Tells the child's terminal its new size; a child without a terminal hears nothing.
    ///
    /// - Throws: ``SystemFailure`` when the kernel refuses.
    public func resize(to size: TerminalSize) throws(SystemFailure) {
        guard let terminal else { return }
        guard clinux_resize_terminal(terminal, size.rows, size.columns) == 0 else {
            throw SystemFailure(call: "ioctl(TIOCSWINSZ)")
        }
    }

    // MARK: The end

    /// The descriptor of the process is readable: it has ended.
    public func descriptorReady(_ readiness: Readiness) { reap() }

    /// The reactor is being taken down: the process is left alone.
    public func disconnect() {
        stopLooking()
        delegate = nil
        if status != nil { giveNumberBack() }
    }

    private func lookLater() {
        looking = reactor.callLater(Self.lookingInterval) { [weak self] in
            guard let self, status == nil else { return }
            reap()
            if status == nil { lookLater() }
        }
    }

    private func stopLooking() {
        looking?.cancel()
        looking = nil
        guard descriptor >= 0 else { return }
        reactor.remove(descriptor)
        close(descriptor)
        descriptor = -1
    }

    private func reap() {
        var (code, signal, dumped): (Int32, Int32, Int32) = (-1, -1, 0)
        let ended = unsafe clinux_reap(processID, keepsNumber ? 1 : 0, &code, &signal, &dumped)
        if ended == 0 { return }
        stopLooking()
        // Somebody else has waited for it: how it ended is lost.
        if ended < 0 { code = Self.lostStatus }
        let status = signal >= 0 ? ChildStatus.killed(signal: signal, dumpedCore: dumped != 0) : .exited(code)
        self.status = status
        delegate?.childExited(status)
        endIfDone()
    }

    /// What `waitid(2)` would have told, had not somebody else asked first; a shell says 127 for what it knows nothing of.
    private static let lostStatus: Int32 = 127

    /// Reaps one that has ended and whose number was kept.
    private func giveNumberBack() {
        guard keepsNumber else { return }
        keepsNumber = false
        var unused: (Int32, Int32, Int32) = (0, 0, 0)
        _ = unsafe clinux_reap(processID, 0, &unused.0, &unused.1, &unused.2)
    }

    private func endIfDone() {
        // Pipes that we write may stay open: nobody reads them any more.
        guard let status, let delegate, pipes.values.allSatisfy({ $0.reading != .open }) else { return }
        self.delegate = nil
        giveNumberBack()
        for (channel, pipe) in pipes.sorted(by: { $0.key < $1.key }) {
            pipe.abandon()
            delegate.childChannelClosed(channel)
        }
        pipes = [:]
        terminal = nil
        delegate.childEnded(status)
    }
}
