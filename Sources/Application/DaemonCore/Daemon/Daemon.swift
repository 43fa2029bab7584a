import Basics
import CLinux
import FileAccess
import Glibc
import Logging
package import ReactorCore
import ServiceCore
import TransportTLS
package import Transports

/// Runs the services of a program as a process that operators and supervisors can handle.
///
/// What can fail is tried before anything is changed, and nothing of the world is read with rights that are given up. Plugins
/// are loaded before all this, because they bring subcommands and doors. A start goes in this order:
///
/// 1. the configuration is read, the process goes to the background if it shall (``Detachment``), user and group are looked
///    up, the pid file is locked;
/// 2. the services make their privileged start: doors are bound, and accept nobody yet;
/// 3. root folder, run folder and mask are entered;
/// 4. the program checks what it will need, and its folders are made for the user;
/// 5. root's rights are given up for good;
/// 6. the log is opened, by the user who will write it; what was logged so far is written;
/// 7. the services start, and when all are ready the operator, the supervisor and a launcher are told.
///
/// SIGINT and SIGTERM end it; a second one does not wait for farewells. SIGHUP reads the configuration and opens the log
/// anew. SIGUSR1, SIGUSR2 and SIGALRM, whose default is to kill, are only logged.
///
/// - Isolation: belongs to the reactor's thread.
package final class Daemon {
    package let reactor: Reactor
    /// What the event loop waits with.
    package let poller: PollerKind
    package let log: LogFile
    /// The kinds of endpoints that descriptions may name: those of `Transports`, TLS, and sockets that were handed over.
    package private(set) var endpoints: EndpointRegistry
    package private(set) var configuration: Configuration
    /// Whether the daemon will be, or this check is of one that is to be, in the background.
    package let isMeantForBackground: Bool

    /// How long a record of level `debug` may wait to be written.
    private static let longestGathering = Duration.milliseconds(250)

    let program: any DaemonProgram
    private let sources: ConfigurationSources
    let application: Application
    private let supervisor: SupervisorNotifier?
    private let pidFile: PidFile?
    /// Where the pid file is or would be.
    let pidPath: String?
    /// What of the configuration cannot be used, to be told with all else that is wrong with it.
    private let problems: [DaemonFailure]
    /// It is only looked whether a start would succeed if the server that holds the locks were gone.
    let isForRestart: Bool
    /// The server that holds the locks, when it does not count.
    var replaced: Int32?
    /// What was added to the kinds of endpoints.
    var registrations: [(inout EndpointRegistry) -> Void] = []
    /// The services that were logged as listening.
    private var listening: Set<ObjectIdentifier> = []
    private let detachment: Detachment?
    /// Where the profile is written to; -1 for nowhere.
    private var profile: Int32 = -1
    let identity: ProcessIdentity
    private let logger: Logger
    private var wasAskedToStop = false
    private var isAnnounced = false
    private var failure: DaemonFailure?
    /// Reads further things anew at each reload, once the configuration is taken over, and tells what changed.
    package var reloadsMore: ((Configuration) -> Deferred<[String]>)?
    /// Those that a reload reads anew.
    private var certificates: [TLSReloadingContext] = []

    /// Takes what a start needs without changing anything but the pid file.
    ///
    /// - Parameters:
    ///   - program: What to run.
    ///   - configuration: What `sources` said when they were read.
    ///   - sources: Read again at each reload.
    ///   - detachment: How this process went to the background, if it did.
    ///   - onlyChecks: It is not to be run, but only ``check()``, so that no pid file is needed.
    ///   - isForRestart: The check takes the server that runs for one that has stopped.
    ///   - failure: What was wrong with the configuration when it was read; it is told with all else that is.
    /// - Throws: ``DaemonFailure``: a pid file that somebody holds. Wrong settings are told by ``run()`` and ``check()``.
    package init(
        _ program: any DaemonProgram, _ configuration: Configuration, from sources: ConfigurationSources,
        detachment: Detachment? = nil, onlyChecks: Bool = false, isForRestart: Bool = false,
        besides failure: DaemonFailure? = nil
    ) throws(DaemonFailure) {
        self.program = program
        self.sources = sources
        self.configuration = configuration
        self.detachment = detachment
        self.isForRestart = isForRestart
        let problems = [failure].compactMap(\.self) + Self.problems(of: configuration, for: program)
        self.problems = problems
        // Supervisors address whom they have started.
        let addressee = detachment?.launcher ?? getpid()
        poller = (try? ReactorSetting.kind(configuration)) ?? .preferred
        if let found = try? ProcessIdentity(user: configuration.user, group: configuration.group) {
            identity = found
        } else {
            identity = try ProcessIdentity(user: nil, group: nil)
        }
        supervisor = Self.findSupervisor(of: addressee)
        isMeantForBackground = detachment != nil || configuration.isDaemon || isForRestart
        let pidPath = configuration.pidFile ?? (isMeantForBackground ? program.defaultPidFile : nil)
        self.pidPath = pidPath
        let takesNoFile = onlyChecks || !problems.isEmpty
        pidFile = takesNoFile ? nil : try pidPath.map { path throws(DaemonFailure) in try PidFile(path: path) }
        do {
            reactor = try Reactor(poller)
        } catch {
            throw DaemonFailure(.inputOutput, "The event loop cannot be made: \(error).")
        }
        log = LogFile(
            format: configuration.logFormat, levels: configuration.logLevels, rotation: configuration.logRotation)
        logger = log.makeLogger(label: "mudd")
        application = Application("mudd", on: reactor)
        // A disk that is slow to take the last turns is waited for; who is in a hurry sends a second signal.
        application.stopLimit = .seconds(3600)
        // What follows knows this daemon, which has to be whole by then.
        endpoints = EndpointRegistry(resolver: SystemNameResolver(on: reactor))
        endpoints = .complete(
            on: reactor, adopting: ActivationSockets(environment: sources.environment, processID: addressee),
            isTrial: onlyChecks
        ) { [unowned self] certificate in
            certificates.append(certificate)
            certificate.watch(on: reactor) { [unowned self] in
                var report = ReloadReport()
                note($0, certificate.certificateFile, in: &report)
            }
        }
    }

    /// Starts, serves until stopped, and stops.
    ///
    /// - Throws: ``DaemonFailure``: why it could not start, why it could not go on, or what went wrong at the end.
    package func run() throws(DaemonFailure) {
        do {
            try arrange()
            application.afterPrivilegedStart = { [unowned self] in try settle() }
            application.root.onChange = { [unowned self] node in
                noteListening(node)
                announce()
            }
            application.root.onFailure = { [unowned self] failure in note(failure) }
            watchSignals()
            defer { writeProfile() }
            try runServices()
        } catch {
            let failure = DaemonFailure(error)
            logger.critical(isAnnounced ? "failed" : "start failed", metadata: ["reason": "\(failure)"])
            log.flush()
            throw failure
        }
        logger.info("stopped")
        log.flush()
        if let failure { throw failure }
    }

    /// Runs the services; what the framework complains of, and failures that nobody looks at, go to the log with where they
    /// began.
    private func runServices() throws {
        let framework = log.makeLogger(label: "reactor")
        reactor.log = { framework.warning("\($0)") }
        try DeferredDiagnostics.withUnhandledFailureHandler { failure, origin in
            framework.error("nobody looked at a failure", metadata: ["reason": "\(failure)", "origin": "\(origin)"])
        } _: {
            try application.run(stoppingOn: [])
        }
    }

    /// Has calls that keep the loop named in the log; what cannot be watched is only less well known.
    private func watchStalls() {
        let limit = configuration.stallLimit
        do {
            try reactor.detectStalls(over: limit) { [logger] stall in
                logger.warning(
                    "the loop stands still", metadata: ["cause": "\(stall.culprit)", "for": "\(stall.elapsed)"])
            }
        } catch {
            logger.warning("stalls are not watched", metadata: ["reason": "\(error)"])
        }
    }

    /// Adds the services, or tells all that is wrong with the configuration.
    func arrange() throws(DaemonFailure) {
        var list = FailureList(problems)
        do {
            try program.arrange(in: application.root, of: self)
        } catch {
            list.add(DaemonFailure(error))
        }
        try list.throwIfAny()
    }

    /// Whether paths at the start meant something else than they do now.
    package var hasMoved: Bool { configuration.root != nil || configuration.folder != nil }

    /// Whether the process is, or is about to be, in the background.
    package var isDetached: Bool { detachment != nil }

    /// Adds to the kinds of endpoints that descriptions may name from now on.
    package func register(_ body: @escaping (inout EndpointRegistry) -> Void) {
        body(&endpoints)
        registrations.append(body)
    }

    /// Whether all services are ready.
    package var isReady: Bool { application.root.isReady }

    /// Ends the program as a signal does.
    package func stop() {
        if wasAskedToStop { return reactor.stop() }
        wasAskedToStop = true
        guard isAnnounced else { return reactor.stop() }
        program.sayFarewell { [unowned self] in reactor.stop() }
    }

    // MARK: Starting

    /// Moves the process to where it will live and to whom it will be, and opens the log there.
    private func settle() throws(DaemonFailure) {
        try ProcessSurroundings(root: configuration.root, folder: configuration.folder, mask: configuration.mask)
            .enter()
        if configuration.root != nil { pidFile?.losePath() }
        try program.prepareFolders(for: identity)
        if isSomebodyElse { try identity.assume() }
        // Links may lead elsewhere in here than they seemed to from outside.
        try Self.mustLeaveDataAlone(configuration, program, from: .inside)
        try openProfile()
        if let path = configuration.logFile {
            try log.open(LogDestination(path))
        } else {
            try log.open(program.prepareDefaultLog())
        }
        log.whenRecordsGather { [mailbox = reactor.mailbox, unowned log] in
            mailbox.callFromThread { [weak log] reactor in
                reactor.callLater(Self.longestGathering) { log?.flush() }
            }
        }
        watchStalls()
        for name in configuration.unknownVariables(in: sources.environment) {
            logger.warning("this variable belongs to no key", metadata: ["name": "\(name)"])
        }
    }

    var isSomebodyElse: Bool { configuration.user != nil || configuration.group != nil }

    private func announce() {
        guard application.root.isReady, !isAnnounced else { return }
        isAnnounced = true
        if geteuid() == 0 { logger.warning("serves with root's rights", metadata: ["instead": "--user NAME"]) }
        let announcement = program.announcement
        print(announcement.text)
        fflush(nil)
        supervisor?.tell(.ready, .status(announcement.status))
        detachment?.finish()
        guard let interval = supervisor?.watchdogInterval else { return }
        LoopingCall(on: reactor) { [unowned self] in supervisor?.tell(.watchdog) }.start(every: interval)
    }

    /// Writes down where a service has begun to listen.
    private func noteListening(_ node: ServiceNode) {
        guard let service = node.service as? ListeningService else { return }
        guard node.phase == .running, let address = service.address else {
            listening.remove(ObjectIdentifier(node))
            return
        }
        guard listening.insert(ObjectIdentifier(node)).inserted else { return }
        // Without the name of the root, which is always the same.
        let door = node.path.drop { $0 != "/" }.dropFirst()
        logger.info(
            "listening", metadata: ["door": "\(door)", "host": "\(address.host)", "port": "\(address.port ?? 0)"])
    }

    private func note(_ failure: ServiceFailure) {
        logger.error("service failed", metadata: ["service": "\(failure.path)", "reason": "\(failure.cause)"])
        if failure.occasion == .stopping, self.failure == nil { self.failure = DaemonFailure(failure) }
    }

    /// Finds the supervisor in the environment, and takes it out of there: it is meant for this process alone.
    private static func findSupervisor(of process: Int32) -> SupervisorNotifier? {
        var environment: [String: String] = [:]
        for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] {
            environment[name] = getenv(name).map { String(cString: $0) }
            unsetenv(name)
        }
        return SupervisorNotifier(environment: environment, processID: process)
    }

    // MARK: Measuring

    private func openProfile() throws(DaemonFailure) {
        guard let path = configuration.profile else { return }
        profile = try path == "-" ? clinux_duplicate(STDERR_FILENO) : ProfileFile.open(path)
        guard profile >= 0 else {
            throw DaemonFailure(
                .cannotCreate, "The profile \(path) cannot be opened: \(FileFailure(code: errno).reason).")
        }
        reactor.startProfiling()
    }

    private func writeProfile() {
        guard profile >= 0, let text = reactor.profile?.description else { return }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(profile, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 {
                logger.error("profile", metadata: ["reason": "\(FileFailure(code: errno).reason)"])
                break
            }
            rest = rest.dropFirst(count)
        }
        close(profile)
        profile = -1
    }

    // MARK: Signals

    private func watchSignals() {
        for signal in [SIGINT, SIGTERM] {
            reactor.onSignal(signal, respectingIgnored: signal == SIGINT) { [unowned self] in
                logger.notice("signal", metadata: ["number": "\(signal)"])
                stop()
            }
        }
        reactor.onSignal(SIGHUP) { [unowned self] in
            if isAnnounced { reload().recover { _ in "" }.whenDone { _ in } }
        }
        for signal in [SIGUSR1, SIGUSR2, SIGALRM] {
            reactor.onSignal(signal) { [unowned self] in
                logger.notice("signal without a meaning here", metadata: ["number": "\(signal)"])
            }
        }
        reactor.addTrigger(.before, .shutdown) { [unowned self] in _ = supervisor?.tell(.stopping) }
    }

    // MARK: Reloading

    /// Opens the log anew, reads certificates, the program's own files and the configuration again, the latter on a worker thread,
    /// and takes over what can change now.
    ///
    /// - Returns: What changed and what did not, for people; fails with ``DaemonFailure``, which tells the same, when some of it
    ///   could not be taken over.
    package func reload() -> Deferred<String> {
        supervisor?.tell(.reloading(since: SystemMonotonicTime().now()))
        var report = ReloadReport()
        do throws(DaemonFailure) {
            try log.reopen()
        } catch {
            logger.error("the log goes on where it was", metadata: ["reason": "\(error)"])
            report.add(error)
        }
        for certificate in certificates {
            guard let outcome = certificate.reloadIfChanged() else { continue }
            note(outcome, certificate.certificateFile, in: &report)
        }
        return program.readAgain().flatMapResult { [reactor, sources] result in
            do {
                if let remark = try result.get() { report.add(remark) }
            } catch {
                report.add(DaemonFailure(error))
            }
            return reactor.deferToThread { try sources.read() }
        }.flatMapResult { [self] result in
            do {
                let new = try result.get()
                try validate(new)
                for change in take(new) { report.add(change) }
                return (reloadsMore?(new) ?? .succeeded([])).map { more in
                    for remark in more { report.add(remark) }
                }
            } catch {
                logger.error("the configuration stays as it was", metadata: ["reason": "\(error)"])
                report.add(DaemonFailure(.configuration, "The configuration stays as it was. \(error)"))
                return .succeeded(())
            }
        }.mapResult { [self] result in
            supervisor?.tell(.ready)
            logger.notice("reloaded")
            try result.get()
            return try report.text()
        }
    }

    /// Writes down what became of a certificate, once for all doors that show it.
    private func note(_ outcome: TLSReloadingContext.Outcome, _ file: String, in report: inout ReloadReport) {
        switch outcome {
        case .replaced(let warnings):
            guard report.add((["The certificate \(file) is loaded."] + warnings).joined(separator: "\n")) else {
                return
            }
            logger.notice("certificate loaded", metadata: ["file": "\(file)"])
        case .kept(let reason):
            let sentence = "The door with the certificate \(file) goes on as it was: \(reason)."
            guard report.add(DaemonFailure(.configuration, sentence)) else { return }
            logger.error("the certificate stays as it was", metadata: ["file": "\(file)", "reason": "\(reason)"])
        }
    }

    /// Takes over a new configuration, but for what only the next start can use.
    private func take(_ new: Configuration) -> [String] {
        let changes = configuration.changes(to: new)
        for change in changes {
            let message: Logger.Message = change.isLive ? "setting changed" : "setting changes at the next start"
            logger.notice(message, metadata: ["key": "\(change.path)", "old": "\(change.old)", "new": "\(change.new)"])
        }
        configuration.takeLive(from: new)
        log.levels = configuration.logLevels
        log.rotate(by: configuration.logRotation)
        program.take(configuration)
        return changes.map { $0.isLive ? "\($0)" : "\($0) (at the next start)" }
    }
}

extension DaemonFailure {
    /// What an operator is told of an error that ended a program.
    init(_ error: any Error) {
        switch error {
        case let failure as DaemonFailure: self = failure
        case let failure as ServiceFailure where failure.cause is DaemonFailure: self.init(failure.cause)
        case let failure as ServiceFailure where failure.cause is ListenFailure:
            self.init(.unavailable, "\(failure).")
        case let failure as EndpointFailure: self.init(.usage, "\(failure)")
        default: self.init(.software, "\(error).")
        }
    }
}
