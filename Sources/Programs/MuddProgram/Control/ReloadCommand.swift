import AdminGateway
import ArgumentParser
import DaemonCore
import Glibc

/// `mudd reload`.
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have a running server read its configuration and certificates again, and open its log anew.",
        discussion: """
            The game answers with what has changed and what waits for the next start; what could not be taken over, such
            as a configuration with an error in it, goes on as it was, and the status is not 0. A service is only asked
            to, and the status is 0 in any case: what it did, or could not do, is in its log.
            """)

    @OptionGroup var site: SiteOptions

    @Option(
        help: ArgumentHelp("How long to wait for the answer; default 30s.", valueName: "time"),
        transform: readDuration)
    var timeout: Duration = .seconds(30)

    func run() throws {
        try ending { () throws(DaemonFailure) in
            let site = try site.site()
            guard let process = try site.process() else {
                throw DaemonFailure(.unavailable, "\(site.title) is not running.")
            }
            guard let data = try site.data(of: process) else {
                try process.signal(SIGHUP)
                return print("\(site.title) was asked to reload (process \(process.processID)).")
            }
            let answer = try data.ask(.reload, within: timeout)
            if case .done(let done) = answer { print(done.message) }
        }
    }
}

extension DataDirectory {
    /// Asks the game that runs on this folder.
    func ask(_ command: AdminCommand, within limit: Duration) throws(DaemonFailure) -> AdminAnswer {
        let answer: AdminAnswer
        do throws(AdminFailure) {
            answer = try AdminClient.askAndWait(command, at: controlSocket, timeout: limit)
            if case .failure(let failure) = answer { throw failure }
            return answer
        } catch {
            throw DaemonFailure(error)
        }
    }
}

extension DaemonFailure {
    /// A failure that a running game has answered with, or that kept it from answering.
    init(_ failure: AdminFailure) {
        let status: ExitStatus =
            switch failure.code {
            case .failed: .configuration
            case .usage: .usage
            case .permission: .noPermission
            case .notRunning, .notFound: .unavailable
            case .timedOut, .tryAgain: .tryAgain
            }
        self.init(status, failure.message)
    }
}
