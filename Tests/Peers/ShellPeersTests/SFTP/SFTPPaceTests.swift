import Basics
import ReactorCore
import ReactorTesting
import SFTPWire
import ShellPeers
import Testing

/// A tree in which each look takes time.
private final class CostlyTree: SFTPTree {
    let time: ManualTime
    private(set) var lookCount = 0

    init(_ time: ManualTime) { self.time = time }

    func attributes(of path: SFTPPath) -> Deferred<SFTPAttributes> {
        time.advance(by: .microseconds(20))
        lookCount += 1
        return .succeeded(.directory())
    }

    func list(_ path: SFTPPath) -> Deferred<[SFTPEntry]> { .succeeded([]) }

    func open(_ path: SFTPPath, _ flags: SFTPOpenFlags, _ attributes: SFTPAttributes) -> Deferred<any SFTPFile> {
        .failed(SFTPStatus.noSuchFile)
    }
}

@Suite("What SFTP's clients may have of each pass")
struct SFTPPaceTests {
    private static let requestCount = 10_000
    private static let look = SFTPRequest.attributes(path: octets("/a"))
    private static var segment: [UInt8] {
        (1...requestCount).flatMap { look.packet(id: UInt32($0)) }
    }

    private func stage(_ test: TestReactor, _ tree: CostlyTree) -> ServerStage {
        let stage = ServerStage(tree)
        stage.server.portion = test.reactor.filePortion
        return stage
    }

    @Test("Ten thousand requests in one segment are spread over passes, between which others have their turn")
    func flood() throws {
        let test = try TestReactor()
        let tree = CostlyTree(test.time)
        let stage = stage(test, tree)
        var lookCounts: [Int] = []
        func takeTurn() {
            test.reactor.callLater(.zero) {
                lookCounts.append(tree.lookCount)
                if tree.lookCount < Self.requestCount { takeTurn() }
            }
        }
        takeTurn()
        stage.server.received(Self.segment.span)
        // Five milliseconds are 250 of them.
        #expect((1...300).contains(tree.lookCount) && stage.stream.isPaused)
        test.settle()
        #expect(tree.lookCount == Self.requestCount && !stage.stream.isPaused)
        let steps = zip(lookCounts, lookCounts.dropFirst()).map { $1 - $0 }
        #expect(lookCounts.count >= 30 && steps.allSatisfy { $0 <= 300 })
        stage.collect()
        #expect(stage.replies.map(\.id) == (1...UInt32(Self.requestCount)).map { $0 })
    }

    @Test("A client that asks once does not wait for one that asks ten thousand times")
    func fairness() throws {
        let test = try TestReactor()
        let tree = CostlyTree(test.time)
        let (greedy, modest) = (stage(test, tree), stage(test, tree))
        greedy.server.received(Self.segment.span)
        let id = modest.send(Self.look)
        #expect(modest.reply(to: id) == nil)
        test.reactor.runOnePass(waitingAtMost: .zero)
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(modest.reply(to: id) != nil && tree.lookCount < 1_000)
    }

    @Test("A session that ends while it waits is not gone on with")
    func end() throws {
        let test = try TestReactor()
        let tree = CostlyTree(test.time)
        let stage = stage(test, tree)
        stage.server.received(Self.segment.span)
        let lookCount = tree.lookCount
        stage.server.closed()
        test.settle()
        #expect(tree.lookCount == lookCount)
    }
}
