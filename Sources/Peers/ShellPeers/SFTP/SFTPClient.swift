public import ReactorCore
public import SFTPWire

/// Asks a server for files over a stream.
///
/// Requests are sent at once and answered by their ids, so that many may be on their way; what a server answers to them
/// is an ``SFTPStatus`` that fails the deferred. When the stream ends, what was not answered fails with
/// ``SFTPStatusCode/connectionLost``.
///
/// ```swift
/// let client = SFTPClient(over: channel)
/// client.start().flatMap { client.get("/notes/friends.txt", limit: 65_536) }.whenDone { print($0) }
/// // client.received(octets) and client.closed() as they happen
/// ```
///
/// - Isolation: belongs to the reactor's thread.
/// - Source: draft-ietf-secsh-filexfer-02; OpenSSH's PROTOCOL, section 4.
public final class SFTPClient {
    /// The octets of a read or write where the server names no limit; what the draft asks every server to take.
    public static let ordinaryDataLimit = 32_768

    /// The extensions that the server has, and their versions.
    public private(set) var extensions: [String: String] = [:]
    /// The most octets that one request reads.
    public private(set) var readLimit = ordinaryDataLimit
    /// The most octets that one request writes.
    public private(set) var writeLimit = ordinaryDataLimit

    private let stream: any SFTPStream
    private var wire = SFTPClientWire()
    private var waiting: [UInt32: Deferred<SFTPReply>] = [:]
    private var lastID: UInt32 = 0
    private var greeting: Deferred<Void>?
    private var failure: SFTPStatus?

    /// Makes a client, which says nothing before ``start()``.
    public init(over stream: any SFTPStream) { self.stream = stream }

    /// Says hello, and learns what the server can do.
    public func start() -> Deferred<Void> {
        if let failure { return .failed(failure) }
        let greeting = Deferred<Void>()
        self.greeting = greeting
        stream.send(SFTPClientWire.hello)
        return greeting.flatMap { [self] in
            extensions[SFTPExtension.limits] == nil ? .succeeded(()) : askLimits()
        }
    }

    /// Takes octets from the server.
    public func received(_ bytes: Span<UInt8>) {
        guard failure == nil else { return }
        wire.receive(bytes)
        do {
            while failure == nil, let event = try wire.next() { take(event) }
        } catch {
            end(SFTPStatus(.badMessage, "\(error)"))
        }
    }

    /// The stream is gone, or the server will send no more; may be called more than once.
    public func closed() { fail(SFTPStatus(.connectionLost, "the connection to the server is lost")) }

    /// Ends the session.
    public func close() { end(SFTPStatus(.noConnection, "the session has been closed")) }

    /// Sends a request.
    ///
    /// - Returns: The reply; a status other than ``SFTPStatusCode/ok`` is a failure.
    public func request(_ request: SFTPRequest) -> Deferred<SFTPReply> {
        if let failure { return .failed(failure) }
        repeat { lastID &+= 1 } while waiting[lastID] != nil
        let reply = Deferred<SFTPReply>()
        waiting[lastID] = reply
        stream.send(request.packet(id: lastID))
        return reply.map { reply in
            if case .status(let status) = reply, status.code != .ok { throw status }
            return reply
        }
    }

    // MARK: Machinery

    private func take(_ event: SFTPClientWire.Event) {
        switch event {
        case .hello(let extensions):
            self.extensions = extensions
            let greeting = greeting
            self.greeting = nil
            greeting?.succeed()
        case .reply(let id, let reply):
            guard let deferred = waiting.removeValue(forKey: id) else {
                return end(SFTPStatus(.badMessage, "the server has answered what was not asked"))
            }
            deferred.succeed(reply)
        }
    }

    private func askLimits() -> Deferred<Void> {
        request(.extended(.limits)).map { [self] reply in
            guard case .extended(let octets) = reply, let limits = SFTPServerLimits(octets) else { return }
            if limits.read > 0 { readLimit = Int(min(limits.read, UInt64(SFTPLimits.data))) }
            if limits.write > 0 { writeLimit = Int(min(limits.write, UInt64(SFTPLimits.data))) }
        }.recover { _ in }
    }

    private func end(_ status: SFTPStatus) {
        guard failure == nil else { return }
        stream.close()
        fail(status)
    }

    private func fail(_ status: SFTPStatus) {
        guard failure == nil else { return }
        failure = status
        let (greeting, waiting) = (greeting, waiting)
        self.greeting = nil
        self.waiting = [:]
        greeting?.fail(status)
        for deferred in waiting.values { deferred.fail(status) }
    }
}
