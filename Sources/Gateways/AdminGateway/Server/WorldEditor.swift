import Basics
import DaemonCore
import FileAccess
package import GatewayCore
import Glibc
package import ReactorCore
import WorldLanguage
package import WorldModel
package import WorldText
import WorldVerbs

/// Lets people in the game change the files of the world's folder, one change at a time.
///
/// - Isolation: belongs to the game's thread; files are read and written on worker threads.
/// - SeeAlso: ``WorldDraft`` for what a crash leaves.
package final class WorldEditor: WorldEditing {
    private let game: Game
    private let folder: WorldFolder
    private let lock = DeferredLock()
    /// Whether a change counts of which the file could not be put in its place.
    private var hasUnfinished = false

    package init(game: Game, folder: WorldFolder) {
        self.game = game
        self.folder = folder
    }

    // MARK: What is there

    package func entry(at path: WorldPath) -> Deferred<WorldFileEntry?> {
        let (root, name) = (folder.path, path.name)
        return game.reactor.deferToThread { Self.file(of: path, in: root).flatMap { Self.entry(of: $0, name) } }
    }

    package func list(_ path: WorldPath) -> Deferred<[WorldFileEntry]?> {
        let root = folder.path
        return game.reactor.deferToThread {
            // What is no folder, or none any more, has no names.
            guard let file = Self.file(of: path, in: root), let names = try? namesInFolder(file) else { return nil }
            return names.filter(WorldPath.isName).sorted().prefix(WorldFolder.mostFiles)
                .compactMap { Self.entry(of: file + "/" + $0, $0) }
        }
    }

    package func read(_ path: WorldPath) -> Deferred<[UInt8]?> {
        let root = folder.path
        return game.reactor.deferToThread {
            guard let file = Self.file(of: path, in: root) else { return nil }
            do throws(FileFailure) {
                return try readFile(file, limit: WorldFolder.longestFile)
            } catch {
                if error.code == ENOENT { return nil }
                throw WorldEditFailure.failed("the file cannot be read: \(error.reason)")
            }
        }
    }

    /// Where a file is; nil where a link is on the way, as that may lead to what is nobody's but the operator's.
    private static func file(of path: WorldPath, in root: String) -> String? {
        var file = root
        for name in path.names {
            file += "/" + name
            var status = stat()
            if lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFLNK { return nil }
        }
        return file
    }

    private static func entry(of file: String, _ name: String) -> WorldFileEntry? {
        var status = stat()
        guard lstat(file, &status) == 0 else { return nil }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFDIR || kind == S_IFREG else { return nil }
        let modified = WallInstant(milliseconds: Int64(status.st_mtim.tv_sec) * 1000)
        return WorldFileEntry(
            name: name, isFolder: kind == S_IFDIR, size: kind == S_IFDIR ? 0 : Int(status.st_size), modified: modified)
    }

    /// Does something with the files while nobody changes them, and every change that counts is in its file.
    ///
    /// - Parameter body: Reads the files and brings what they say into the world.
    /// - Returns: What `body` returned; it also fails when what an edit has left cannot be finished.
    package func alone<Answer>(_ body: @escaping () throws -> Deferred<Answer>) -> Deferred<Answer> {
        lock.run { [self] in settle().flatMap { try body() } }
    }

    // MARK: Changing a file

    package func change(_ path: WorldPath, to content: [UInt8]?, by persona: Thing) -> Deferred<String> {
        alone { [self] in
            let folder = folder
            return game.reactor.deferToThread {
                guard let file = Self.file(of: path, in: folder.path) else {
                    throw WorldEditFailure.failed("it is a link, or behind one, and links are left alone")
                }
                return try Prepared(folder, file, content)
            }
            .flatMap { [self] in apply($0, by: persona) }
        }
    }

    /// A change that is written beside its file, and all that the files say with it.
    private struct Prepared: Sendable {
        let file: String
        let content: WorldContent
        let draft: WorldDraft

        /// Checks first, so that nothing that is wrong is ever written.
        init(_ folder: WorldFolder, _ file: String, _ octets: [UInt8]?) throws {
            self.file = file
            content = try Self.check(folder, file, octets)
            do throws(FileFailure) {
                draft = try WorldDraft(octets, for: file)
            } catch {
                throw WorldEditFailure.failed("the file cannot be written: \(error.reason)")
            }
        }

        private static func check(_ folder: WorldFolder, _ file: String, _ octets: [UInt8]?) throws -> WorldContent {
            var sources: [ContentSource]
            do throws(DaemonFailure) {
                sources = try folder.sources()
            } catch {
                throw WorldEditFailure.failed(error.description)
            }
            sources.removeAll { $0.path == file }
            if let octets {
                guard octets.count <= WorldFolder.longestFile, let text = String(validating: octets, as: UTF8.self)
                else {
                    throw WorldEditFailure.wrong(
                        "\(file.nameOfPath):1:1: error: this is not UTF-8 text of 1 MiB at most")
                }
                sources.append(ContentSource(path: file, text: text))
            }
            let (content, diagnostics) = ContentReader.read(sources)
            let errors = diagnostics.filter { $0.severity == .error }
            // What is wrong in the file itself is told before what is wrong in others because of it.
            let ordered = errors.filter { $0.file == file } + errors.filter { $0.file != file }
            if ordered.isEmpty { return content }
            let shown = ordered.prefix(mostTold).map { $0.description.replacing(folder.path + "/", with: "") }
            let rest = ordered.count - shown.count
            throw WorldEditFailure.wrong((shown + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "\n"))
        }

        /// Mistakes that one answer names.
        private static let mostTold = 10
    }

    /// Makes the turn, then puts the file in its place; see ``WorldDraft`` for why in this order.
    private func apply(_ prepared: Prepared, by persona: Thing) -> Deferred<String> {
        let summary: LoadSummary
        do {
            summary = try game.act(as: persona) { turn in
                let world = turn.world
                let summary = try Self.load(prepared, turn)
                if let root = world.root { world.set(.lastEdit, to: prepared.draft.mark, on: root) }
                return summary
            }
        } catch {
            return game.reactor.deferToThread { prepared.draft.discard() }.map { throw error }
        }
        game.readHandbook(of: prepared.content)
        // Until the file is in its place.
        hasUnfinished = true
        let durable = Deferred<Void>()
        game.whenDurable(game.world.sequence) { durable.succeed(()) }
        return durable.flatMap { [self] in settle() }.map { "\(summary)" }
    }

    private static func load(_ prepared: Prepared, _ turn: Turn) throws(WorldEditFailure) -> LoadSummary {
        guard turn.actor.exists else { throw .failed("there is no such character any more") }
        let outcome = ContentEdit.load(
            prepared.content, of: prepared.file, by: turn.actor, role: turn.role, into: turn.world)
        switch outcome {
        case .loaded(let summary): return summary
        case .unloaded(let reference):
            throw .failed("\(reference.key) is not in the world yet: its file was changed, and has to be loaded first")
        case .denied(let denial):
            let why = denial.reason.isEmpty ? denial.sentences : ["\(plain: denial.reason)"]
            let text = why.map { turn.text($0).plain }.joined(separator: " ")
            throw .denied("\(denial.thing[.contentKey]): \(text)")
        case .tooHigh(let role): throw .denied("this makes verbs, which takes the role \(role.rawValue)")
        }
    }

    /// Puts in its place the file of a change that counts, if that was not done.
    private func settle() -> Deferred<Void> {
        guard hasUnfinished else { return .succeeded(()) }
        let (folder, mark) = (folder, game.world.root?[.lastEdit] ?? "")
        return game.reactor.deferToThread {
            do throws(FileFailure) {
                try folder.settleDrafts(mark: mark)
            } catch {
                throw WorldEditFailure.failed(
                    "the world has it, but the file cannot be written yet: \(error.reason)")
            }
        }.map { [self] in hasUnfinished = false }
    }
}

extension Game {
    /// Gives players the pages of help and the languages that the files have.
    package func readHandbook(of content: WorldContent) {
        interpreter.help = HelpLibrary(
            content.helpPages.map {
                HelpEntry(topic: $0.topic, aliases: $0.aliases, title: $0.title, body: $0.body)
            })
        interpreter.languages = LanguageTable(content.languages)
    }
}
