import AdminGateway
import ArgumentParser
import DaemonCore
import Glibc
import WorldStore

/// `mud-admin backup`.
struct BackupCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the world to a file, while people play or while the server is stopped.",
        discussion: """
            The copy is opened and read again before it gets its name. To restore one, stop the server, move
            world.sqlite and the files that belong to it (world.sqlite-wal, world.sqlite-shm) out of the data folder, and
            copy the back-up there under the name world.sqlite. With the old files beside it, it cannot be used.

            EXAMPLES
              mud-admin backup /var/backups/world.sqlite --replace
              mkdir aside && mv Data/world.sqlite* aside/ && cp world.backup Data/world.sqlite && mud-admin check
            """)

    /// How long a running server may take, when --timeout does not say.
    private static let patience = Duration.seconds(3600)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The file to make.", completion: .file())
    var file: String

    @Flag(help: "Replace the file if there is one.")
    var replace = false

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
        try site.perform(.backup(path: try absolutePath(file), replace: replace), within: Self.patience)
    }

    private func absolutePath(_ path: String) throws(AdminFailure) -> String {
        if path.hasPrefix("/") { return path }
        guard let here = getcwd(nil, 0) else { throw AdminFailure(.failed, "The current folder is gone.") }
        defer { free(here) }
        return String(cString: here) + "/" + path
    }
}

/// `mud-admin check`.
struct CheckCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look for damage in the database and for contradictions in the world.",
        discussion: "Changes nothing. Exits with 1 when there is a problem.\n\nEXAMPLE\n  mud-admin check --json")

    /// How long a running server may take, when --timeout does not say.
    private static let patience = Duration.seconds(600)

    @OptionGroup var common: CommonOptions

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
        try site.ask(.check, within: Self.patience) { () throws(AdminFailure) in
            try site.mustHaveDatabase()
            let found = checkStore(at: site.data.database)
            return .check(AdminCheck(problems: found.problems, things: found.things, turns: found.turns))
        }
    }
}
