import AdminGateway
import ArgumentParser

/// `mud-admin shutdown`.
struct ShutdownCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "shutdown",
        abstract: "Stop the server, at once or after a while; players are told.",
        discussion: """
            Asking again replaces what was asked before.

            EXAMPLES
              mud-admin shutdown
              mud-admin shutdown --in 5m --reason "New cellar."
              mud-admin shutdown --cancel
            """)

    @OptionGroup var common: CommonOptions

    @Option(
        name: .customLong("in"), help: ArgumentHelp("When, such as 30s or 5m.", valueName: "time"),
        transform: readDuration)
    var delay: Duration?

    @Option(help: ArgumentHelp("What players are told.", valueName: "text"))
    var reason = ""

    @Flag(help: "Call off a shutdown that was announced.")
    var cancel = false

    func validate() throws {
        if cancel, delay != nil || !reason.isEmpty { throw ValidationError("--cancel stands alone") }
    }

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
        if cancel { return try site.ask(.cancelShutdown) }
        return try site.ask(.shutdown(seconds: Int((delay ?? .zero).components.seconds), reason: reason))
    }
}
