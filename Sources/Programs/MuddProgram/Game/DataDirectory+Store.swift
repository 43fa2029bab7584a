import AdminGateway
import DaemonCore
import WorldStore

extension DataDirectory {
    /// Opens and locks the database, or makes a new one.
    func openStore(releasesEarly: Bool) throws(DaemonFailure) -> StoredWorld {
        var options = StoreOptions()
        options.releasesEarly = releasesEarly
        do throws(StoreFailure) {
            return try StoredWorld(path: database, options: options, time: wallTimeNow())
        } catch {
            throw DaemonFailure(error, self)
        }
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
        case .exists, .cannotCreate: self.init(.cannotCreate, failure.sentence)
        case .diskFull, .io, .closed: self.init(.inputOutput, failure.sentence)
        }
    }
}
