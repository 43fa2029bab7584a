import SFTPWire
import WorldModel

/// Remembers why the last change of each character's files was refused, to be read as a file.
///
/// OpenSSH's `sftp` and `scp` show nothing but “Failure”, whatever the server says.
///
/// - Isolation: belongs to the game's thread; one for all sessions, because such programs end with the first failure.
/// - Limits: those of ``most`` characters who had one last.
package final class FileRefusals {
    package static let most = 100

    private var latest: [(character: ThingID, path: SFTPPath, text: String)] = []

    package init() {}

    /// What a character reads; nil when nothing was refused since a change of the same file was made.
    func text(for persona: Thing) -> String? { latest.last { $0.character == persona.id }?.text }

    func note(_ error: any Error, at path: SFTPPath, for persona: Thing) {
        latest.removeAll { $0.character == persona.id }
        let reason = (error as? SFTPStatus)?.message ?? "something went wrong"
        latest.append((persona.id, path, "\(path): not done\n\(reason)\n"))
        if latest.count > Self.most { latest.removeFirst() }
    }

    func forget(_ path: SFTPPath, of persona: Thing) {
        latest.removeAll { $0.character == persona.id && $0.path == path }
    }
}
