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

    /// How long a record of level `debug` may wait to be written.
    private static let longestGathering = Duration.milliseconds(250)

    private let program: any DaemonProgram
    private let sources: ConfigurationSources
    private let application: Application
    private let supervisor: SupervisorNotifier?
    private let pidFile: PidFile?
    private let detachment: Detachment?
    /// Where the profile is written to; -1 for nowhere.
    private var profile: Int32 = -1
    private let identity: ProcessIdentity
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
    /// - Throws: ``DaemonFailure``: a wrong setting, an unknown user, a pid file that somebody holds.
    package init(
        _ program: any DaemonProgram, _ configuration: Configuration, from sources: ConfigurationSources,
        detachment: Detachment? = nil, onlyChecks: Bool = false
    ) throws(DaemonFailure) {
        self.program = program
        self.sources = sources
        self.configuration = configuration
        self.detachment = detachment
        try Self.mustHaveOutputs(configuration)
        // Supervisors address whom they have started.
        let addressee = detachment?.launcher ?? getpid()
        poller = try ReactorSetting.kind(configuration)
        identity = try ProcessIdentity(user: configuration.user, group: configuration.group)
        supervisor = Self.findSupervisor(of: addressee)
        let pidPath = configuration.pidFile ?? (detachment == nil ? nil : program.defaultPidFile)
        pidFile = onlyChecks ? nil : try pidPath.map { path throws(DaemonFailure) in try PidFile(path: path) }
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
        let resolver = SystemNameResolver(on: reactor)
        endpoints = EndpointRegistry(resolver: resolver)
        endpoints.registerStandard()
        endpoints.registerProxied()
        endpoints.registerAdopted(
            ActivationSockets(environment: sources.environment, processID: addressee), isTrial: onlyChecks)
        endpoints.registerTLS(resolver: resolver) { [unowned self] certificate in
            certificates.append(certificate)
            certificate.watch(on: reactor) { [unowned self] in _ = note($0, certificate.certificateFile) }
        }
    }

    /// Starts, serves until stopped, and stops.
    ///
    /// - Throws: ``DaemonFailure``: why it could not start, why it could not go on, or what went wrong at the end.
    package func run() throws(DaemonFailure) {
        do {
            try program.arrange(in: application.root, of: self)
            application.afterPrivilegedStart = { [unowned self] in try settle() }
            application.root.onChange = { [unowned self] _ in announce() }
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

    /// Looks at everything that can be known without a start; nothing is opened that others could notice.
    ///
    /// - Returns: What was found, for people.
    /// - Throws: ``DaemonFailure``: the first thing that a start would fail by.
    package func check() throws(DaemonFailure) -> String {
        do {
            try program.arrange(in: application.root, of: self)
        } catch {
            throw DaemonFailure(error)
        }
        let found = try program.check()
        return "The configuration is in order." + (found.isEmpty ? "" : "\n" + found)
    }

    /// Whether the process is, or is about to be, in the background.
    package var isDetached: Bool { detachment != nil }

    /// Adds to the kinds of endpoints that descriptions may name from now on.
    package func register(_ body: (inout EndpointRegistry) -> Void) {
        body(&endpoints)
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
        if geteuid() == 0 { logger.warning("serves with root's rights", metadata: ["instead": "--user NAME"]) }
        for name in configuration.unknownVariables(in: sources.environment) {
            logger.warning("this variable belongs to no key", metadata: ["name": "\(name)"])
        }
    }

    private var isSomebodyElse: Bool { configuration.user != nil || configuration.group != nil }

    private func announce() {
        guard application.root.isReady, !isAnnounced else { return }
        isAnnounced = true
        let announcement = program.announcement
        print(announcement.text)
        fflush(nil)
        supervisor?.tell(.ready, .status(announcement.status))
        detachment?.finish()
        guard let interval = supervisor?.watchdogInterval else { return }
        LoopingCall(on: reactor) { [unowned self] in supervisor?.tell(.watchdog) }.start(every: interval)
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

    /// A daemon has nowhere to print to once it is ready.
    private static func mustHaveOutputs(_ configuration: Configuration) throws(DaemonFailure) {
        guard configuration.isDaemon else { return }
        for (key, option, value) in [
            ("log.file", "--logfile", configuration.logFile), ("process.profile", "--profile", configuration.profile),
        ] where value == "-" {
            let isFromFile = configuration.origins[key] != nil
            let origin = isFromFile ? configuration.origin(of: key) + ": " + key : option
            throw DaemonFailure(
                isFromFile ? .configuration : .usage,
                "\(origin): a daemon has no standard output or error; name a file"
                    + (key == "log.file" ? ", or journal." : "."))
        }
    }

    // MARK: Measuring

    private func openProfile() throws(DaemonFailure) {
        guard let path = configuration.profile else { return }
        profile =
            path == "-" ? clinux_duplicate(STDERR_FILENO) : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
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

    /// Opens the log anew, reads the configuration again on a worker thread, and takes over what can change now.
    ///
    /// - Returns: What changed and what did not, for people; fails with ``DaemonFailure``, which tells the same, when some of it
    ///   could not be taken over.
    package func reload() -> Deferred<String> {
        supervisor?.tell(.reloading(since: SystemMonotonicTime().now()))
        var remarks: [String] = []
        var isWhole = true
        do throws(DaemonFailure) {
            try log.reopen()
        } catch {
            logger.error("the log goes on where it was", metadata: ["reason": "\(error)"])
            remarks.append(error.description)
            isWhole = false
        }
        for certificate in certificates {
            guard let outcome = certificate.reloadIfChanged() else { continue }
            if case .kept = outcome { isWhole = false }
            let remark = note(outcome, certificate.certificateFile)
            // Several doors may show the same certificate.
            if !remarks.contains(remark) { remarks.append(remark) }
        }
        return reactor.deferToThread { [sources] in try sources.read() }.mapResult { [self] result in
            do {
                let new = try result.get()
                remarks += take(new)
                return new
            } catch {
                logger.error("the configuration stays as it was", metadata: ["reason": "\(error)"])
                let text = ["The configuration stays as it was. \(error)"] + remarks
                throw DaemonFailure(.configuration, text.joined(separator: "\n"))
            }
        }.flatMap { [self] new in
            reloadsMore?(new) ?? .succeeded([])
        }.mapResult { [self] result in
            supervisor?.tell(.ready)
            remarks += try result.get()
            guard isWhole else { throw DaemonFailure(.configuration, remarks.joined(separator: "\n")) }
            return remarks.isEmpty ? "Nothing has changed." : remarks.joined(separator: "\n")
        }
    }

    private func note(_ outcome: TLSReloadingContext.Outcome, _ file: String) -> String {
        switch outcome {
        case .replaced(let warnings):
            logger.notice("certificate loaded", metadata: ["file": "\(file)"])
            return (["The certificate \(file) is loaded."] + warnings).joined(separator: "\n")
        case .kept(let reason):
            logger.error("the certificate stays as it was", metadata: ["file": "\(file)", "reason": "\(reason)"])
            return "The certificate \(file) stays as it was: \(reason)."
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
