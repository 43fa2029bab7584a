import AdminGateway
import DaemonCore
import GatewayCore
import Glibc
import Logging
import ReactorCore
import WorldLanguage
import WorldModel
import WorldText
import WorldVerbs

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

    /// Brings what the files say into a world in play; they are read on a worker thread.
    ///
    /// - Returns: What changed, in a sentence; fails with ``AdminFailure``.
    func reload(into game: Game) -> Deferred<String> {
        game.reactor.deferToThread { [self] in
            do throws(DaemonFailure) {
                return try readSound()
            } catch {
                throw AdminFailure(.failed, error.description)
            }
        }.map { content in
            do throws(GameFailure) {
                let summary = try change(game, content)
                giveHelp(content, to: game)
                return "\(summary)"
            } catch {
                throw AdminFailure(error)
            }
        }
    }

    /// Gives players the pages of help and the languages; a world in the database can be played without them.
    func loadHelp(into game: Game) {
        do throws(DaemonFailure) {
            giveHelp(try folder.readHelp(), to: game)
        } catch {
            game.log.warning("no help pages", metadata: ["reason": "\(error)"])
        }
    }

    private func giveHelp(_ content: WorldContent, to game: Game) {
        game.interpreter.help = HelpLibrary(
            content.helpPages.map {
                HelpEntry(topic: $0.topic, aliases: $0.aliases, title: $0.title, body: $0.body)
            })
        game.interpreter.languages = LanguageTable(content.languages)
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
