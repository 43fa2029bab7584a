import AdminGateway
import AuditCore
import DaemonCore
import GatewayCore
import Glibc
import Logging
import ReactorCore
import WorldModel
import WorldStore

/// What can be done on the data of a stopped server: the same game, for a moment and without doors.
extension AdminSite {
    /// Asks the running server, or does the same here when there is none.
    func perform(
        _ command: AdminCommand, within patience: Duration = .seconds(30)
    ) throws(AdminFailure) -> AdminAnswer {
        try ask(command, within: patience) { () throws(AdminFailure) in try performHere(command) }
    }

    private func performHere(_ command: AdminCommand) throws(AdminFailure) -> AdminAnswer {
        try mustHaveDatabase()
        do {
            return try performOnStore(command)
        } catch let failure as AdminFailure {
            throw failure
        } catch let failure as StoreFailure {
            throw AdminFailure(failure)
        } catch {
            throw AdminFailure(.failed, "\(error)")
        }
    }

    func mustHaveDatabase() throws(AdminFailure) {
        guard data.hasDatabase else {
            throw AdminFailure(
                .notFound, "There is no world in the data folder \(data.path); it is made when mudd starts.")
        }
    }

    private func performOnStore(_ command: AdminCommand) throws -> AdminAnswer {
        let store = try StoredWorld(path: data.database)
        let world = World()
        _ = try store.load(into: world)
        let reactor = try Reactor()
        let log = try LogFile(.file(data.log))
        let host = WorldHost(
            store: store, world: world, reactor: reactor, settings: GameSettings(),
            log: log.makeLogger(label: "mud-admin"), wallTime: wallTimeNow,
            onFatal: { reason in
                Console.complain("mud-admin: the disk failed: \(reason)")
                _exit(AdminFailure.Code.failed.exitCode)
            })
        var result: AdminAnswer?
        // The lock on the data is ours, so nobody else writes the trail.
        if command.changesSomething {
            let opened = try AuditLog(path: data.audit, now: wallTimeNow)
            opened.sync = { fdatasync($0) }
            host.game.audit = { opened.append($0) }
        }
        let caller = AdminCaller(user: getuid(), origin: "mud-admin, process \(getpid())")
        GameAuthority(game: host.game, surroundings: surroundings(of: host))
            .perform(command, by: caller) { result = $0 }
        while result == nil, !host.game.isReadOnly { reactor.runOnePass(waitingAtMost: nil) }
        guard host.stop(), let result else { throw StoreFailure.diskFull(path: data.database) }
        return result
    }

    private func surroundings(of host: WorldHost) -> GameAuthority.Surroundings {
        GameAuthority.Surroundings(
            version: DaemonVersion.current, processID: getpid(), reactor: PollerKind.preferred.rawValue, doors: [],
            committer: host.committer, database: data.database,
            reloadWorld: { .failed(AdminFailure(.notRunning, "No server is running.")) },
            reload: { .failed(AdminFailure(.notRunning, "No server is running.")) },
            log: { _ throws(AdminFailure) in throw AdminFailure(.notRunning, "No server is running.") },
            stop: {})
    }
}
