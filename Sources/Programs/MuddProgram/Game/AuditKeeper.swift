import AuditCore
import DaemonCore
import Glibc
import Logging
import ReactorCore

/// The audit trail of a running server: takes records down at once, and has the disk take them on a worker thread.
final class AuditKeeper {
    private let trail: AuditLog
    private let logger: Logger
    private let reactor: Reactor
    private var isSyncing = false
    private var isSyncWanted = false
    private var hasFailed = false

    /// Opens the trail of a data folder.
    ///
    /// - Throws: ``DaemonFailure`` when it cannot be written: a server that answers to nobody does not start.
    init(_ data: DataDirectory, on reactor: Reactor, logger: Logger) throws(DaemonFailure) {
        do throws(AuditFailure) {
            trail = try AuditLog(path: data.audit, now: wallTimeNow)
        } catch {
            throw DaemonFailure(.cannotCreate, "\(error)")
        }
        self.reactor = reactor
        self.logger = logger
        switch trail.mending {
        case .none: logger.info("audit trail", metadata: ["head": "\(trail.head)"])
        case .torn(let octets): logger.warning("audit trail mended", metadata: ["octets": "\(octets)"])
        case .putAside(let path): logger.error("audit trail begun anew", metadata: ["old": "\(path)"])
        }
        trail.sync = { [unowned self] in sync($0) }
    }

    func take(_ event: AuditEvent) {
        let failure = trail.append(event)
        if let failure, !hasFailed { logger.critical("audit trail", metadata: ["reason": "\(failure)"]) }
        hasFailed = failure != nil
    }

    /// Takes the last record, and waits for the disk.
    func close(_ event: AuditEvent) {
        trail.sync = { fdatasync($0) }
        take(event)
        logger.info("audit trail", metadata: ["head": "\(trail.head)"])
    }

    /// One call at a time, whatever the number of records.
    private func sync(_ descriptor: Int32) {
        guard !isSyncing else {
            isSyncWanted = true
            return
        }
        isSyncing = true
        // The trail, and with it the descriptor, stays open until this is done.
        reactor.deferToThread { fdatasync(descriptor) }.whenDone { [self] _ in
            isSyncing = false
            guard isSyncWanted else { return }
            isSyncWanted = false
            sync(descriptor)
        }
    }
}
