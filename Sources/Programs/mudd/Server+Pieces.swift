import AdminGateway
import DaemonCore
import GatewayCore
import Glibc
import Logging
import ReactorCore
import WorldStore

extension Server {
    static func makeReactor() throws(DaemonFailure) -> Reactor {
        do {
            return try Reactor()
        } catch {
            throw DaemonFailure(.inputOutput, "The event loop cannot be made: \(error).")
        }
    }

    static func openStore(_ data: DataDirectory, releasesEarly: Bool) throws(DaemonFailure) -> StoredWorld {
        var options = StoreOptions()
        options.releasesEarly = releasesEarly
        do throws(StoreFailure) {
            return try StoredWorld(path: data.database, options: options, time: wallTimeNow())
        } catch {
            throw DaemonFailure(error, data)
        }
    }

    /// Ends the process at once: what is not on disk by now must not be seen by anybody.
    static func die(_ reason: String, _ logger: Logger) -> Never {
        logger.critical("the disk failed", metadata: ["reason": "\(reason)"])
        complain("The server stops at once, because its disk failed: \(reason)")
        _exit(ExitStatus.inputOutput.rawValue)
    }

    /// Writes a message for the operator to standard error.
    static func complain(_ text: String) {
        let octets = Array("mudd: \(text)\n".utf8)
        _ = octets.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension GameSettings {
    init(_ configuration: Configuration) {
        self.init()
        guestsAllowed = configuration.guestsAllowed
        maximumSessions = configuration.maximumSessions
        loginLimit = configuration.loginLimit
        idleLimit = configuration.idleLimit
        linkDeadLimit = configuration.linkDeadLimit
    }
}

extension DaemonFailure {
    /// What keeps the database from being opened, with the status to exit with.
    init(_ failure: StoreFailure, _ data: DataDirectory) {
        switch failure {
        case .locked(_, let pid):
            let owner = pid.map { "process \($0)" } ?? "another process"
            self.init(.tryAgain, "A server works on the data folder \(data.path) already (\(owner)).")
        case .damaged, .notADatabase, .notAWorld, .newerVersion: self.init(.damaged, failure.sentence)
        case .unreadable: self.init(.noPermission, failure.sentence)
        case .exists: self.init(.cannotCreate, failure.sentence)
        case .diskFull, .io, .closed: self.init(.inputOutput, failure.sentence)
        }
    }
}
