package import ReactorCore
public import SFTPWire

/// Receives files from a client by the old copying protocol: `scp -t`.
///
/// A file counts once it is whole and its tree has taken it; the answer to its end says so.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: one file is open at a time; directories are as deep as an ``SFTPPath`` can be.
public final class SCPSink: SFTPSession {
    /// A file that is being received.
    private struct Incoming {
        let path: SFTPPath
        let file: any SFTPFile
        var offset: UInt64 = 0
        var failure: (any Error)?
    }

    /// Is told what was written.
    public var report: ((SFTPAct) -> Void)? {
        get { copying.report }
        set { copying.report = newValue }
    }

    /// The portion of each pass in which records are taken; nil to take them as they come.
    package var portion: PassPortion? {
        get { pace.portion }
        set { pace.portion = newValue }
    }

    private let pace = SFTPPace()
    private let copying: SCPCopying
    private var tree: any SFTPTree { copying.tree }
    private var isEnded: Bool { copying.isEnded }
    private var reader = SCPRecordReader()
    /// The directories that the client is in, the innermost last; none while the target is the name of a single file.
    private var directories: [SFTPPath] = []
    private var incoming: Incoming?
    private var times: SFTPAttributes.Times?
    /// A record that was read and whose turn has not come.
    private var held: SCPRecord?
    private var isBusy = true
    private var isPumping = false
    private var hasInputEnded = false

    /// Begins, and tells the client so.
    ///
    /// - Parameters:
    ///   - command: What the client wants, to the server.
    ///   - tree: What this client may see.
    ///   - stream: Where the answers go; it is not closed here.
    ///   - ended: Called once with the exit status when all is done; not when the stream is gone.
    public init(
        _ command: SCPCommand, _ tree: any SFTPTree, over stream: any SFTPStream, ended: @escaping (UInt32) -> Void
    ) {
        copying = SCPCopying(command, tree, stream, ended)
        pace.goOn = { [weak self] in self?.pump() }
        begin()
    }

    /// Takes octets from the client.
    public func received(_ bytes: Span<UInt8>) {
        guard !isEnded else { return }
        reader.receive(bytes)
        pump()
    }

    /// Nothing: the client waits for each answer.
    public func fellBehind() {}

    /// Nothing.
    public func caughtUp() {}

    /// The client will send no more.
    public func inputEnded() {
        hasInputEnded = true
        pump()
    }

    /// The stream is gone: a file that is not whole is thrown away.
    public func closed() {
        copying.cutOff()
        abandon()
    }

    // MARK: Machinery

    private func begin() {
        Deferred<SFTPPath>.attempt { try copying.target() }.flatMap { [copying] path in
            copying.tree.attributes(of: path).mapResult { result in
                if try Self.isDirectory(result) { return [path] }
                if copying.command.isDirectory { throw SFTPStatus.failure("this is no directory") }
                return []
            }
        }.whenDone { [self] (result: Result<[SFTPPath], any Error>) in
            guard !isEnded else { return }
            switch result {
            case .success(let found):
                directories = found
                answer(.ready)
            case .failure(let error):
                answer(.failed(copying.reason(of: error), isFatal: true))
                end()
            }
        }
    }

    /// Whether there is a directory; nothing at all is none as well.
    private static func isDirectory(_ result: Result<SFTPAttributes, any Error>) throws -> Bool {
        do { return try result.get().isDirectory } catch let status as SFTPStatus where status.code == .noSuchFile {
            return false
        }
    }

    private func pump() {
        guard !isPumping else { return }
        isPumping = true
        do {
            while !isBusy, !isEnded {
                if held == nil { held = try reader.next() }
                guard let record = held, pace.allows() else { break }
                held = nil
                isBusy = true
                pace.spend { begin(record) }
            }
        } catch {
            answer(.failed("this cannot be read", isFatal: true))
            end()
        }
        isPumping = false
        guard !isEnded else { return }
        if isBusy || held != nil { copying.stream.pauseInput() } else { copying.stream.resumeInput() }
        if hasInputEnded, !isBusy, held == nil { end() }
    }

    private func begin(_ record: SCPRecord) {
        Deferred.attempt { () throws -> Deferred<SCPAnswer?> in try take(record) }.whenDone { [self] result in
            switch result {
            case .success(let answer): self.answer(answer)
            case .failure(let error): answer(.failed(copying.reason(of: error), isFatal: false))
            }
        }
    }

    private func answer(_ answer: SCPAnswer?) {
        isBusy = false
        guard !isEnded else { return }
        if case .failed = answer { copying.errorCount += 1 }
        if let answer { copying.stream.send(answer.octets) }
        pump()
    }

    private func end() {
        if isEnded { return }
        copying.end {
            if incoming != nil { copying.errorCount += 1 }
            abandon()
        }
        copying.stream.resumeInput()
    }

    private func abandon() {
        guard let lost = incoming else { return }
        incoming = nil
        lost.file.abandon()
        report?(.dropped(lost.path, octetsWritten: lost.offset))
    }

    // MARK: Records

    private func take(_ record: SCPRecord) throws -> Deferred<SCPAnswer?> {
        switch record {
        case .times(let newTimes):
            times = newTimes
            return .succeeded(.ready)
        case .file(let name, let permissions, _): return begin(name, permissions)
        case .data(let octets): return write(octets)
        case .fileEnd: return finish()
        case .directory(let name, let permissions): return try enter(name, permissions)
        case .directoryEnd:
            guard directories.popLast() != nil else { throw SFTPStatus.failure("there is no directory to leave") }
            return .succeeded(.ready)
        case .complaint(_, let isFatal):
            copying.errorCount += 1
            // In the place of a file's end it wants an answer, and elsewhere none.
            let answer: SCPAnswer? = incoming == nil ? nil : .ready
            abandon()
            if isFatal { end() }
            return .succeeded(answer)
        }
    }

    /// The path of a name, or the target itself while that is no directory.
    private func place(_ name: [UInt8]) throws -> SFTPPath {
        guard let name = String(validating: name, as: UTF8.self) else {
            throw SFTPStatus.failure("the name is not UTF-8")
        }
        if let directory = directories.last { return try directory.appending(name) }
        if let objection = SFTPPath.objection(to: name) { throw SFTPStatus.failure(objection) }
        return try copying.target()
    }

    private func attributes(_ permissions: UInt32) -> SFTPAttributes {
        var attributes = SFTPAttributes()
        attributes.permissions = permissions
        attributes.times = times
        times = nil
        return attributes
    }

    private func begin(_ name: [UInt8], _ permissions: UInt32) -> Deferred<SCPAnswer?> {
        let attributes = attributes(permissions)
        return Deferred.attempt { () throws -> Deferred<SCPAnswer?> in
            let path = try place(name)
            return tree.open(path, [.write, .create, .truncate], attributes).flatMap { [self] file in
                guard !isEnded else {
                    file.abandon()
                    return .succeeded(nil)
                }
                incoming = Incoming(path: path, file: file)
                var kept = SFTPAttributes()
                kept.times = attributes.times
                return file.setAttributes(kept).map { .ready }
            }
        }.recover { [self] error in
            reader.skipFile()
            abandon()
            throw error
        }
    }

    private func write(_ octets: [UInt8]) -> Deferred<SCPAnswer?> {
        guard let now = incoming, now.failure == nil else { return .succeeded(nil) }
        incoming?.offset += UInt64(octets.count)
        return now.file.write(octets, at: now.offset).map { nil }.recover { [self] error in
            incoming?.failure = error
            return nil
        }
    }

    private func finish() -> Deferred<SCPAnswer?> {
        guard let whole = incoming else { return .succeeded(.ready) }
        if let failure = whole.failure {
            abandon()
            return .failed(failure)
        }
        incoming = nil
        return whole.file.close().mapResult { [self] result in
            if case .failure = result { report?(.dropped(whole.path, octetsWritten: whole.offset)) }
            try result.get()
            report?(.transferred(whole.path, octetsRead: 0, octetsWritten: whole.offset))
            return .ready
        }
    }

    private func enter(_ name: [UInt8], _ permissions: UInt32) throws -> Deferred<SCPAnswer?> {
        guard copying.command.isRecursive else { throw SFTPStatus.failure("directories come with -r only") }
        let path = try place(name)
        let attributes = attributes(permissions)
        return tree.attributes(of: path).flatMapResult { [self] result in
            if try Self.isDirectory(result) { return .succeeded(()) }
            return tree.makeDirectory(path, attributes).map { [self] in report?(.madeDirectory(path)) }
        }.map { [self] in
            directories.append(path)
            return .ready
        }
    }
}
