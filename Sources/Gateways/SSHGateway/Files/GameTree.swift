package import GatewayCore
package import ReactorCore
package import SFTPWire
package import ShellPeers
import WorldLanguage
package import WorldModel
import WorldVerbs

/// The files that a character finds: `homepage`, `notes`, `mail`, and for those who build `World`.
///
/// ```text
///   /homepage/…                 what the player shows to everybody
///   /notes/…                    texts that they keep for themself
///   /mail/Inbox/3-tea.eml       letters, to be read
///   /World/areas/mill.yaml      the world's own files; see ``WorldTree``
///   /refused.txt                why the last change was refused, if one was; see ``FileRefusals``
/// ```
///
/// None of it is a file of the host: names are looked up in the world, and under `World` in what ``WorldEditing`` lists. What is
/// closed after writing is one turn of the character. Every answer waits until the turns it may tell of are durable, as all
/// that players read does.
///
/// - Isolation: belongs to the game's thread.
package final class GameTree: SFTPTree {
    private let game: Game
    private let persona: Thing
    private let player: PlayerTree
    private let mail: MailTree
    private let world: WorldTree?
    private let refusals: FileRefusals
    private let budgets: OpenFileBudgets
    private static let refusalName = "refused.txt"

    /// Makes the tree of a character.
    ///
    /// - Parameters:
    ///   - game: The game.
    ///   - persona: Whose files these are; whoever is at the other end was found to be them.
    ///   - origin: Where they come from, for the audit trail: `ssh 192.0.2.7`.
    ///   - editing: What holds the world's own files; nil where nobody may change these.
    ///   - refusals: What was refused, in all sessions.
    ///   - budgets: What is held in memory with open files, in all sessions.
    package init(
        game: Game, persona: Thing, origin: String, editing: (any WorldEditing)?, refusals: FileRefusals,
        budgets: OpenFileBudgets
    ) {
        self.game = game
        self.persona = persona
        self.refusals = refusals
        self.budgets = budgets
        player = PlayerTree(game: game, persona: persona, budgets: budgets)
        mail = MailTree(game: game, persona: persona, budgets: budgets)
        world = editing.map {
            WorldTree(game: game, persona: persona, origin: origin, editing: $0, budgets: budgets)
        }
    }

    package var budget: SFTPBudget? { budgets.budget(of: persona, in: game) }

    /// The names at the top; `World` only for those who may see it now.
    private var branches: [(name: String, tree: any SFTPTree)] {
        var branches: [(String, any SFTPTree)] = FileSection.allCases.map { ($0.rawValue, player) }
        branches.append((MailTree.name, mail))
        if let world, world.isVisible { branches.append((WorldTree.name, world)) }
        return branches
    }

    /// The branch that a path leads into; where there is none, putting something new there is refused.
    private func branch(of path: SFTPPath, isPutting: Bool) throws -> any SFTPTree {
        if let known = branches.first(where: { $0.name == path.names.first }) { return known.tree }
        throw isPutting ? game.notHere(to: persona) : SFTPStatus.noSuchFile
    }

    /// Asks a branch, and lets the answer out when what it may tell of is durable.
    private func ask<Answer>(
        _ path: SFTPPath, isPutting: Bool = false, _ question: @escaping (any SFTPTree) throws -> Deferred<Answer>
    ) -> Deferred<Answer> {
        gated(
            paced { [self] () throws -> Deferred<Answer> in
                guard persona.exists else { throw game.status(.failure, "Your character is no more.", to: persona) }
                return try question(try branch(of: path, isPutting: isPutting))
            })
    }

    /// Takes down what came of a change.
    private func noted<Answer>(_ path: SFTPPath, _ change: Deferred<Answer>) -> Deferred<Answer> {
        change.whenDone { [refusals, persona] result in
            switch result {
            case .success: refusals.forget(path, of: persona)
            // Whoever tries to throw the text itself away still wants to know of the other.
            case .failure(let error) where path.names != [Self.refusalName]:
                refusals.note(error, at: path, for: persona)
            case .failure: break
            }
        }
        return change
    }

    /// The last refusal, if that is asked for and there is one.
    private func refusal(_ path: SFTPPath) -> [UInt8]? {
        path.names == [Self.refusalName] ? refusals.text(for: persona).map { Array($0.utf8) } : nil
    }

    private static func attributes(ofRefusal text: [UInt8]) -> SFTPAttributes {
        .file(size: text.count, isWritable: false)
    }

    /// Asks when the player has not looked too often, or else a little later.
    private func paced<Answer>(_ question: @escaping () throws -> Deferred<Answer>) -> Deferred<Answer> {
        let delay = budgets.look(by: persona, in: game)
        if delay == .zero { return .attempt(question) }
        let turn = Deferred<Void>()
        game.reactor.callLater(delay) { turn.succeed() }
        return turn.flatMap { try question() }
    }

    private func gated<Answer>(_ answer: Deferred<Answer>) -> Deferred<Answer> {
        let released = Deferred<Answer>()
        answer.whenDone { [game] result in
            // A refusal tells of turns as much as anything.
            game.whenDurable(game.world.sequence) { released.settle(result) }
        }
        return released
    }

    // MARK: What is asked

    package func attributes(of path: SFTPPath) -> Deferred<SFTPAttributes> {
        if path.isRoot {
            return .succeeded(.directory(modified: game.beginning(of: persona), isWritable: false))
        }
        if let text = refusal(path) { return .succeeded(Self.attributes(ofRefusal: text)) }
        return ask(path) { $0.attributes(of: path) }
    }

    package func list(_ path: SFTPPath) -> Deferred<[SFTPEntry]> {
        guard path.isRoot else { return ask(path) { $0.list(path) } }
        return gated(
            paced { [self] () throws -> Deferred<[SFTPEntry]> in
                let entries = try branches.map { name, tree in
                    tree.attributes(of: try SFTPPath.root.appending(name)).map { SFTPEntry(name, $0) }
                }
                return gather(entries).map { [self] entries in
                    guard let text = refusal(try SFTPPath.root.appending(Self.refusalName)) else { return entries }
                    return entries + [SFTPEntry(Self.refusalName, Self.attributes(ofRefusal: text))]
                }
            })
    }

    package func open(
        _ path: SFTPPath, _ flags: SFTPOpenFlags, _ attributes: SFTPAttributes
    ) -> Deferred<any SFTPFile> {
        if path.isRoot { return .failed(game.isFolder(to: persona)) }
        if let text = refusal(path) {
            return SFTPDraftFile.open(
                contents: text, attributes: Self.attributes(ofRefusal: text), flags: flags, limit: text.count)
        }
        let file: Deferred<any SFTPFile> = ask(path, isPutting: flags.contains(.create)) { [self] in
            $0.open(path, flags, attributes).map { GatedFile($0, at: path, gate: self) }
        }
        // That it is open to be written is no change yet.
        file.whenDone { [refusals, persona] result in
            if flags.isWriting, case .failure(let error) = result { refusals.note(error, at: path, for: persona) }
        }
        return file
    }

    package func setAttributes(_ attributes: SFTPAttributes, of path: SFTPPath) -> Deferred<Void> {
        if path.isRoot { return .failed(fixed) }
        return ask(path) { $0.setAttributes(attributes, of: path) }
    }

    package func makeDirectory(_ path: SFTPPath, _ attributes: SFTPAttributes) -> Deferred<Void> {
        if path.names.count < 2 { return noted(path, .failed(game.notHere(to: persona))) }
        return noted(path, ask(path, isPutting: true) { $0.makeDirectory(path, attributes) })
    }

    package func removeDirectory(_ path: SFTPPath) -> Deferred<Void> {
        if path.names.count < 2 { return noted(path, .failed(fixed)) }
        return noted(path, ask(path) { $0.removeDirectory(path) })
    }

    package func remove(_ path: SFTPPath) -> Deferred<Void> {
        if path.names.count < 2 { return noted(path, .failed(fixed)) }
        return noted(path, ask(path) { $0.remove(path) })
    }

    package func rename(_ path: SFTPPath, to newPath: SFTPPath, isReplacing: Bool) -> Deferred<Void> {
        if path.names.count < 2 { return noted(newPath, .failed(fixed)) }
        if newPath.names.count < 2 { return noted(newPath, .failed(game.notHere(to: persona))) }
        let change = ask(path) { [self] tree in
            let target = try branch(of: newPath, isPutting: true)
            if target === mail { throw game.notHere(to: persona) }
            guard target === tree else {
                throw game.status(.failure, "A file cannot be moved to there; copy it.", to: persona)
            }
            return tree.rename(path, to: newPath, isReplacing: isReplacing)
        }
        return noted(newPath, change)
    }

    package func space(of path: SFTPPath) -> Deferred<SFTPSpace?> {
        if path.isRoot { return gated(paced { [player] () -> Deferred<SFTPSpace?> in .succeeded(player.space) }) }
        return ask(path) { $0.space(of: path) }.map { [player] in $0 ?? player.space }
    }

    /// What is said of the folders at the top.
    private var fixed: SFTPStatus { game.status(.permissionDenied, "That stays as it is.", to: persona) }

    /// An open file whose close waits for its turn to be durable; what is read of it was released when it was opened.
    private final class GatedFile: SFTPFile {
        private let file: any SFTPFile
        private let path: SFTPPath
        private let gate: GameTree

        init(_ file: any SFTPFile, at path: SFTPPath, gate: GameTree) {
            self.file = file
            self.path = path
            self.gate = gate
        }

        var attributes: SFTPAttributes { file.attributes }
        func read(at offset: UInt64, count: Int) -> Deferred<[UInt8]> { file.read(at: offset, count: count) }
        func write(_ octets: [UInt8], at offset: UInt64) -> Deferred<Void> { file.write(octets, at: offset) }
        func setAttributes(_ attributes: SFTPAttributes) -> Deferred<Void> { file.setAttributes(attributes) }
        func synchronize() -> Deferred<Void> { gate.noted(path, gate.gated(file.synchronize())) }
        func close() -> Deferred<Void> { gate.noted(path, gate.gated(file.close())) }
        func abandon() { file.abandon() }
    }
}
