import FileAccess
import Glibc
import ReactorCore
import ServiceCore
import TransportTLS
package import Transports

/// Looks at what a start, or the next one, would fail by.
extension Daemon {
    /// Looks at everything that can be known without a start, in the order of a start; nothing is made or changed, and doors are
    /// bound for a moment but not opened, so that nobody can connect.
    ///
    /// - Returns: What was found, for people.
    /// - Throws: ``DaemonFailure``: all that is wrong with the configuration, else the first thing that a start would fail by.
    package func check() throws(DaemonFailure) -> String {
        try arrange()
        try tryLocks()
        try tryListeners(application.root)
        try trySurroundings()
        let found = try program.check()
        try tryOutputs()
        return "The configuration is in order." + (found.isEmpty ? "" : "\n" + found)
    }

    /// What of a configuration cannot be used, whatever the program.
    static func problems(
        of configuration: Configuration, for program: any DaemonProgram
    ) -> [DaemonFailure] {
        var list = FailureList()
        list.attempt { () throws(DaemonFailure) in try mustHaveOutputs(configuration) }
        list.attempt { () throws(DaemonFailure) in try mustLeaveDataAlone(configuration, program, from: .outside) }
        list.attempt { () throws(DaemonFailure) in try ReactorSetting.kind(configuration) }
        list.attempt { () throws(DaemonFailure) in
            try ProcessIdentity(user: configuration.user, group: configuration.group)
        }
        return list.failures
    }

    /// Looks for servers that hold what this one would lock.
    private func tryLocks() throws(DaemonFailure) {
        for path in [pidPath].compactMap(\.self) + program.locks {
            switch PidFile.standing(of: path) {
            case .absent, .abandoned: break
            case .unreadable(let failure):
                throw DaemonFailure(
                    ExitStatus(ofFile: failure.code), "The file \(path) cannot be looked at: \(failure.reason).")
            case .held(let number):
                let process = number.map { Int32(clamping: $0) }
                if isForRestart, let process, replaced == nil || replaced == process {
                    replaced = process
                } else {
                    let owner = process.map { "process \($0)" } ?? "another process"
                    throw DaemonFailure(.tryAgain, "A server runs already: \(owner) holds \(path).")
                }
            }
        }
        if let pidPath { try PidFile.tryOut(pidPath) }
    }

    private func tryListeners(_ node: ServiceNode) throws(DaemonFailure) {
        if let service = node.service as? ListeningService {
            do throws(ListenFailure) {
                try tryOut(service.endpoint)
            } catch {
                throw DaemonFailure(.unavailable, "\(node.path): \(error).")
            }
        }
        for child in node.children { try tryListeners(child) }
    }

    /// Looks whether a door could be opened, without opening it; what the server holds that is to be restarted counts as free.
    ///
    /// - Throws: ``ListenFailure``, as opening it would; nothing for kinds that cannot be tried.
    package func tryOut(_ endpoint: any ServerEndpoint) throws(ListenFailure) {
        guard let plain = endpoint.layers.last as? EndpointDescription else { return }
        do throws(ListenFailure) {
            try plain.tryOut()
        } catch {
            guard error.cause.code == EADDRINUSE, let replaced, ListeningPorts.areHeld(by: replaced, for: plain) else {
                throw error
            }
        }
    }

    /// Looks whether the process may go where it shall live, and become whom it shall be.
    private func trySurroundings() throws(DaemonFailure) {
        if let root = configuration.root, geteuid() != 0 {
            throw DaemonFailure(
                .noPermission, "The folder \(root) cannot become the root: \(SystemReason.text(of: EPERM)).")
        }
        if hasMoved {
            let place = configuration.outside(".")
            guard access(place, X_OK) == 0 else {
                throw DaemonFailure(
                    .cannotCreate, "The folder \(place) cannot be entered: \(SystemReason.text(of: errno)).")
            }
        }
        guard isSomebodyElse, geteuid() != 0 else { return }
        guard identity.user == geteuid(), identity.group == getegid() else {
            throw DaemonFailure(
                .noPermission,
                "Only root may go on as user \(identity.user) and group \(identity.group): \(SystemReason.text(of: EPERM))."
            )
        }
    }

    private func tryOutputs() throws(DaemonFailure) {
        if let path = configuration.profile, path != "-" {
            try ProfileFile.tryOut(path, at: configuration.outside(path))
        }
        guard let text = configuration.logFile else { return }
        switch LogDestination(text) {
        case .standardOutput: break
        case .journal:
            // To connect to it says nothing to it.
            let journal = try JournalSocket()
            close(journal.descriptor)
        case .file(let path): try tryOut(log: configuration.outside(path))
        }
    }

    /// Looks whether a log could be written, without opening it.
    ///
    /// - Throws: ``DaemonFailure``, as opening it would.
    package func tryOut(log path: String) throws(DaemonFailure) {
        guard let code = FileTrial.obstacle(toWriting: path) else { return }
        throw DaemonFailure(
            ExitStatus(ofFile: code), "The log \(path) cannot be opened: \(SystemReason.text(of: code)).")
    }

    /// Looks at what of a new configuration only the next start would find wrong; nothing is changed.
    ///
    /// What stands in it as it did at the start is not looked at again.
    ///
    /// - Throws: ``DaemonFailure`` with a line for each thing wrong, its key and its place.
    package func validate(_ new: Configuration) throws(DaemonFailure) {
        if let file = configuration.file, new.file == nil {
            throw DaemonFailure(
                .configuration,
                "The configuration \(file) is gone; an empty one stands for the values that are built in.")
        }
        var list = FailureList()
        list.attempt { () throws(DaemonFailure) in try Self.mustHaveOutputs(new) }
        if !hasMoved {
            list.attempt { () throws(DaemonFailure) in try Self.mustLeaveDataAlone(new, program, from: .outside) }
        }
        if new.reactor != configuration.reactor {
            list.attempt { () throws(DaemonFailure) in try ReactorSetting.kind(new) }
        }
        // Inside another root folder nobody is known.
        if configuration.root == nil, new.user != configuration.user || new.group != configuration.group {
            do throws(DaemonFailure) {
                _ = try ProcessIdentity(user: new.user, group: new.group)
            } catch {
                let key = new.user == configuration.user ? "process.group" : "process.user"
                list.add(DaemonFailure(.configuration, "\(new.origin(of: key)): \(key): \(error)"))
            }
        }
        // Those that the service manager will give are not known yet.
        var registry = EndpointRegistry.complete(
            on: reactor, adopting: ActivationSockets(environment: [:], processID: 0), isTrial: true)
        for registration in registrations { registration(&registry) }
        list.attempt { () throws(DaemonFailure) in try program.validate(new, with: registry) }
        try list.throwIfAny()
    }

    /// A daemon has nowhere to print to once it is ready.
    static func mustHaveOutputs(_ configuration: Configuration) throws(DaemonFailure) {
        guard configuration.isDaemon else { return }
        for (key, option, value) in [
            ("log.file", "--logfile", configuration.logFile), ("process.profile", "--profile", configuration.profile),
        ] where value == "-" {
            throw configuration.complaint(
                about: key, option: option,
                "a daemon has no standard output or error; name a file" + (key == "log.file" ? ", or journal." : "."))
        }
    }

    /// Where paths of the configuration are looked at from: before root and run folder are entered, or after that.
    enum Standpoint { case outside, inside }

    /// Refuses to write log, profile or pid file over what the program owns.
    static func mustLeaveDataAlone(
        _ configuration: Configuration, _ program: any DaemonProgram, from standpoint: Standpoint
    ) throws(DaemonFailure) {
        guard program.hasDataFolder else { return }
        func seen(_ path: String) -> String { standpoint == .inside ? path : configuration.outside(path) }
        let data = DataDirectory(path: seen(configuration.data))
        let log: String? =
            if case .file(let path)? = configuration.logFile.map({ LogDestination($0) }) { seen(path) } else { nil }
        var list = FailureList()
        for (key, option, path) in [
            // It was made before anything was entered.
            ("process.pidfile", "--pidfile", standpoint == .inside ? nil : configuration.pidFile),
            ("process.profile", "--profile", configuration.profile == "-" ? nil : configuration.profile.map(seen)),
            ("log.file", "--logfile", log),
        ] {
            guard let path, let own = data.ownFile(at: path, isForLog: key == "log.file") else { continue }
            list.add(
                configuration.complaint(
                    about: key, option: option,
                    "\(path) would be written over \(own), which the server keeps for itself; name another file."))
        }
        try list.throwIfAny()
    }
}
