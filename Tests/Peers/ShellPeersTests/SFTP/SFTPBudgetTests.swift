import ReactorCore
import SFTPWire
import ShellPeers
import Testing

@Suite("Octets of open files")
struct SFTPBudgetTests {
    private let whole = SFTPBudget(limit: 100)
    private let budget: SFTPBudget

    init() { budget = SFTPBudget(limit: 60, within: whole) }

    /// A file that is kept nowhere.
    private func open(_ contents: [UInt8]?, _ flags: SFTPOpenFlags, _ budget: SFTPBudget) throws -> any SFTPFile {
        var found: Result<any SFTPFile, any Error>?
        SFTPDraftFile.open(contents: contents, attributes: .file(size: 0), flags: flags, limit: 50, budget: budget) {
            _, _ in .succeeded(())
        }.whenDone { found = $0 }
        return try #require(found).get()
    }

    private func works(_ deferred: Deferred<Void>) -> Bool {
        var works = false
        deferred.whenDone { if case .success = $0 { works = true } }
        return works
    }

    private func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

    @Test("All is taken or none, here and in the whole")
    func taking() throws {
        let other = SFTPBudget(limit: 60, within: whole)
        try budget.take(60)
        #expect(throws: budget.refusal) { try budget.take(1) }
        #expect(throws: other.refusal) { try other.take(41) }
        #expect(other.taken == 0 && whole.taken == 60)
        try other.take(40)
        budget.giveBack(100)
        #expect(budget.taken == 0 && whole.taken == 40)
        #expect(throws: budget.refusal) { try budget.take(.max) }
    }

    @Test("Files of one client together are not longer than its budget, however they grow")
    func files() throws {
        let (first, second) = (try open(zeros(20), [.read, .write], budget), try open(nil, [.write, .create], budget))
        #expect(budget.taken == 20)
        #expect(works(first.write(zeros(20), at: 0)) && budget.taken == 20)
        #expect(works(second.write(zeros(10), at: 20)) && budget.taken == 50)
        #expect(!works(second.write(zeros(1), at: 40)) && budget.taken == 50)
        #expect(!works(second.write(zeros(1), at: .max)) && budget.taken == 50)
        var size = SFTPAttributes()
        size.size = 41
        #expect(!works(first.setAttributes(size)) && budget.taken == 50)
        // A file of which a write was refused is not kept.
        #expect(!works(second.close()) && budget.taken == 20)
        #expect(works(first.close()) && budget.taken == 0)
        #expect(whole.taken == 0)
    }

    @Test("What is only read counts, and what is given up does not any more")
    func reading() throws {
        let file = try open(zeros(40), .read, budget)
        #expect(throws: SFTPStatus.self) { try open(zeros(40), .read, budget) }
        file.abandon()
        #expect(budget.taken == 0)
        // Nobody has to end it for that.
        _ = try open(zeros(40), .read, budget)
        #expect(budget.taken == 0)
    }

    @Test("A session that ends gives back what it held")
    func session() throws {
        let tree = BudgetTree(budget)
        let stage = ServerStage(tree)
        let handle = try #require(stage.open("/a", [.write, .create]))
        #expect(stage.status(.write(handle: handle, at: 0, data: zeros(50))) == .ok)
        #expect(budget.taken == 50)
        let other = ServerStage(tree)
        let more = try #require(other.open("/b", [.write, .create]))
        #expect(other.status(.write(handle: more, at: 0, data: zeros(11))) == .failure)
        stage.server.closed()
        #expect(budget.taken == 0)
        #expect(other.status(.write(handle: more, at: 0, data: zeros(11))) == .ok)
    }

    @Test("The names of directories that are open count")
    func directories() throws {
        let budget = SFTPBudget(limit: 20_000)
        let stage = ServerStage(BudgetTree(budget))
        var handles: [[UInt8]] = []
        while handles.count < 60, case .handle(let handle) = stage.ask(.openDirectory(path: octets("/"))) {
            handles.append(handle)
        }
        #expect(!handles.isEmpty && handles.count < 20 && budget.taken > 10_000)
        let popped = handles.popLast()
        let last = try #require(popped)
        #expect(stage.status(.close(handle: last)) == .ok)
        #expect(stage.names("/")?.count == 22)
        stage.server.closed()
        #expect(budget.taken == 0)
    }

    /// A tree of new files.
    private final class BudgetTree: SFTPTree {
        let budget: SFTPBudget?

        init(_ budget: SFTPBudget) { self.budget = budget }

        func attributes(of path: SFTPPath) -> Deferred<SFTPAttributes> { .succeeded(.directory()) }
        func list(_ path: SFTPPath) -> Deferred<[SFTPEntry]> {
            .succeeded((0..<20).map { SFTPEntry("\($0)", .file(size: 0)) })
        }
        func open(
            _ path: SFTPPath, _ flags: SFTPOpenFlags, _ attributes: SFTPAttributes
        ) -> Deferred<any SFTPFile> {
            SFTPDraftFile.open(contents: nil, attributes: .file(size: 0), flags: flags, limit: 50, budget: budget) {
                _, _ in .succeeded(())
            }
        }
    }
}
