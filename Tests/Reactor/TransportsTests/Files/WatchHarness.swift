import FileAccessTesting
import Glibc
import ReactorCore
import Testing
import Transports

/// A reactor, a directory of its own, and the events of the watchers over it.
final class WatchHarness {
    let reactor: Reactor
    private let folder: TemporaryFolder
    var directory: String { folder.path }
    private(set) var events: [FileEvent] = []
    private(set) var watchers: [FileWatcher] = []
    var onEvent: ((FileEvent) -> Void)?

    init() throws {
        reactor = try Reactor()
        folder = try TemporaryFolder()
    }

    deinit {
        for watcher in watchers { watcher.close() }
        reactor.runOnePass(waitingAtMost: .zero)
        expectNoLeftovers(reactor)
    }

    @discardableResult func watch(
        _ name: String? = nil, _ settings: FileWatchSettings = FileWatchSettings()
    ) throws -> FileWatcher {
        let watcher = try reactor.watchFiles(at: name.map(path) ?? directory, settings: settings) { [weak self] in
            self?.events.append($0)
            self?.onEvent?($0)
        }
        watchers.append(watcher)
        return watcher
    }

    func path(_ name: String) -> String { directory + "/" + name }

    /// What was told, with paths below the directory.
    var lines: [String] { events.map { "\($0)".replacing(directory + "/", with: "") } }

    /// Runs passes until as many events are told, and forgets them.
    func take(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
        try run(sourceLocation: sourceLocation) { events.count >= count }
        let result = lines
        events = []
        return result
    }

    /// Runs passes until everything done before is told, and forgets it; what tells so is left out.
    func takeAll(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
        mkdir(path("end-of-test"), 0o700)
        rmdir(path("end-of-test"))
        try run(sourceLocation: sourceLocation) { lines.last == "removed end-of-test/" }
        let result = lines.filter { !$0.hasSuffix("end-of-test/") }
        events = []
        return result
    }

    func run(sourceLocation: SourceLocation = #_sourceLocation, until condition: () -> Bool) throws {
        for _ in 0..<20_000 {
            if condition() { return }
            reactor.runOnePass(waitingAtMost: .milliseconds(1))
        }
        try #require(condition(), "still false after many passes: \(lines)", sourceLocation: sourceLocation)
    }

    // MARK: What is done to the files

    func write(_ name: String, _ text: String = "x", _ flags: Int32 = O_TRUNC) {
        let descriptor = open(path(name), O_WRONLY | O_CREAT | flags, 0o600)
        #expect(descriptor >= 0)
        #expect(Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count)
        close(descriptor)
    }

    func touch(_ name: String) {
        let descriptor = open(path(name), O_RDONLY | O_CREAT, 0o600)
        #expect(descriptor >= 0)
        close(descriptor)
    }

    func make(_ name: String) { #expect(mkdir(path(name), 0o700) == 0) }

    func move(_ old: String, _ new: String) { #expect(rename(path(old), path(new)) == 0) }

    func delete(_ name: String) { #expect(remove(path(name)) == 0) }
}

/// Removes a directory and all below it.
func removeTree(_ path: String) {
    guard remove(path) != 0, let listing = opendir(path) else { return }
    while let entry = readdir(listing) {
        let name = nameOf(entry)
        if name != ".", name != ".." { removeTree(path + "/" + name) }
    }
    closedir(listing)
    remove(path)
}

/// The name of an entry of a directory.
func nameOf(_ entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
