import AdminGateway
import ArgumentParser

/// `mud-admin metrics`.
struct MetricsCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: "Print what the running server measures, in the text format of Prometheus.",
        discussion: """
            The same page is served over HTTP where doors.metrics is configured.

            EXAMPLE
              mud-admin metrics > /var/lib/prometheus/node-exporter/mudd.prom
            """)

    @OptionGroup var common: CommonOptions

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer { try site.ask(.metrics) }
}

/// `mud-admin health`.
struct HealthCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Tell whether the game can be played; exits with 0 when it can.",
        discussion: """
            It says what is wrong, and exits with 1; with 5 when no server runs, with 6 when it does not answer in time.
            A server that cannot be played need not be started again: it goes on by itself when a full disk has room.

            EXAMPLE
              problem=$(mud-admin health --timeout 10s 2>&1) || echo "$problem" | mail -s "mudd" operator
            """)

    @OptionGroup var common: CommonOptions

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer { try site.ask(.health) }
}
