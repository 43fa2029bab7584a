import AdminGateway
import ArgumentParser
import WorldModel

/// `mud-admin accounts`.
struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts",
        abstract: "List, make and change accounts, also while the server is stopped.",
        subcommands: [
            List.self, Create.self, Password.self, RemoveAuthenticator.self, Keys.self, AddKey.self, RemoveKey.self,
            Revoke.self, SetRole.self,
        ],
        defaultSubcommand: List.self)

    /// `mud-admin accounts list`.
    struct List: AdminSubcommand {
        static let configuration = CommandConfiguration(
            abstract: "List all accounts.", discussion: "EXAMPLE\n  mud-admin accounts list --json")

        @OptionGroup var common: CommonOptions

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            try site.perform(.accounts)
        }
    }

    /// `mud-admin accounts create`.
    struct Create: AdminSubcommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an account.",
            discussion: """
                The password is asked for at a terminal, or read from the first line of standard input.

                EXAMPLES
                  mud-admin accounts create ada
                  mud-admin accounts create ada --role builder --password-stdin < password.txt
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The account's name.")
        var name: String

        @Option(
            help: ArgumentHelp("player, builder, programmer, admin or owner.", valueName: "role"), transform: readRole)
        var role = Role.player

        @Flag(help: "Read the password from standard input.")
        var passwordStdin = false

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            let password = try PasswordEntry.read(fromStandardInput: passwordStdin, for: name)
            return try site.perform(.createAccount(name: name, password: password, role: role))
        }
    }

    /// `mud-admin accounts password`.
    struct Password: AdminSubcommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an account a new password.",
            discussion: """
                The password is asked for at a terminal, or read from the first line of standard input.

                EXAMPLE
                  mud-admin accounts password ada --password-stdin < password.txt
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The account's name.")
        var name: String

        @Flag(help: "Read the password from standard input.")
        var passwordStdin = false

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            let password = try PasswordEntry.read(fromStandardInput: passwordStdin, for: name)
            return try site.perform(.setPassword(name: name, password: password))
        }
    }

    /// `mud-admin accounts remove-authenticator`.
    struct RemoveAuthenticator: AdminSubcommand {
        static let configuration = CommandConfiguration(
            commandName: "remove-authenticator", abstract: "Take away an authenticator that its player has lost.",
            discussion: """
                Its recovery codes go with it. The password alone lets the player in then, who can take another one.

                EXAMPLE
                  mud-admin accounts remove-authenticator ada
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The account's name.")
        var name: String

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            try site.perform(.removeAuthenticator(name: name))
        }
    }

    /// `mud-admin accounts role`.
    struct SetRole: AdminSubcommand {
        static let configuration = CommandConfiguration(
            commandName: "role", abstract: "Give an account another role.",
            discussion: "EXAMPLE\n  mud-admin accounts role ada builder")

        @OptionGroup var common: CommonOptions

        @Argument(help: "The account's name.")
        var name: String

        @Argument(help: ArgumentHelp("player, builder, programmer, admin or owner."), transform: readRole)
        var role: Role

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            try site.perform(.setRole(name: name, role: role))
        }
    }
}

/// Reads the role of an account from the command line.
private func readRole(_ text: String) throws -> Role {
    guard let role = Role(rawValue: text), role != .guest else {
        throw ValidationError("“\(text)” is no role; roles are player, builder, programmer, admin, owner")
    }
    return role
}
