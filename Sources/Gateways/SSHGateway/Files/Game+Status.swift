import Basics
import GatewayCore
import Logging
import SFTPWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// What a client of files is told when something was refused, in the language that its player reads.
extension Game {
    /// When a character's account was made: the time of folders in which nothing has one.
    func beginning(of persona: Thing) -> WallInstant {
        WallInstant(milliseconds: Int64(world.thing(persona, .account)?[.created] ?? 0))
    }

    /// What is said of a place where nobody may put anything.
    func notHere(to persona: Thing) -> SFTPStatus {
        status(.permissionDenied, "Put files into homepage or notes.", to: persona)
    }

    /// What is said of a folder that is used as a file.
    func isFolder(to persona: Thing) -> SFTPStatus { status(.failure, "That is a folder.", to: persona) }

    func status(_ code: SFTPStatusCode, _ sentence: Sentence, to persona: Thing) -> SFTPStatus {
        let language = interpreter.languages.language(of: persona)
        let text = sentence.rendered(for: persona, in: language, sees: { _ in true }).plain
        return SFTPStatus(code, text, language: language?.code ?? "en")
    }

    /// The status of anything that a turn may throw; what is no refusal is not told in its own words, which are for the log.
    func status(for error: any Error, to persona: Thing) -> SFTPStatus {
        switch error {
        case let status as SFTPStatus: return status
        case let refusal as Refusal:
            return SFTPStatus(refusal.kind == nil ? .failure : .permissionDenied, refusal.text.plain)
        case let failure as GameFailure: return .failure(failure.description)
        default:
            log.error("fault", metadata: ["detail": "\(error)"])
            return status(.failure, "Something went wrong, and nothing of it happened.", to: persona)
        }
    }
}
