public import ReactorCore
public import SFTPWire

/// Whole files, with several reads or writes on their way.
extension SFTPClient {
    /// The most reads or writes that are on their way at once; OpenSSH's number.
    public static let requestsAhead = 64
    /// The most octets of them, unless one alone is more: twice a window of ``SFTPServer/window``; our choice.
    public static let octetsAhead = 4_194_304

    /// How many reads or writes of so many octets are on their way at once.
    fileprivate static func requestsAhead(of piece: Int) -> Int { max(1, min(requestsAhead, octetsAhead / piece)) }

    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - limit: The most octets it may have; with more it fails.
    /// - Returns: Its contents.
    public func get(_ path: String, limit: Int) -> Deferred<[UInt8]> {
        open(path, .read).flatMap { [self] file in
            SFTPDownload(file, piece: readLimit, limit: limit).run().flatMapResult { result in
                file.close().mapResult { _ in try result.get() }
            }
        }
    }

    /// Writes a whole file, which is made, or emptied before.
    ///
    /// - Parameters:
    ///   - octets: What it shall have.
    ///   - path: The file.
    ///   - attributes: What a new file shall have.
    /// - Returns: Fired when the server has closed the file.
    public func put(
        _ octets: [UInt8], to path: String, attributes: SFTPAttributes = SFTPAttributes()
    ) -> Deferred<Void> {
        open(path, [.write, .create, .truncate], attributes).flatMap { [self] file in
            SFTPUpload(octets, to: file, piece: writeLimit).run().flatMapResult { result in
                file.close().mapResult { closing in
                    try result.get()
                    try closing.get()
                }
            }
        }
    }
}

/// Reads a file to its end, ahead of the answers; what a server gives too little is asked for again.
private final class SFTPDownload {
    private let file: SFTPClientFile
    private let piece: Int
    private var draft: SFTPDraft
    private var next = 0
    /// The size that the server has told: up to there many reads are on their way, and behind it one.
    private var expected = 0
    /// Where a read found the end.
    private var end = Int.max
    private var runningCount = 0
    private let outcome = Deferred<[UInt8]>()

    init(_ file: SFTPClientFile, piece: Int, limit: Int) {
        self.file = file
        self.piece = max(1, piece)
        draft = SFTPDraft(limit: limit)
    }

    func run() -> Deferred<[UInt8]> {
        file.attributes().whenDone { [self] result in
            if case .success(let attributes) = result { expected = Int(clamping: attributes.size ?? 0) }
            proceed()
        }
        return outcome
    }

    private func proceed() {
        while !outcome.isFired, next < end, next <= draft.limit,
            runningCount < (next < expected ? SFTPClient.requestsAhead(of: piece) : 1)
        {
            let offset = next
            next += piece
            ask(offset, piece)
        }
        if runningCount == 0, !outcome.isFired { outcome.succeed(draft.octets) }
    }

    private func ask(_ offset: Int, _ count: Int) {
        runningCount += 1
        file.read(at: UInt64(offset), count: count).whenDone { [self] result in
            runningCount -= 1
            guard !outcome.isFired else { return }
            do {
                let octets = try result.get()
                try draft.write(octets, at: UInt64(offset))
                if octets.isEmpty {
                    end = min(end, offset)
                } else if octets.count < count {
                    ask(offset + octets.count, count - octets.count)
                }
                proceed()
            } catch {
                outcome.fail(error)
            }
        }
    }
}

/// Writes octets to a file, ahead of the answers.
private final class SFTPUpload {
    private let octets: [UInt8]
    private let file: SFTPClientFile
    private let piece: Int
    private var next = 0
    private var runningCount = 0
    private let outcome = Deferred<Void>()

    init(_ octets: [UInt8], to file: SFTPClientFile, piece: Int) {
        self.octets = octets
        self.file = file
        self.piece = max(1, piece)
    }

    func run() -> Deferred<Void> {
        proceed()
        return outcome
    }

    private func proceed() {
        while !outcome.isFired, runningCount < SFTPClient.requestsAhead(of: piece), next < octets.count {
            let start = next
            next = min(octets.count, start + piece)
            runningCount += 1
            file.write(Array(octets[start..<next]), at: UInt64(start)).whenDone { [self] result in
                runningCount -= 1
                guard !outcome.isFired else { return }
                if case .failure(let error) = result { outcome.fail(error) } else { proceed() }
            }
        }
        if runningCount == 0, next >= octets.count, !outcome.isFired { outcome.succeed() }
    }
}
