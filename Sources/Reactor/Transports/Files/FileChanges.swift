import Basics
public import ReactorCore

/// What changed in a while, each path once.
public struct FileChanges: Hashable, Sendable {
    /// The most paths that are gathered; beyond them the rest is left to a look at everything.
    ///
    /// Our choice.
    public static let pathCount = 4096

    /// What changed, came or went, in the order of the first event.
    public private(set) var paths: [WatchedPath] = []

    /// Whether everything that matters has to be looked at anew, because events were lost or too many.
    public private(set) var needsLook = false

    /// Why the watch is over; nil when it goes on.
    public private(set) var end: FileWatchEnd?

    private var known: Set<WatchedPath> = []

    /// Makes an empty collection.
    public init() {}

    /// Adds an event.
    public mutating func add(_ event: FileEvent) {
        switch event.kind {
        case .overflow, .unwatched: needsLook = true
        case .ended(let reason): end = reason
        case .moved(let origin):
            add(origin)
            add(event.path)
        default: add(event.path)
        }
    }

    private mutating func add(_ path: WatchedPath) {
        guard paths.count < Self.pathCount else {
            if !known.contains(path) { needsLook = true }
            return
        }
        if known.insert(path).inserted { paths.append(path) }
    }
}

/// Gathers events until it has been quiet for a while: a save, a checkout or a copy becomes one call.
///
/// Several watchers may share one.
public final class FileChangeGatherer {
    private let reactor: Reactor
    private let quiet: Duration
    private let longest: Duration
    private let body: (FileChanges) -> Void
    private var changes: FileChanges?
    private var latest = MonotonicInstant.zero
    private var timer: InactivityTimer?

    /// Makes a gatherer.
    ///
    /// - Parameters:
    ///   - reactor: Whose time counts.
    ///   - quiet: How long nothing may happen before the call.
    ///   - longest: How long after the first event the call is made anyway.
    ///   - body: Called with what has changed since the last call.
    public init(
        _ reactor: Reactor, onceQuiet quiet: Duration, atMost longest: Duration = .seconds(10),
        _ body: @escaping (FileChanges) -> Void
    ) {
        self.reactor = reactor
        self.quiet = quiet
        self.longest = longest
        self.body = body
        timer = InactivityTimer(reactor) { [weak self] in self?.flush() }
    }

    /// Adds an event; the end of a watch is told at once.
    public func note(_ event: FileEvent) {
        if changes == nil { latest = reactor.now.advanced(by: longest) }
        changes = changes ?? FileChanges()
        changes?.add(event)
        if case .ended = event.kind { return flush() }
        timer?.set(min(quiet, max(.zero, reactor.now.duration(to: latest))))
    }

    /// Makes the call now if anything has happened.
    public func flush() {
        timer?.set(nil)
        guard let changes else { return }
        self.changes = nil
        body(changes)
    }

    /// Forgets what has been gathered.
    public func cancel() {
        timer?.set(nil)
        changes = nil
    }
}

#if os(Linux)
extension Reactor {
    /// Tells what has changed once it has been quiet for a while, until the watcher is closed.
    ///
    /// ```swift
    /// try reactor.watchFiles(at: "mudd.yaml", onceQuiet: .milliseconds(200)) { _ in reload() }
    /// ```
    ///
    /// - Parameters:
    ///   - path: The file or directory, as in ``watchFiles(at:settings:fileID:line:_:)``.
    ///   - settings: The extent and the bounds of the watch.
    ///   - quiet: How long nothing may happen before the call.
    ///   - longest: How long after the first event the call is made anyway.
    ///   - fileID: Where the watch is asked for, for reports.
    ///   - line: The line there.
    ///   - body: Called with what has changed since the last call.
    /// - Returns: The watcher, which the reactor keeps.
    /// - Throws: ``FileWatchFailure``.
    @discardableResult public func watchFiles(
        at path: String, settings: FileWatchSettings = FileWatchSettings(), onceQuiet quiet: Duration,
        atMost longest: Duration = .seconds(10), fileID: StaticString = #fileID, line: UInt = #line,
        _ body: @escaping (FileChanges) -> Void
    ) throws(FileWatchFailure) -> FileWatcher {
        let gatherer = FileChangeGatherer(self, onceQuiet: quiet, atMost: longest, body)
        return try watchFiles(at: path, settings: settings, fileID: fileID, line: line) { gatherer.note($0) }
    }
}
#endif
