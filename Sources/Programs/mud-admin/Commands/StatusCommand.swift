import AdminGateway
import ArgumentParser

/// `mud-admin status`.
struct StatusCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show whether the server runs, its doors and its counters.",
        discussion: "Exits with 5 when no server is running.\n\nEXAMPLE\n  mud-admin status --json")

    @OptionGroup var common: CommonOptions

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
        try site.ask(.status) {
            var status = AdminStatus()
            status.state = AdminStatus.stopped
            return .status(status)
        }
    }
}
