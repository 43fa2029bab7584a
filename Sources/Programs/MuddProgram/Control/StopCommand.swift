import ArgumentParser
import DaemonCore
import Glibc

/// How long a server may take to stop.
struct StopOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("How long to wait until it is gone; default 1m.", valueName: "time"),
        transform: readDuration)
    var timeout: Duration = .seconds(60)

    @Flag(help: "Kill it when the time is over. What players have seen stays true.")
    var kill = false

    /// How long a process that was killed may be on its way out.
    private static let killLimit = Duration.seconds(10)

    /// Asks a process to end, and waits until it is gone.
    func stop(_ process: RunningProcess, _ title: String) throws(DaemonFailure) {
        try process.signal(SIGTERM)
        if process.waitUntilGone(atMost: timeout) {
            return print("\(title) has stopped (process \(process.processID)).")
        }
        let waited = CompactDuration.write(timeout)
        guard kill else {
            throw DaemonFailure(
                .tryAgain,
                "\(title) was asked to stop and still runs after \(waited) (process \(process.processID)). It may wait for "
                    + "its disk: ask again to wait longer, or with --kill.")
        }
        try process.signal(SIGKILL)
        guard process.waitUntilGone(atMost: Self.killLimit) else {
            throw DaemonFailure(
                .tryAgain, "\(title) was killed and is still there (process \(process.processID)): the kernel holds it."
            )
        }
        print("\(title) did not stop within \(waited) and was killed (process \(process.processID)).")
    }
}

/// `mudd stop`.
struct StopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop a running server, and wait until it is gone.",
        discussion: """
            It is found by the lock it holds, on its pid file or in its data folder. One that does not run is no error.

            EXAMPLES
              mudd stop
              mudd stop --config /etc/mudd/mudd.yaml --timeout 5m
              mudd stop echo
            """)

    @OptionGroup var site: SiteOptions
    @OptionGroup var stopping: StopOptions

    func run() throws {
        try ending { () throws(DaemonFailure) in
            let site = try site.site()
            guard let process = try site.process() else { return print("\(site.title) is not running.") }
            try stopping.stop(process, site.title)
        }
    }
}
