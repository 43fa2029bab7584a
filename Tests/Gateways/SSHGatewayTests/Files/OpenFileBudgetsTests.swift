import SFTPWire
import ShellPeers
import Testing
import WorldModel

@testable import SSHGateway

/// What players hold in memory with open files.
@Suite struct OpenFileBudgetsTests {
    private static let flags: SFTPOpenFlags = [.write, .create]
    private static let most = [UInt8](repeating: 7, count: 256 << 10)

    @Test func manyFilesAreNoMoreThanOneMayHave() throws {
        let stage = try TreeStage()
        var files: [any SFTPFile] = []
        var refusal: SFTPStatus?
        while refusal == nil, files.count < 100 {
            // As in sessions of their own: each has a tree.
            let tree = GameTree(
                game: stage.game, persona: stage.ada, origin: "ssh 192.0.2.7", editing: nil, refusals: FileRefusals(),
                budgets: stage.budgets)
            let path = try stage.path("/homepage/\(files.count)")
            let file = try stage.get(tree.open(path, Self.flags, SFTPAttributes()))
            refusal = stage.status(file.write(Self.most, at: 0))
            files.append(file)
        }
        #expect(refusal?.message.contains("8 MiB at most") == true && files.count == 33)
        #expect(stage.budgets.taken == OpenFileBudgets.ofOne)
        // Of everything that is open together, one is kept.
        try stage.get(files[0].close())
        for file in files.dropFirst() { file.abandon() }
        #expect(stage.budgets.taken == 0)
        #expect(try stage.names("/homepage") == ["0"])
    }

    @Test func anotherPlayerIsNotAtAFault() throws {
        let stage = try TreeStage()
        stage.world.beginTurn(at: stage.world.now, seed: 1)
        let people = (0..<40).map { _ in stage.world.create() }
        _ = stage.world.endTurn()
        let budgets = people.map { stage.budgets.budget(of: $0, in: stage.game) }
        #expect(stage.budgets.budget(of: people[0], in: stage.game) === budgets[0])
        for budget in budgets.prefix(32) { try budget.take(OpenFileBudgets.ofOne) }
        #expect(throws: SFTPStatus.self) { try budgets[33].take(1) }
        budgets[0].giveBack(OpenFileBudgets.ofOne)
        try budgets[33].take(1)
        #expect(stage.budgets.taken == 31 * OpenFileBudgets.ofOne + 1)
    }
}
