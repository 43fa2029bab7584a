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
        discussion: "EXAMPLE\n  mud-admin health --timeout 2s || systemctl restart mudd")

    @OptionGroup var common: CommonOptions

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer { try site.ask(.health) }
}
