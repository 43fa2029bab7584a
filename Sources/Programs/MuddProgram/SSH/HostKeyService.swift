import DaemonCore
import Logging
import ReactorCore
import ServiceCore
import SSHGateway

/// The keys by which clients of SSH know the server: read at the start, and made at the first one.
final class HostKeyService: Service {
    /// The keys, from the start on.
    private(set) var keys: HostKeys?
    private let folder: String
    private let logger: Logger

    init(_ folder: String, _ logger: Logger) {
        self.folder = folder
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

    func start(_ post: ServicePost) throws -> Deferred<Void>? {
        // Making one of RSA takes a while.
        post.reactor.deferToThread { [folder] in try HostKeys.open(folder) }.mapResult { [self] result in
            do {
                let keys = try result.get()
                self.keys = keys
                for fingerprint in keys.fingerprints { logger.info("host key", metadata: ["key": "\(fingerprint)"]) }
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
