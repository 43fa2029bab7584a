import AdminGateway
import DaemonCore
import FileAccess
import GatewayCore
import Glibc
import Logging
import ReactorCore
import WorldLanguage
import WorldModel
import WorldText

/// The folder of the world's texts, as the server uses it.
struct WorldFiles: Sendable {
    private let folder: WorldFolder

    init(folder: String) {
        self.folder = WorldFolder(path: folder)
    }

    /// Looks at the folder, and names it for the operator with what is wrong with it.
    func startTableLine() -> String {
        access(folder.path, R_OK | X_OK) == 0
            ? folder.path : "\(folder.path)   (cannot be read: players have no help; --world names another)"
    }

    /// Makes sure that a world can be made of the files, before anything else is done.
    func mustBeSound() throws(DaemonFailure) {
        _ = try readSound()
    }

    /// Makes the world of the files in one turn.
    func load(into game: Game) throws(DaemonFailure) {
        let content = try readSound()
        do throws(GameFailure) {
            _ = try change(game, content)
        } catch {
            throw DaemonFailure(.damaged, "The world cannot be made: \(error)")
        }
        game.log.notice(
            "world made", metadata: ["rooms": "\(content.rooms.count)", "things": "\(game.world.things.count)"])
    }

    /// Brings what the files say into a world in play; they are read on a worker thread, and nobody changes them meanwhile.
    ///
    /// - Returns: What changed, in a sentence; fails with ``AdminFailure``.
    func reload(into game: Game, _ editor: WorldEditor) -> Deferred<String> {
        editor.alone { [self] in
            game.reactor.deferToThread { [self] in
                do throws(DaemonFailure) {
                    return try readSound()
                } catch {
                    throw AdminFailure(.failed, error.description)
                }
            }.map { content in
                do throws(GameFailure) {
                    let summary = try change(game, content)
                    game.readHandbook(of: content)
                    return "\(summary)"
                } catch {
                    throw AdminFailure(error)
                }
            }
        }.recover { error in
            if case WorldEditFailure.failed(let reason) = error { throw AdminFailure(.failed, reason) }
            throw error
        }
    }

    /// Gives players the pages of help and the languages; a world in the database can be played without them.
    func loadHelp(into game: Game) {
        do throws(DaemonFailure) {
            game.readHandbook(of: try folder.readHelp())
        } catch {
            game.log.warning("no help pages", metadata: ["reason": "\(error)"])
        }
    }

    /// What lets people in the game change the files.
    func makeEditor(for game: Game) -> WorldEditor { WorldEditor(game: game, folder: folder) }

    /// Finishes or throws away what a crash has left of a change of a file; before the files are read.
    func settleDrafts(of game: Game) {
        do throws(FileFailure) {
            try folder.settleDrafts(mark: game.world.root?[.lastEdit] ?? "")
        } catch {
            // A folder that cannot be read or written has other complaints; the world can be played without it.
            game.log.warning("the world's folder was not looked through", metadata: ["reason": "\(error.reason)"])
        }
    }

    private func change(_ game: Game, _ content: WorldContent) throws(GameFailure) -> LoadSummary {
        var summary = LoadSummary()
        try game.administer { turn in summary = ContentLoader.load(content, into: turn.world) }
        return summary
    }

    /// The content, when nothing in it is wrong; warnings are for `mud-admin world check`.
    private func readSound() throws(DaemonFailure) -> WorldContent {
        let (content, diagnostics) = try folder.read()
        let errors = diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else {
            let lines = errors.map(\.description)
            throw DaemonFailure(
                .damaged,
                "The world folder \(folder.path) cannot be used as it is.\n" + lines.joined(separator: "\n"))
        }
        return content
    }
}
