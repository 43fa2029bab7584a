import AdminGateway
import ArgumentParser

/// `mud-admin reload`.
struct ReloadCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have the server read its configuration again and open its log anew.",
        discussion: """
            The same as a SIGHUP. What can change while people play changes; what needs a restart is named.
            A configuration with an error in it changes nothing.
            """)

    @OptionGroup var common: CommonOptions

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer { try site.ask(.reload) }
}

/// `mud-admin log`.
struct LogCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Tell how much the server logs, or change it until its next start or reload.",
        discussion: """
            Levels are trace, debug, info, notice, warning, error and critical: one for all, then others for
            single subsystems.

            EXAMPLES
              mud-admin log
              mud-admin log debug
              mud-admin log info,game=debug
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The levels; unless given, nothing changes.")
    var levels: String?

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer { try site.ask(.log(levels: levels)) }
}
