import ArgumentParser
import DaemonCore

/// The administrator's command line.
struct MudAdmin: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mud-admin",
        abstract: "Administer a mudd server, through its control socket or on the data of a stopped one.",
        discussion: """
            EXAMPLES
              mud-admin status
              mud-admin --data /var/lib/mudd who --json
              mud-admin accounts create ada --role builder --password-stdin < password.txt
              mud-admin audit search --actor ada --since 1d
              mud-admin backup /var/backups/world.sqlite
              mud-admin shutdown --in 5m --reason "New cellar."

            EXIT STATUS
              0 done · 1 failed, or a check found problems · 2 wrong command line · 3 not found
              4 not permitted · 5 no server is running · 6 no answer in time · 75 try again later
            """,
        version: DaemonVersion.current,
        subcommands: [
            StatusCommand.self, HealthCommand.self, MetricsCommand.self, WhoCommand.self, AccountsCommand.self,
            KickCommand.self, BansCommand.self, BroadcastCommand.self,
            BackupCommand.self, CheckCommand.self, AuditCommand.self, WorldCommand.self, ReloadCommand.self,
            LogCommand.self,
            PasswdCommand.self,
            ShutdownCommand.self,
        ])

    @OptionGroup var common: CommonOptions
}

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The server's data folder; default $MUDD_DATA, else Data.", valueName: "dir"),
        completion: .directory)
    var data: String?

    @Flag(help: "Write one JSON object to standard output.")
    var json = false

    @Option(
        help: ArgumentHelp("How long to wait for a running server, such as 30s or 5m.", valueName: "time"),
        transform: readDuration)
    var timeout: Duration?
}

/// Reads a time such as `90s` or `5m` from the command line.
func readDuration(_ text: String) throws -> Duration {
    guard let duration = CompactDuration.read(text) else {
        throw ValidationError("“\(text)” is no time; write it like 90s, 5m or 1h30m")
    }
    return duration
}
