import Basics
import GatewayCore
import ReactorCore
import SFTPWire
import ShellPeers
import WorldLanguage
import WorldModel
import WorldVerbs

/// A character's homepage and notes as files; each change is one turn of theirs.
///
/// - Isolation: belongs to the game's thread.
final class PlayerTree: SFTPTree {
    private let game: Game
    private let persona: Thing
    private let budgets: OpenFileBudgets
    /// What sections come to, until the world changes.
    private var sums: (sequence: UInt64, of: [FileSection: Sum]) = (0, [:])

    private struct Sum {
        var octets = 0
        var files = 0
        var newest: WallInstant?
    }

    init(game: Game, persona: Thing, budgets: OpenFileBudgets) {
        self.game = game
        self.persona = persona
        self.budgets = budgets
    }

    private var files: PlayerFiles { PlayerFiles(of: persona, in: game.world) }

    /// What a section comes to; O(1) while nothing happens in the world.
    private func sum(of section: FileSection) -> Sum {
        if sums.sequence != game.world.sequence { sums = (game.world.sequence, [:]) }
        if let known = sums.of[section] { return known }
        var sum = Sum()
        for file in files.all(in: section) {
            sum.octets += file.octetCount
            sum.files += 1
            sum.newest = max(sum.newest ?? file.modified, file.modified)
        }
        sums.of[section] = sum
        return sum
    }

    /// The place of a path whose first name is that of a section.
    private func place(_ path: SFTPPath) throws -> FilePath {
        guard let section = path.names.first.flatMap(FileSection.init(rawValue:)) else { throw SFTPStatus.noSuchFile }
        return try FilePath(section, names: Array(path.names.dropFirst()))
    }

    /// Answers from what the world says now.
    private func look<Answer>(_ body: () throws -> Answer) -> Deferred<Answer> {
        .attempt { () throws -> Answer in
            do { return try body() } catch { throw status(error) }
        }
    }

    /// Makes one turn.
    private func change(_ body: (PlayerFiles) throws -> Void) -> Deferred<Void> {
        look { try game.act(as: persona) { turn in try body(PlayerFiles(of: turn.actor, in: turn.world)) } }
    }

    private func status(_ error: any Error) -> any Error {
        guard let problem = error as? FileProblem else { return game.status(for: error, to: persona) }
        let text = problem.sentence
        return switch problem {
        case .noSuchFile, .noSuchFolder: game.status(.noSuchFile, text, to: persona)
        case .fixed, .guest: game.status(.permissionDenied, text, to: persona)
        default: game.status(.failure, text, to: persona)
        }
    }

    func attributes(of path: SFTPPath) -> Deferred<SFTPAttributes> {
        look {
            // What can have no such name is not there; nobody wanted to make it.
            guard let place = try? place(path) else { throw SFTPStatus.noSuchFile }
            if place.isSection {
                let newest = sum(of: place.section).newest
                return .directory(modified: newest ?? game.beginning(of: persona), isWritable: !persona[.isGuest])
            }
            guard let entry = files.entry(at: place) else { throw FileProblem.noSuchFile }
            return Self.attributes(of: entry)
        }
    }

    func list(_ path: SFTPPath) -> Deferred<[SFTPEntry]> {
        look {
            try files.list(try place(path)).map {
                SFTPEntry($0.path.name, Self.attributes(of: $0), ownerName: persona.name.lowercased())
            }
        }
    }

    private static func attributes(of entry: PlayerFile) -> SFTPAttributes {
        entry.isFolder
            ? .directory(modified: entry.modified) : .file(size: entry.octetCount, modified: entry.modified)
    }

    func open(_ path: SFTPPath, _ flags: SFTPOpenFlags, _ attributes: SFTPAttributes) -> Deferred<any SFTPFile> {
        look { () throws -> (FilePath, PlayerFile?) in
            let place = try place(path)
            // Rather now than when everything was sent.
            if flags.isWriting { try files.requireRoom(for: place) }
            guard flags.contains(.create), files.entry(at: place) == nil else {
                return (place, try files.file(at: place))
            }
            return (place, nil)
        }.flatMap { [self] place, file in
            // Many programs do not look at how a close ended: what has no room is better refused when it is written.
            let room = max(0, place.section.octets - sum(of: place.section).octets) + (file?.content.count ?? 0)
            let limit = min(place.section.octetsPerFile, room)
            let problem: FileProblem =
                room < place.section.octetsPerFile ? .full(place.section) : .longFile(place.section)
            return SFTPDraftFile.open(
                contents: file?.content, attributes: file.map(Self.attributes) ?? .file(size: 0), flags: flags,
                limit: limit,
                refusal: status(problem) as? SFTPStatus, budget: budgets.budget(of: persona, in: game)
            ) { [self] contents, _ in change { try $0.write(contents, to: place) } }
        }
    }

    func makeDirectory(_ path: SFTPPath, _ attributes: SFTPAttributes) -> Deferred<Void> {
        change { try $0.makeFolder(try self.place(path)) }
    }

    func removeDirectory(_ path: SFTPPath) -> Deferred<Void> {
        change { files in
            let place = try self.place(path)
            if files.entry(at: place)?.isFolder == false { throw FileProblem.isNoFolder }
            try files.remove(place)
        }
    }

    func remove(_ path: SFTPPath) -> Deferred<Void> {
        change { files in
            let place = try self.place(path)
            if files.entry(at: place)?.isFolder == true { throw FileProblem.isFolder }
            try files.remove(place)
        }
    }

    func rename(_ path: SFTPPath, to newPath: SFTPPath, isReplacing: Bool) -> Deferred<Void> {
        change { try $0.move(try self.place(path), to: try self.place(newPath), isReplacing: isReplacing) }
    }

    func space(of path: SFTPPath) -> Deferred<SFTPSpace?> { look { space(in: [try place(path).section]) } }

    /// All that a player has.
    var space: SFTPSpace { space(in: FileSection.allCases) }

    private func space(in sections: [FileSection]) -> SFTPSpace {
        var space = SFTPSpace(octetLimit: 0, freeOctets: 0, fileLimit: 0, freeFiles: 0, isReadOnly: persona[.isGuest])
        for section in sections {
            let usage = sum(of: section)
            space.octetLimit += UInt64(section.octets)
            space.freeOctets += UInt64(max(0, section.octets - usage.octets))
            space.fileLimit += UInt64(section.files)
            space.freeFiles += UInt64(max(0, section.files - usage.files))
        }
        return space
    }
}
