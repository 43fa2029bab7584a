import Basics
import GatewayCore
import ReactorCore
import SFTPWire
import ShellPeers
import WorldLanguage
import WorldModel
import WorldVerbs

/// A character's letters as files to be read: a folder for each of the mailbox, and a message for each letter.
///
/// To read one here does not mark it as read in the game, as copying a mailbox is no reading.
///
/// - Isolation: belongs to the game's thread.
final class MailTree: SFTPTree {
    /// Its name at the top.
    static let name = "mail"
    private static let ending = ".eml"
    /// Characters of a subject in the name of a file.
    private static let longestSubject = 40

    private let game: Game
    private let persona: Thing
    private let budgets: OpenFileBudgets

    init(game: Game, persona: Thing, budgets: OpenFileBudgets) {
        self.game = game
        self.persona = persona
        self.budgets = budgets
    }

    private enum Place {
        case mailbox
        case folder(LetterFolder)
        case letter(Letter)
    }

    private func place(_ path: SFTPPath) throws -> Place {
        let names = path.names.dropFirst()
        guard let first = names.first else { return .mailbox }
        let mailbox = Mailbox(of: persona, in: game.world)
        guard names.count <= 2, let folder = mailbox.folders.first(where: { Self.name(of: $0) == first }) else {
            throw SFTPStatus.noSuchFile
        }
        guard names.count == 2, let last = names.last else { return .folder(folder) }
        guard let number = Int(last.prefix { $0.isASCII && $0.isNumber }), let letter = folder.letter(number),
            Self.name(of: letter) == last
        else { throw SFTPStatus.noSuchFile }
        return .letter(letter)
    }

    /// Players name folders; what no path can have becomes a low line.
    private static func name(of folder: LetterFolder) -> String {
        let name = String(folder.name.map { $0 == "/" || $0.isNewline ? "_" : $0 })
        return SFTPPath.objection(to: name) == nil ? name : "folder-\(folder.thing.id.number)"
    }

    /// `12-come-to-tea.eml`: the number is what the game calls it, too.
    static func name(of letter: Letter) -> String {
        let words = letter.subject.lowercased().split { !$0.isLetter && !$0.isNumber }
        let subject = words.joined(separator: "-").prefix(longestSubject)
        let name = subject.isEmpty ? "\(letter.number)" : "\(letter.number)-\(subject)"
        // A character may have many octets.
        return SFTPPath.objection(to: name + ending) == nil ? name + ending : "\(letter.number)\(ending)"
    }

    /// Letters that came last lie last.
    private func attributes(of folder: LetterFolder) -> SFTPAttributes {
        Self.attributes(madeAt: folder.letters.last.map { time(of: $0) } ?? game.beginning(of: persona))
    }

    private static func attributes(madeAt time: WallInstant) -> SFTPAttributes {
        .directory(modified: time, isWritable: false)
    }

    /// When it came; a draft that does not know when it was begun is as old as the account.
    private func time(of letter: Letter) -> WallInstant {
        letter.received.milliseconds > 0 ? letter.received : game.beginning(of: persona)
    }

    private func attributes(of letter: Letter) -> SFTPAttributes {
        .file(size: LetterMessage(letter).octetCount, modified: time(of: letter), isWritable: false)
    }

    func attributes(of path: SFTPPath) -> Deferred<SFTPAttributes> {
        .attempt { () throws -> SFTPAttributes in
            switch try place(path) {
            case .mailbox: Self.attributes(madeAt: game.beginning(of: persona))
            case .folder(let folder): attributes(of: folder)
            case .letter(let letter): attributes(of: letter)
            }
        }
    }

    func list(_ path: SFTPPath) -> Deferred<[SFTPEntry]> {
        .attempt { () throws -> [SFTPEntry] in
            switch try place(path) {
            case .mailbox:
                Mailbox(of: persona, in: game.world).folders.map {
                    SFTPEntry(Self.name(of: $0), attributes(of: $0), ownerName: persona.name.lowercased())
                }
            case .folder(let folder):
                folder.letters.map {
                    SFTPEntry(Self.name(of: $0), attributes(of: $0), ownerName: persona.name.lowercased())
                }
            case .letter: throw game.status(.failure, "That is no folder.", to: persona)
            }
        }
    }

    func open(_ path: SFTPPath, _ flags: SFTPOpenFlags, _ attributes: SFTPAttributes) -> Deferred<any SFTPFile> {
        .attempt { () throws -> Deferred<any SFTPFile> in
            let found: Place
            do {
                found = try place(path)
            } catch  where flags.contains(.create) {
                throw game.notHere(to: persona)
            }
            guard case .letter(let letter) = found else { throw game.isFolder(to: persona) }
            let octets = LetterMessage(letter).octets
            return SFTPDraftFile.open(
                contents: octets, attributes: self.attributes(of: letter), flags: flags, limit: octets.count,
                budget: budgets.budget(of: persona, in: game))
        }
    }

    func makeDirectory(_ path: SFTPPath, _ attributes: SFTPAttributes) -> Deferred<Void> {
        .failed(game.notHere(to: persona))
    }

    func space(of path: SFTPPath) -> Deferred<SFTPSpace?> {
        let free = max(0, LetterLimits.letters - Mailbox(of: persona, in: game.world).count)
        return .succeeded(
            SFTPSpace(
                octetLimit: 0, freeOctets: 0, fileLimit: LetterLimits.letters, freeFiles: free, isReadOnly: true))
    }
}
