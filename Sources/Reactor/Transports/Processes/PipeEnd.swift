import CLinux
import Glibc
import ReactorCore

/// What hears of a pipe's end.
protocol PipeOwner: AnyObject {
    func pipe(_ pipe: PipeEnd, received bytes: Span<UInt8>)

    /// Nothing more will be read: the other side has closed, or reading failed.
    func pipeReadingEnded(_ pipe: PipeEnd, _ failure: SystemFailure?)

    /// Nothing more can be written: what waited is sent and the end is closed, or the other side takes no more.
    func pipeWritingEnded(_ pipe: PipeEnd, _ failure: SystemFailure?)
}

/// Our end of a pipe or a terminal, or an inherited descriptor: whatever `read(2)` and `write(2)` work on.
///
/// Regular files, which a poller refuses because they never would block, are read one piece in each pass.
///
/// - Limits: as for connections; see ``StreamLimits``.
final class PipeEnd: DescriptorHandler, PassFinisher {
    enum Half {
        case absent, open, closing, closed
    }

    private(set) var reading: Half
    private(set) var writing: Half
    /// Kept until the end is closed: a child whose process has ended lives on by its open pipes.
    private var owner: (any PipeOwner)?
    var waterMarks = WaterMarks.standard
    private let reactor: Reactor
    private var descriptor: Int32
    private let restoresFlags: Int32?
    private var outbound = OutboundQueue()
    private var interest: Interest = []
    private var isPaused = false
    private var isWatched = false
    private var isSilent = false
    private var isFlushScheduled = false
    private var isFile = false
    private var filePass: DelayedCall?
    private var gate = ProducerGate()

    /// Takes over a descriptor; one that `isShared` with other processes gets its flags back at the end.
    init(_ descriptor: Int32, reads: Bool, writes: Bool, isShared: Bool = false, reactor: Reactor) {
        self.descriptor = descriptor
        self.reactor = reactor
        reading = reads ? .open : .absent
        writing = writes ? .open : .absent
        let flags = fcntl(descriptor, F_GETFL)
        restoresFlags = isShared && flags & O_NONBLOCK == 0 ? flags : nil
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    }

    /// Begins to read.
    func start(_ owner: any PipeOwner) throws(SystemFailure) {
        self.owner = owner
        interest = reading == .open && !isPaused ? .read : []
        do throws(SystemFailure) {
            try reactor.add(self, for: descriptor, interest: interest)
            isWatched = true
        } catch {
            guard error.code == EPERM else { throw error }
            isFile = true
            scheduleFileRead()
        }
    }

    var bufferedByteCount: Int { outbound.count }

    var hasProducer: Bool { !gate.isEmpty }

    private var isClosed: Bool { descriptor < 0 }

    // MARK: Reading

    func pause() {
        isPaused = true
        setInterest(.read, false)
    }

    func resume() {
        isPaused = false
        guard reading == .open else { return }
        if isFile { scheduleFileRead() } else { setInterest(.read, true) }
    }

    /// Reads no more, and lets go of the descriptor if nothing is written to it.
    func stopReading() {
        guard reading == .open else { return }
        reading = .closed
        setInterest(.read, false)
        closeIfDone()
    }

    func descriptorReady(_ readiness: Readiness) {
        if reading == .open, !isPaused {
            if readiness != .write { receive() }
        } else if readiness.contains(.hangup) {
            // With reading paused it would be reported in every pass; without reading it is the other side's end.
            if reading == .open { silence() } else { return readerIsGone() }
        }
        if readiness.contains(.write), !isClosed, interest.contains(.write) { flush() }
    }

    /// To an end that was closing and has sent everything, it is all the same.
    private func readerIsGone() {
        let isDone = writing == .closing && outbound.isEmpty && gate.isEmpty
        endWriting(isDone ? nil : SystemFailure(code: EPIPE, call: "write"))
    }

    private func receive() {
        let buffer = unsafe reactor.readBuffer
        let count = unsafe read(descriptor, buffer.baseAddress, buffer.count)
        if count > 0 {
            let bytes = unsafe UnsafeRawBufferPointer(start: buffer.baseAddress, count: count)
            owner?.pipe(self, received: unsafe Span<UInt8>(_unsafeBytes: bytes))
            return
        }
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        // A terminal whose other end is closed says EIO.
        endReading(count == 0 || errno == EIO ? nil : SystemFailure(call: "read"))
    }

    /// Reads away what waits, up to some bound; returns the number of octets.
    func discardWaiting() -> Int {
        guard reading == .open else { return 0 }
        // Not into the reactor's buffer, which a protocol may be looking at.
        return unsafe withUnsafeTemporaryAllocation(byteCount: StreamLimits.discardPiece, alignment: 16) { scratch in
            var total = 0
            for _ in 0..<StreamLimits.discardsBeforeClose {
                guard isReadableNow else { break }
                let count = unsafe read(descriptor, scratch.baseAddress, scratch.count)
                guard count > 0 else { break }
                total += count
            }
            return total
        }
    }

    /// Reads what waits, up to some bound, as if the poller had told of it.
    func receiveWaiting() {
        for _ in 0..<StreamLimits.discardsBeforeClose {
            guard reading == .open, !isPaused, isReadableNow else { return }
            receive()
        }
    }

    /// Asked before reading unbidden: somebody who shares the open file may have made it block again.
    private var isReadableNow: Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&wanted, 1, 0) == 1
    }

    private func scheduleFileRead() {
        guard isFile, filePass == nil, reading == .open, !isPaused else { return }
        filePass = reactor.callLater(.zero) { [weak self] in
            guard let self else { return }
            filePass = nil
            guard reading == .open, !isPaused else { return }
            receive()
            scheduleFileRead()
        }
    }

    private func endReading(_ failure: SystemFailure?) {
        guard reading == .open else { return }
        reading = .closed
        setInterest(.read, false)
        let owner = owner
        if writing == .absent {
            closeIfDone()
        } else {
            // Closing a terminal signals whom it controls (SIGHUP), who may be about to end well: the owner closes it later.
            writing = .closed
            outbound.removeAll()
            unwatch()
        }
        owner?.pipeReadingEnded(self, failure)
    }

    // MARK: Writing

    func write(_ bytes: [UInt8]) {
        guard writing == .open || writing == .closing && !gate.isEmpty, !bytes.isEmpty else { return }
        outbound.append(bytes)
        scheduleFlush()
        guard outbound.count > waterMarks.high else { return }
        if outbound.count - bytes.count > waterMarks.limit {
            // Not inside the caller's write; and nothing of it is sent any more.
            outbound.removeAll()
            setInterest(.write, false)
            reactor.callLater(.zero) { [self] in endWriting(SystemFailure(code: ENOBUFS, call: "write")) }
            return
        }
        gate.pause()?.pauseProducing()
    }

    /// Sends what waits, then closes the writing half.
    func finish() {
        guard writing == .open else { return }
        writing = .closing
        scheduleFlush()
    }

    func register(_ producer: any Producer, streaming: Bool) throws {
        guard writing == .open else { return producer.stopProducing() }
        try gate.admit(producer, streaming: streaming)?.resumeProducing()
    }

    func unregisterProducer() {
        gate.remove()
        if writing == .closing { scheduleFlush() }
    }

    private func scheduleFlush() {
        guard !isFlushScheduled, !interest.contains(.write) else { return }
        isFlushScheduled = true
        reactor.atEndOfPass(self)
    }

    func passEnded() {
        isFlushScheduled = false
        if !isClosed { flush() }
    }

    private func flush() {
        if !outbound.isEmpty, let failure = writeOnce() { return endWriting(failure) }
        setInterest(.write, !outbound.isEmpty)
        if isFile, !outbound.isEmpty { scheduleFlush() }
        if !gate.isEmpty {
            gate.resume(outbound.count, low: waterMarks.low)?.resumeProducing()
            return
        }
        if outbound.isEmpty, writing == .closing { endWriting(nil) }
    }

    /// Sends what the kernel takes now, if it takes anything.
    func sendOnce() {
        if !outbound.isEmpty { _ = writeOnce() }
    }

    private func writeOnce() -> SystemFailure? {
        let sent = unsafe outbound.withUnsent { bytes in
            while true {
                let sent = unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
                if sent >= 0 || errno != EINTR { return sent }
            }
        }
        if sent < 0 { return errno == EAGAIN ? nil : SystemFailure(call: "write") }
        outbound.removeFirst(sent)
        return nil
    }

    private func endWriting(_ failure: SystemFailure?) {
        guard writing == .open || writing == .closing else { return }
        writing = .closed
        outbound.removeAll()
        setInterest(.write, false)
        let (last, owner) = (gate.remove(), owner)
        closeIfDone()
        last?.stopProducing()
        owner?.pipeWritingEnded(self, failure)
    }

    // MARK: Ending

    /// Closes at once, whatever waits; the owner hears nothing.
    func abandon() {
        reading = reading == .absent ? .absent : .closed
        writing = writing == .absent ? .absent : .closed
        outbound.removeAll()
        let last = gate.remove()
        closeIfDone()
        last?.stopProducing()
    }

    func disconnect() {
        let owner = owner
        let (wasReading, wasWriting) = (reading == .open, writing == .open || writing == .closing)
        abandon()
        reactor.callLater(.zero) { [self] in
            if wasReading {
                owner?.pipeReadingEnded(self, nil)
            } else if wasWriting {
                owner?.pipeWritingEnded(self, nil)
            }
        }
    }

    private func closeIfDone() {
        guard reading == .absent || reading == .closed, writing == .absent || writing == .closed, !isClosed else {
            return
        }
        filePass?.cancel()
        filePass = nil
        unwatch()
        if let restoresFlags { _ = fcntl(descriptor, F_SETFL, restoresFlags) }
        close(descriptor)
        descriptor = -1
        owner = nil
    }

    /// The hangup of a pipe that is paused would be reported in every pass.
    private func silence() {
        isSilent = true
        reactor.silence(descriptor)
    }

    private func unwatch() {
        guard isWatched else { return }
        isWatched = false
        reactor.remove(descriptor)
    }

    private func setInterest(_ part: Interest, _ wanted: Bool) {
        guard !isClosed, interest.contains(part) != wanted else { return }
        if wanted { interest.insert(part) } else { interest.remove(part) }
        if isFile { return }
        do throws(SystemFailure) {
            if isSilent {
                isSilent = false
                try reactor.listenAgain(to: descriptor, interest: interest)
            } else if isWatched {
                try reactor.modify(descriptor, interest: interest)
            } else {
                try reactor.add(self, for: descriptor, interest: interest)
                isWatched = true
            }
        } catch {
            let owner = owner
            abandon()
            owner?.pipeReadingEnded(self, error)
        }
    }
}
