public import Basics
package import ReactorCore
import SFTPWire

/// Serves a tree of files to one client over a stream.
///
/// Requests are begun in their order. Reads and writes of open files go on side by side, at most
/// ``requestLimit`` of them; any other request waits for those before it and is waited for by those behind it, so that
/// a client which sends them without waiting gets what it would get by waiting. While the client does not take its
/// answers, or its requests are not done, nothing more is read from it. Nobody keeps the reactor to themself: in
/// each pass, all sessions together have a portion of the time.
///
/// What is written becomes the file's contents when the client closes it, by ``SFTPFile/close()``; when the client goes
/// away before, it is thrown away. Within the session a file that is being written is there already: it is listed,
/// its attributes can be asked and changed, it can be renamed and removed. Programs that mount a tree close late and need that.
///
/// ```swift
/// let server = SFTPServer(tree, over: channel) { wallTime.now() }
/// server.received(octets)     // fellBehind(), caughtUp(), inputEnded(), closed() as they happen
/// ```
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: 64 open handles, ``SFTPLimits/data`` octets a read, ``requestLimit`` requests and ``octetLimit`` octets at once.
/// - Source: draft-ietf-secsh-filexfer-02; OpenSSH's PROTOCOL, section 4.
public final class SFTPServer: SFTPSession {
    /// The most requests that are being done; our choice, what OpenSSH's client sends ahead.
    public static let requestLimit = 64
    /// The octets of reads and writes that are being done from which on no other is begun; our choice.
    public static let octetLimit = 1_048_576
    /// The window that a channel for files should have, in octets, so that many requests are on their way; OpenSSH's number.
    public static let window = 2_097_152

    /// Is told what the session did.
    public var report: ((SFTPAct) -> Void)?

    /// The portion of each pass in which requests are done; nil to do them as they come.
    package var portion: PassPortion? {
        get { pace.portion }
        set { pace.portion = newValue }
    }

    private let pace = SFTPPace()
    let tree: any SFTPTree
    let now: () -> WallInstant
    var handles = SFTPHandles()
    private let stream: any SFTPStream
    private var wire = SFTPServerWire()
    /// What was read and is not begun yet.
    private var held: SFTPServerWire.Event?
    private var runningCount = 0
    private var runningOctets = 0
    private var isBarrierRunning = false
    private var isPumping = false
    private var isPaused = false
    private var isBehind = false
    private var hasInputEnded = false
    private(set) var isClosed = false

    /// Begins a session, which waits for the client's hello.
    ///
    /// - Parameters:
    ///   - tree: What this client may see.
    ///   - stream: Where the answers go.
    ///   - now: The time, for long listings.
    public init(_ tree: any SFTPTree, over stream: any SFTPStream, now: @escaping () -> WallInstant) {
        self.tree = tree
        self.stream = stream
        self.now = now
        pace.goOn = { [weak self] in self?.pump() }
    }

    /// Takes octets from the client.
    public func received(_ bytes: Span<UInt8>) {
        guard !isClosed else { return }
        wire.receive(bytes)
        pump()
    }

    /// More waits for the client than it takes at once: nothing is begun.
    public func fellBehind() { isBehind = true }

    /// The client takes more again.
    public func caughtUp() {
        isBehind = false
        pump()
    }

    /// The client will send no more: what it asked is done, and then the stream is closed.
    public func inputEnded() {
        hasInputEnded = true
        pump()
    }

    /// The stream is gone; may be called more than once.
    public func closed() {
        guard !isClosed else { return }
        isClosed = true
        held = nil
        for open in handles.removeAll() {
            open.file.abandon()
            if open.octetsWritten > 0 { report?(.dropped(open.path, octetsWritten: open.octetsWritten)) }
        }
    }

    // MARK: Requests

    private func pump() {
        guard !isPumping, !isClosed else { return }
        isPumping = true
        var isAtEnd = false
        do {
            while !isClosed, mayBegin {
                if let event = held {
                    guard mayTake(event), pace.allows() else { break }
                    held = nil
                    pace.spend { take(event) }
                } else if let event = try wire.next() {
                    held = event
                } else {
                    isAtEnd = true
                    break
                }
            }
        } catch {
            end()
        }
        isPumping = false
        guard !isClosed else { return }
        if isAtEnd, hasInputEnded, runningCount == 0 { return end() }
        if isAtEnd == isPaused {
            isPaused = !isAtEnd
            if isPaused { stream.pauseInput() } else { stream.resumeInput() }
        }
    }

    private func end() {
        stream.close()
        closed()
        // What still comes is nobody's, and the stream's own end is to be heard of.
        if isPaused { stream.resumeInput() }
    }

    private func take(_ event: SFTPServerWire.Event) {
        switch event {
        case .hello: stream.send(SFTPServerWire.helloReply())
        case .malformed(let id): send(.status(SFTPStatus(.badMessage, "this request cannot be read")), id)
        case .request(let id, let request): begin(id, request)
        }
    }

    private var mayBegin: Bool {
        !isBehind && !isBarrierRunning && runningCount < Self.requestLimit && runningOctets < Self.octetLimit
    }

    private func mayTake(_ event: SFTPServerWire.Event) -> Bool {
        if case .request(_, let request) = event { request.isOverlapping || runningCount == 0 } else { true }
    }

    private func begin(_ id: UInt32, _ request: SFTPRequest) {
        let octets = request.octetsInFlight
        runningCount += 1
        runningOctets += octets
        if !request.isOverlapping { isBarrierRunning = true }
        answer(to: request).whenDone { [self] result in
            runningCount -= 1
            runningOctets -= octets
            if !request.isOverlapping { isBarrierRunning = false }
            switch result {
            case .success(let reply): send(reply, id)
            case .failure(let error): send(.status(status(of: error)), id)
            }
            pump()
        }
    }

    private func send(_ reply: SFTPReply, _ id: UInt32) {
        if !isClosed { stream.send(reply.packet(id: id)) }
    }

    private func status(of error: any Error) -> SFTPStatus {
        if let status = error as? SFTPStatus { return status }
        report?(.failed(error))
        return .failure("this did not work")
    }
}

extension SFTPRequest {
    /// Whether it may go on side by side with its like.
    fileprivate var isOverlapping: Bool {
        switch self {
        case .read, .write, .handleAttributes: true
        default: false
        }
    }

    /// The octets that it keeps in memory until it is answered.
    fileprivate var octetsInFlight: Int {
        switch self {
        case .read(_, _, let count): min(Int(count), SFTPLimits.data)
        case .write(_, _, let data): data.count
        default: 0
        }
    }
}
