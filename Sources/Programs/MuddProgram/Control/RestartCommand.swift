import ArgumentParser
import DaemonCore
import FileAccess
import Glibc
import ReactorCore

/// `mudd restart`.
struct RestartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "Stop a server in the background, and start it again as it was started before.",
        discussion: """
            The options, the folder and the MUDD_ variables are those of the running process; it is said what they are.
            Whether a start would succeed is checked first: if not, the old server goes on. To change options, stop
            the server and start it. A server that does not run is started, with the options given here.

            Root takes no orders from other users' processes: a server that has given up root's rights is started by its
            configuration file alone, which --config has to name, and whose process.user says who it goes on as. A
            server in the foreground, or under systemd, is left to whoever started it.

            EXAMPLES
              mudd restart
              mudd restart --config /etc/mudd/mudd.yaml
              mudd restart echo
            """)

    @OptionGroup var site: SiteOptions
    @OptionGroup var stopping: StopOptions

    /// What to start: the options behind `mudd start NAME`, where, and with which variables.
    private struct Plan {
        var options: [String]
        var folder: String?
        var environment: [String: String]?
    }

    func run() throws {
        try ending { () throws(DaemonFailure) in
            let site = try site.site()
            let process = try site.process()
            let plan =
                try process.map { process throws(DaemonFailure) in try self.plan(for: process, site) }
                ?? Plan(options: self.site.words)
            try enter(plan)
            let words = ([site.name] + plan.options).map(ShellWord.quoted).joined(separator: " ")
            let place = plan.folder.map { ", in the folder \($0)" } ?? ""
            if let process {
                guard try execute([site.name] + plan.options + ["--check", "--for-restart"]) == 0 else {
                    throw DaemonFailure(
                        .configuration,
                        "\(site.title) goes on as it was: it could not be started again as “mudd start \(words)”\(place)."
                    )
                }
                try stopping.stop(process, site.title)
            }
            print(
                "Starting it again\(process == nil ? ", though it was not running" : ""): mudd start \(words)\(place)")
            fflush(nil)
            try become(["start", site.name] + plan.options)
        }
    }

    private func plan(for process: RunningProcess, _ site: ServerSite) throws(DaemonFailure) -> Plan {
        let facts = ProcessFacts(process.processID)
        guard facts.isInBackground else {
            throw DaemonFailure(
                .unavailable,
                "\(site.title) (process \(process.processID)) does not run in the background: restart it where it was "
                    + "started, with systemctl restart if that was systemd.")
        }
        guard facts.isOnly(user: geteuid()) else {
            guard self.site.config != nil else {
                throw DaemonFailure(
                    .usage,
                    "\(site.title) (process \(process.processID)) runs as another user, whose options are not taken over: "
                        + "give --config FILE, or stop it and start it with its options.")
            }
            guard site.user != nil || geteuid() != 0 else {
                throw DaemonFailure(
                    .usage,
                    "\(site.title) (process \(process.processID)) runs as another user and would come back as root: say "
                        + "in the configuration who it goes on as (process.user), or stop it and start it.")
            }
            return Plan(options: self.site.words)
        }
        guard let words = facts.words, words.count > 1, let folder = facts.currentFolder else {
            throw DaemonFailure(.unavailable, "How process \(process.processID) was started cannot be read in /proc.")
        }
        let (name, options) = StartCommand.split(
            words[1] == "start" ? Array(words.dropFirst(2)) : Array(words.dropFirst()))
        // A service that was started by other means has other words; so has a program with plugins of its own.
        guard name == site.name else {
            throw DaemonFailure(
                .unavailable,
                "Process \(process.processID) was started as “\(words.joined(separator: " "))”; stop and start it.")
        }
        guard !options.contains(where: { $0.hasPrefix("--chroot") || $0.hasPrefix("--rundir") }) else {
            guard self.site.config != nil else {
                throw DaemonFailure(
                    .usage,
                    "\(site.title) has changed its folder since it was started, so relative paths mean something else: "
                        + "give --config FILE, or stop it and start it with its options.")
            }
            return Plan(options: self.site.words)
        }
        let plan = Plan(options: options.filter { $0 != "--daemon" }, folder: folder, environment: facts.environment)
        // By its number all this was read, which is another's as soon as it has ended.
        guard facts.isOnly(user: geteuid()), !process.waitUntilGone(atMost: .zero) else {
            throw DaemonFailure(.tryAgain, "\(site.title) (process \(process.processID)) is ending; try again.")
        }
        return plan
    }

    /// Goes where the process was, with the variables that are for `mudd`.
    private func enter(_ plan: Plan) throws(DaemonFailure) {
        if let folder = plan.folder, chdir(folder) != 0 {
            throw DaemonFailure(
                .cannotCreate, "The folder \(folder) cannot be entered: \(SystemReason.text(of: errno)).")
        }
        guard let environment = plan.environment else { return }
        for name in ownVariables() { unsetenv(name) }
        for (name, value) in environment where name.hasPrefix("MUDD_") { setenv(name, value, 1) }
    }

    private func ownVariables() -> [String] {
        (ProcessFacts(getpid()).environment ?? [:]).keys.filter { $0.hasPrefix("MUDD_") }
    }

    // MARK: Programs

    private static let program = "/proc/self/exe"

    /// Runs this program with other words, without its output, because what is in order need not be told.
    ///
    /// - Returns: Its status.
    private func execute(_ words: [String]) throws(DaemonFailure) -> Int32 {
        do throws(SystemFailure) {
            return try ChildProgram(Self.program, words: Self.named(words), output: .nowhere).wait()
        } catch {
            throw Self.failure(error)
        }
    }

    /// Becomes this program with other words.
    private func become(_ words: [String]) throws(DaemonFailure) -> Never {
        do throws(SystemFailure) {
            try ChildProgram.become(Self.program, words: Self.named(words))
        } catch {
            throw Self.failure(error)
        }
    }

    /// The words with the name that this program was called by.
    private static func named(_ words: [String]) -> [String] { [CommandLine.arguments.first ?? "mudd"] + words }

    private static func failure(_ failure: SystemFailure) -> DaemonFailure {
        DaemonFailure(.software, "mudd cannot be run again: \(SystemReason.text(of: failure.code)).")
    }
}
