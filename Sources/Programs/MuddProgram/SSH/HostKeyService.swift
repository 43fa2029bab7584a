import DaemonCore
import Logging
import ReactorCore
import SSHGateway
import SSHKeys
import ServiceCore

/// The keys by which clients of SSH know the server: read at the start and at each reload, and made at the first start.
final class HostKeyService: Service {
    /// The keys, from the start on.
    private(set) var keys: HostKeys?
    private let folder: String
    private let data: DataDirectory
    private let logger: Logger

    init(_ folder: String, _ data: DataDirectory, _ logger: Logger) {
        self.folder = folder
        self.data = data
        self.logger = logger
    }

    /// The folder of the keys, as a process that has entered its root sees it.
    static func folder(_ configuration: Configuration) -> String {
        configuration.shell.keys ?? DataDirectory(path: configuration.data).hostKeys
    }

    /// Looks whether the keys of a folder could be used, and makes none.
    ///
    /// - Throws: `DaemonFailure`, as the start would.
    static func tryOut(_ folder: String) throws(DaemonFailure) {
        do throws(HostKeyFailure) {
            _ = try HostKeys.read(folder)
        } catch {
            throw DaemonFailure(error)
        }
    }

    /// Reads the keys again, and keeps those it has when the new ones cannot be used.
    ///
    /// - Returns: What changed, for people, and nil when nothing did; fails with `DaemonFailure`.
    func reload(on reactor: Reactor) -> Deferred<String?> {
        // A start that is under way has not read them yet, or just now.
        if keys == nil { return .succeeded(nil) }
        return reactor.deferToThread { [folder] in try HostKeys.reread(folder) }.mapResult { [self] result in
            do {
                let new = try result.get()
                if keys?.isSame(as: new) == true { return nil }
                keys = new
                noteKeys()
                let upcoming = new.upcoming.map(\.publicKey.description)
                return "The SSH door has the keys \(new.fingerprints.joined(separator: ", "))"
                    + (upcoming.isEmpty ? "." : ", and tells clients of \(upcoming.joined(separator: ", ")).")
            } catch {
                logger.error("the host keys stay as they were", metadata: ["reason": "\(error)"])
                throw DaemonFailure(.configuration, "The SSH door goes on with the keys it had. \(error)")
            }
        }
    }

    private func noteKeys() {
        for fingerprint in keys?.fingerprints ?? [] { logger.info("host key", metadata: ["key": "\(fingerprint)"]) }
    }

    func start(_ post: ServicePost) throws -> Deferred<Void>? {
        try data.prepare()
        // Making one of RSA takes a while.
        return post.reactor.deferToThread { [folder] in try HostKeys.open(folder) }.mapResult { [self] result in
            do {
                keys = try result.get()
                noteKeys()
            } catch let failure as HostKeyFailure {
                throw DaemonFailure(failure)
            }
        }
    }
}

extension DaemonFailure {
    /// Why there are no host keys, with the status to exit with.
    init(_ failure: HostKeyFailure) {
        switch failure.kind {
        case .noPermission: self.init(.noPermission, failure.description)
        case .cannotCreate: self.init(.cannotCreate, failure.description)
        case .damaged: self.init(.damaged, failure.description)
        }
    }
}
