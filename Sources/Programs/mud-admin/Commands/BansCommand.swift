import AdminGateway
import ArgumentParser

/// `mud-admin bans`.
struct BansCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bans",
        abstract: "See and change from where nobody is let in.",
        discussion: """
            A ban holds for all doors, is kept in the world, and ends the connections that come from there. What you ask
            here comes over the control socket, so you cannot shut yourself out of it.
            """,
        subcommands: [List.self, Add.self, Remove.self], defaultSubcommand: List.self)

    /// `mud-admin bans list`.
    struct List: AdminSubcommand {
        static let configuration = CommandConfiguration(
            abstract: "List them, with their ends and reasons.", discussion: "EXAMPLE\n  mud-admin bans --json")

        @OptionGroup var common: CommonOptions

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            try site.perform(.bans)
        }
    }

    /// `mud-admin bans add`.
    struct Add: AdminSubcommand {
        static let configuration = CommandConfiguration(
            abstract: "Let nobody in any more from an address or a network.",
            discussion: """
                EXAMPLES
                  mud-admin bans add 192.0.2.7
                  mud-admin bans add 192.0.2.0/24 --for 7d --reason "Floods."
                  mud-admin bans add 2001:db8::/48
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "An address, or a network with at least 8 bits of IPv4 or 16 of IPv6.")
        var network: String

        @Option(
            name: .customLong("for"),
            help: ArgumentHelp("How long, such as 2h or 7d; else for good.", valueName: "time"),
            transform: readDuration)
        var length: Duration?

        @Option(help: ArgumentHelp("What those read who are kept out.", valueName: "text"))
        var reason = ""

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            let seconds = length.map { Int(clamping: $0.components.seconds) }
            return try site.perform(.ban(network: network, seconds: seconds, reason: reason))
        }
    }

    /// `mud-admin bans remove`.
    struct Remove: AdminSubcommand {
        static let configuration = CommandConfiguration(
            abstract: "Let people in again from there.", discussion: "EXAMPLE\n  mud-admin bans remove 192.0.2.0/24")

        @OptionGroup var common: CommonOptions

        @Argument(help: "The address or network, as the list has it.")
        var network: String

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            try site.perform(.unban(network: network))
        }
    }
}
