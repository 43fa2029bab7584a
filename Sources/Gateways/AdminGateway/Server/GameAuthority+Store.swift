import GatewayCore
import ReactorCore
import WorldModel
import WorldStore

/// What reads the whole database, on threads of its own while play goes on.
extension GameAuthority {
    func backup(to path: String, replace: Bool, _ answer: @escaping (AdminAnswer) -> Void) {
        let mailbox = game.reactor.mailbox
        let bound = ReactorBound(answer, of: game.reactor)
        // Everything seen so far is in the backup, also what is not on disk at this moment.
        game.whenDurable(game.world.sequence) { [surroundings] in
            surroundings.committer.backup(to: path, replacing: replace) { result in
                mailbox.callFromThread { bound.take(on: $0)?(Self.describe(result)) }
            }
        }
    }

    private static func describe(_ result: Result<BackupReport, StoreFailure>) -> AdminAnswer {
        switch result {
        case .success(let report):
            .backup(
                AdminBackup(
                    path: report.path, bytes: Int64(report.bytes), turns: report.sequence, things: report.things))
        case .failure(let failure): .failure(AdminFailure(failure))
        }
    }

    func check(_ answer: @escaping (AdminAnswer) -> Void) {
        let path = surroundings.database
        game.reactor.deferToThread { checkStore(at: path) }.whenDone { [self] result in
            switch result {
            case .success(let found):
                let world = game.world
                let problems = found.problems + world.violations().map { "In play: \($0)." }
                let check = AdminCheck(problems: problems, things: world.things.count, turns: world.sequence)
                answerDurably(.check(check), answer)
            case .failure(let error): answer(.failure(AdminFailure(.tryAgain, "\(error)")))
            }
        }
    }
}
