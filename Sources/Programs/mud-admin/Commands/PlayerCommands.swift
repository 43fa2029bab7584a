import AdminGateway
import ArgumentParser

/// `mud-admin who`.
struct WhoCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "who",
        abstract: "List who is connected.",
        discussion: "EXAMPLE\n  mud-admin who --json")

    @OptionGroup var common: CommonOptions

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
        try site.ask(.who)
    }
}

/// `mud-admin kick`.
struct KickCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "kick",
        abstract: "Close a player's connections, also those that only copy files.",
        discussion: "EXAMPLE\n  mud-admin kick Ada --reason \"Please read help manners.\"")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The player's name.")
    var name: String

    @Option(help: ArgumentHelp("What the player is told.", valueName: "text"))
    var reason = ""

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
        try site.ask(.kick(name: name, reason: reason))
    }
}

/// `mud-admin broadcast`.
struct BroadcastCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "broadcast",
        abstract: "Tell everybody something.",
        discussion: "EXAMPLE\n  mud-admin broadcast \"Tea is ready.\"")

    @OptionGroup var common: CommonOptions

    @Argument(help: "What to say, in quotation marks.")
    var text: String

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
        try site.ask(.broadcast(text))
    }
}
