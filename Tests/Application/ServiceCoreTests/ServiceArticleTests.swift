import Foundation
import ReactorCore
import ReactorTesting
import ServiceCore
import Testing
import Transports

// snippet: service-own
/// Holds the lines of a file in memory while it runs.
final class Store: Service {
    private(set) var lines: [String] = []
    private let path: URL
    private var journal: FileHandle?

    init(_ path: URL) { self.path = path }

    func privilegedStart(_ post: ServicePost) throws -> Deferred<Void>? {
        journal = try FileHandle(forReadingFrom: path)
        return nil
    }

    func start(_ post: ServicePost) throws -> Deferred<Void>? {
        guard let journal else { return nil }
        // Reading may block, so that it is done on a worker thread, where only what is Sendable can go.
        return post.reactor.deferToThread { try journal.readToEnd() ?? Data() }
            .map { self.lines = String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
    }

    func stop(_ post: ServicePost) throws -> Deferred<Void>? {
        try journal?.close()
        journal = nil
        return nil
    }
}
// snippet ends

/// The examples of the article.
@Suite struct ServiceArticleTests {
    private final class Nobody: ProtocolFactory {
        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { nil }
    }

    private let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).news")

    @Test func runsTheArticlesApplication() throws {
        try Data("one\ntwo\n".utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let reactor = try Reactor()
        let endpoint = EndpointDescription(.tcp(interface: .loopback, port: 0))
        let readers = Nobody()
        var rights = "root"
        func giveUpRights() { rights = "nobody" }
        reactor.callWhenRunning { reactor.stop() }
        // snippet: service-application
        let application = Application("news", on: reactor)
        try application.root.add("store", Store(path))
        try application.root.add("readers", ListeningService(endpoint, factory: readers), after: ["store"])
        try application.root.add("hourly", TimerService(every: .seconds(3600)) { nil })
        application.afterPrivilegedStart = { giveUpRights() }
        try application.run()
        // snippet ends
        #expect(rights == "nobody" && application.root.phase == .stopped)
    }

    @Test func theArticlesStoreReadsItsFile() throws {
        let test = try TestReactor()
        let own = Store(path)
        let root = ServiceNode("root", on: test.reactor)
        try root.add("store", own)
        var failure: (any Error)?
        root.start().whenDone { if case .failure(let error) = $0 { failure = error } }
        #expect("\(try #require(failure))".contains("root/store could not start"))
        #expect(own.lines.isEmpty)
    }
}
