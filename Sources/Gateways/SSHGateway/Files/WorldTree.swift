import AuditCore
import GatewayCore
import ReactorCore
import SFTPWire
import ShellPeers
import WorldLanguage
import WorldModel

/// The world's own files, for those who build.
///
/// Builders see all of them and change areas and help; administrators change everything. A close checks the file together with
/// all others and applies it in one turn, or is refused with what is wrong in which line. Each is in the audit trail.
///
/// - Isolation: belongs to the game's thread.
final class WorldTree: SFTPTree {
    /// Its name at the top.
    static let name = "World"
    /// Octets of one file: what is read of the world's files at most.
    static let fileLimit = 1 << 20

    private let game: Game
    private let persona: Thing
    private let origin: String
    private let editing: any WorldEditing
    private let budgets: OpenFileBudgets

    init(game: Game, persona: Thing, origin: String, editing: any WorldEditing, budgets: OpenFileBudgets) {
        self.game = game
        self.persona = persona
        self.origin = origin
        self.editing = editing
        self.budgets = budgets
    }

    private var role: Role { game.role(of: persona) }

    /// Whether they may see it now: roles come and go while a session lasts.
    var isVisible: Bool { role >= .builder }

    private func place(_ path: SFTPPath) throws -> WorldPath {
        guard let place = WorldPath(Array(path.names.dropFirst())) else { throw SFTPStatus.noSuchFile }
        return place
    }

    private func mayChange(_ place: WorldPath) -> Bool { role >= place.leastRole }

    private func attributes(of entry: WorldFileEntry, at place: WorldPath) -> SFTPAttributes {
        if entry.isFolder { return .directory(modified: entry.modified) }
        let isWritable = place.isContent && mayChange(place)
        return .file(size: entry.size, modified: entry.modified, isWritable: isWritable)
    }

    func attributes(of path: SFTPPath) -> Deferred<SFTPAttributes> {
        .attempt { () throws -> Deferred<SFTPAttributes> in
            let place = try place(path)
            if place.names.isEmpty {
                return .succeeded(.directory(modified: game.beginning(of: persona), isWritable: false))
            }
            return editing.entry(at: place).map { [self] entry in
                guard let entry else { throw SFTPStatus.noSuchFile }
                return attributes(of: entry, at: place)
            }
        }
    }

    func list(_ path: SFTPPath) -> Deferred<[SFTPEntry]> {
        .attempt { () throws -> Deferred<[SFTPEntry]> in
            let place = try place(path)
            return editing.list(place).map { [self] entries in
                guard let entries else { throw SFTPStatus.noSuchFile }
                return entries.compactMap { entry in
                    WorldPath(place.names + [entry.name]).map { SFTPEntry(entry.name, attributes(of: entry, at: $0)) }
                }
            }
        }
    }

    func open(_ path: SFTPPath, _ flags: SFTPOpenFlags, _ attributes: SFTPAttributes) -> Deferred<any SFTPFile> {
        .attempt { () throws -> Deferred<any SFTPFile> in
            guard let place = WorldPath(Array(path.names.dropFirst())) else { throw badName(flags) }
            if flags.isWriting { try requireChange(of: place) }
            return editing.entry(at: place).flatMap { [self] entry in
                if entry?.isFolder == true { throw game.isFolder(to: persona) }
                return editing.read(place).flatMap { [self] content in
                    SFTPDraftFile.open(
                        contents: content,
                        attributes: entry.map { self.attributes(of: $0, at: place) } ?? .file(size: 0),
                        flags: flags, limit: Self.fileLimit, budget: budgets.budget(of: persona, in: game)
                    ) { [self] contents, _ in change(place, to: contents) }
                }
            }
        }
    }

    func remove(_ path: SFTPPath) -> Deferred<Void> {
        .attempt { () throws -> Deferred<Void> in
            let place = try place(path)
            try requireChange(of: place)
            return editing.entry(at: place).flatMap { [self] entry in
                guard let entry, !entry.isFolder else { throw SFTPStatus.noSuchFile }
                return change(place, to: nil)
            }
        }
    }

    private func badName(_ flags: SFTPOpenFlags) -> SFTPStatus {
        if !flags.contains(.create) { return .noSuchFile }
        let most = String(WorldPath.nameLimit)
        return game.status(
            .failure,
            """
            A name here begins with a letter or digit, and has up to \(plain: most) of them, dots, hyphens and low lines.
            """, to: persona)
    }

    private func requireChange(of place: WorldPath) throws {
        guard place.isContent else {
            throw game.status(.failure, "The files of the world end in .yaml, .yml or .md.", to: persona)
        }
        guard mayChange(place) else {
            throw game.status(.permissionDenied, "That can only be read.", to: persona)
        }
    }

    /// Applies a file, and takes down who did.
    private func change(_ place: WorldPath, to content: [UInt8]?) -> Deferred<Void> {
        // Whoever was an administrator when the file was opened may be none when it is closed.
        .attempt { () throws -> Deferred<Void> in
            try requireChange(of: place)
            let deed = content.map { "\($0.count) octets written" } ?? "removed"
            return editing.change(place, to: content, by: persona).map { [self] summary in
                audit(.done, place, "\(deed): \(summary)")
            }.recover { [self] error in
                // A mistake in a file is nothing to answer for.
                if case WorldEditFailure.denied(let text) = error { audit(.refused, place, text) }
                throw Self.status(error) ?? game.status(for: error, to: persona)
            }
        }
    }

    private static func status(_ error: any Error) -> SFTPStatus? {
        switch error {
        case let status as SFTPStatus: status
        case WorldEditFailure.wrong(let text): .failure(text)
        case WorldEditFailure.denied(let text): .permissionDenied(text)
        case WorldEditFailure.failed(let text): .failure(text)
        default: nil
        }
    }

    private func audit(_ outcome: AuditEvent.Outcome, _ place: WorldPath, _ detail: String) {
        game.audit(
            AuditEvent(
                .administer, outcome, actor: persona.name, origin: origin, subject: "\(Self.name)/\(place.text)",
                detail: detail))
    }
}
