import ReactorCore
public import SFTPWire

/// Sends files to a client by the old copying protocol: `scp -f`.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: one file is open at a time, and one answer is waited for; a client that sends more than
///   ``SCPLimits/answersAhead`` octets of others is sent nothing more.
public final class SCPSource: SFTPSession {
    /// What is still to be done, the next one last.
    private enum Step {
        case send(SFTPPath)
        case leaveDirectory
    }

    /// The client does not want what it was told of.
    private struct Refusal: Error { let isFatal: Bool }

    /// Is told what was read.
    public var report: ((SFTPAct) -> Void)? {
        get { copying.report }
        set { copying.report = newValue }
    }

    private let copying: SCPCopying
    private var tree: any SFTPTree { copying.tree }
    private var command: SCPCommand { copying.command }
    private var stream: any SFTPStream { copying.stream }
    private var isEnded: Bool { copying.isEnded }
    private var reader = SCPAnswerReader()
    private var steps: [Step] = []
    private var waitingForAnswer: Deferred<Void>?
    private var waitingForRoom: Deferred<Void>?
    private var isBehind = false
    private var open: (any SFTPFile)?

    /// Begins, and waits for the client to say that it is ready.
    ///
    /// - Parameters:
    ///   - command: What the client wants, from the server.
    ///   - tree: What this client may see.
    ///   - stream: Where the files go; it is not closed here.
    ///   - ended: Called once with the exit status when all is done; not when the stream is gone.
    public init(
        _ command: SCPCommand, _ tree: any SFTPTree, over stream: any SFTPStream, ended: @escaping (UInt32) -> Void
    ) {
        copying = SCPCopying(command, tree, stream, ended)
        answer().whenDone { [self] result in
            if case .failure = result { return end() }
            do {
                steps = [.send(try copying.target())]
            } catch {
                complain(error, about: command.path)
            }
            proceed()
        }
    }

    /// Takes octets from the client.
    public func received(_ bytes: Span<UInt8>) {
        guard !isEnded else { return }
        reader.receive(bytes)
        // Before any is taken, because one answer may call for the next.
        if reader.waitingByteCount > SCPLimits.answersAhead { return end() }
        takeAnswer()
    }

    /// More waits for the client than it takes at once.
    public func fellBehind() { isBehind = true }

    /// The client takes more again.
    public func caughtUp() {
        isBehind = false
        let waiting = waitingForRoom
        waitingForRoom = nil
        waiting?.succeed()
    }

    /// The client will answer no more.
    public func inputEnded() { end() }

    /// The stream is gone.
    public func closed() {
        copying.cutOff()
        giveUp()
    }

    // MARK: Answers

    /// The client's next answer; a failure is a ``Refusal``.
    private func answer() -> Deferred<Void> {
        let answer = Deferred<Void>()
        waitingForAnswer = answer
        takeAnswer()
        return answer
    }

    private func takeAnswer() {
        guard let waiting = waitingForAnswer else { return }
        do {
            guard let answer = try reader.next() else { return }
            waitingForAnswer = nil
            switch answer {
            case .ready: waiting.succeed()
            case .failed(_, let isFatal): waiting.fail(Refusal(isFatal: isFatal))
            }
        } catch {
            end()
        }
    }

    private func tell(_ record: SCPRecord) -> Deferred<Void> {
        stream.send(record.octets)
        return answer()
    }

    private func room() -> Deferred<Void> {
        guard isBehind else { return .succeeded(()) }
        let room = Deferred<Void>()
        waitingForRoom = room
        return room
    }

    private func complain(_ error: any Error, about path: String) {
        copying.errorCount += 1
        stream.send(SCPAnswer.failed("\(path): \(copying.reason(of: error))", isFatal: false).octets)
    }

    private func end() {
        copying.end {
            // A file that is open was not sent to its end.
            if !steps.isEmpty || waitingForAnswer != nil || open != nil { copying.errorCount += 1 }
            giveUp()
        }
    }

    private func giveUp() {
        open?.abandon()
        open = nil
        steps = []
        let waiting = [waitingForAnswer, waitingForRoom]
        (waitingForAnswer, waitingForRoom) = (nil, nil)
        for one in waiting { one?.fail(Refusal(isFatal: true)) }
    }

    // MARK: Files

    private func proceed() {
        guard !isEnded else { return }
        guard let step = steps.popLast() else { return end() }
        work(step).whenDone { [self] result in
            guard !isEnded else { return }
            if case .failure(let error) = result {
                if let refusal = error as? Refusal {
                    copying.errorCount += 1
                    if refusal.isFatal { return end() }
                } else if case .send(let path) = step {
                    complain(error, about: path.description)
                }
            }
            proceed()
        }
    }

    private func work(_ step: Step) -> Deferred<Void> {
        switch step {
        case .leaveDirectory: return tell(.directoryEnd)
        case .send(let path):
            return tree.attributes(of: path).flatMap { [self] attributes in
                attributes.isDirectory ? try sendDirectory(path, attributes) : sendFile(path)
            }
        }
    }

    private func tellTimes(_ attributes: SFTPAttributes) -> Deferred<Void> {
        guard command.keepsTimes, let times = attributes.times else { return .succeeded(()) }
        return tell(.times(times))
    }

    private func sendDirectory(_ path: SFTPPath, _ attributes: SFTPAttributes) throws -> Deferred<Void> {
        guard command.isRecursive else { throw SFTPStatus.failure("this is a directory") }
        return tree.list(path).flatMap { [self] entries in
            tellTimes(attributes).flatMap { [self] in
                tell(.directory(name: Array(path.name.utf8), permissions: (attributes.permissions ?? 0o700) & 0o7777))
            }.map { [self] in
                steps.append(.leaveDirectory)
                for entry in entries.reversed() { steps.append(.send(try path.appending(entry.name))) }
            }
        }
    }

    private func sendFile(_ path: SFTPPath) -> Deferred<Void> {
        tree.open(path, .read, SFTPAttributes()).flatMap { [self] file in
            guard !isEnded else {
                file.abandon()
                throw Refusal(isFatal: true)
            }
            open = file
            let attributes = file.attributes
            let size = attributes.size ?? 0
            return tellTimes(attributes).flatMap { [self] in
                tell(
                    .file(
                        name: Array(path.name.utf8), permissions: (attributes.permissions ?? 0o600) & 0o7777, size: size
                    ))
            }.flatMap { [self] in
                sendContents(of: file, from: 0, size)
            }.flatMapResult { [self] result in
                open = nil
                guard !isEnded else { throw Refusal(isFatal: true) }
                return file.close().map { [self] in
                    try result.get()
                    report?(.transferred(path, octetsRead: size, octetsWritten: 0))
                }
            }
        }
    }

    /// Sends what is left of a file, and its end; what a tree gives too little is made up for, as the client counts.
    private func sendContents(of file: any SFTPFile, from offset: UInt64, _ size: UInt64) -> Deferred<Void> {
        guard offset < size else { return tell(.fileEnd) }
        let wanted = Int(min(size - offset, UInt64(SCPLimits.piece)))
        return room().flatMap {
            file.read(at: offset, count: wanted).mapResult { result in
                if let octets = try? result.get(), !octets.isEmpty { return Array(octets.prefix(wanted)) }
                return nil
            }
        }.flatMap { [self] (octets: [UInt8]?) in
            guard !isEnded else { throw Refusal(isFatal: true) }
            guard let octets else { return try makeUp(size - offset) }
            stream.send(octets)
            return sendContents(of: file, from: offset + UInt64(octets.count), size)
        }
    }

    private func makeUp(_ count: UInt64) throws -> Deferred<Void> {
        guard let count = Int(exactly: count), count <= SFTPLimits.packet * 64 else { throw Refusal(isFatal: true) }
        stream.send(Array(repeating: 0, count: count))
        copying.errorCount += 1
        return tell(.complaint("the file could not be read to its end", isFatal: false))
    }
}
