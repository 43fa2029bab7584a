import AdminGateway
import ArgumentParser

extension AccountsCommand {
    /// `mud-admin accounts keys`.
    struct Keys: AdminSubcommand {
        static let configuration = CommandConfiguration(
            abstract: "List the keys by which the player of an account comes in by SSH.",
            discussion: "EXAMPLE\n  mud-admin accounts keys ada")

        @OptionGroup var common: CommonOptions

        @Argument(help: "The account's name.")
        var name: String

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            try site.perform(.keys(name: name))
        }
    }

    /// `mud-admin accounts add-key`.
    struct AddKey: AdminSubcommand {
        static let configuration = CommandConfiguration(
            commandName: "add-key", abstract: "Let a key in by SSH as the player of an account.",
            discussion: """
                The key is the line in a file that ends in .pub; the remark in it becomes its name. It lets in without the password,
                and without the code of an authenticator.

                EXAMPLES
                  mud-admin accounts add-key ada "$(cat id_ed25519.pub)"
                  mud-admin accounts add-key ada ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI... laptop
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The account's name.")
        var name: String

        @Argument(help: "The line, with quotes around it or without.")
        var key: [String]

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            try site.perform(.addKey(name: name, line: key.joined(separator: " ")))
        }
    }

    /// `mud-admin accounts remove-key`.
    struct RemoveKey: AdminSubcommand {
        static let configuration = CommandConfiguration(
            commandName: "remove-key", abstract: "Let a key of an account in no longer.",
            discussion: """
                Connections that were made with it end.

                EXAMPLES
                  mud-admin accounts remove-key ada laptop
                  mud-admin accounts remove-key ada 2
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The account's name.")
        var name: String

        @Argument(help: "The key's name or number.")
        var key: String

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            try site.perform(.removeKey(name: name, key: key))
        }
    }

    /// `mud-admin accounts revoke`.
    struct Revoke: AdminSubcommand {
        static let configuration = CommandConfiguration(
            abstract: "Let nobody in as an account without its password.",
            discussion: """
                Takes away its keys, its certificates, and the passwords of its player's programs, all at once; connections that were
                made with them end. For an account that somebody else has come into; give it a new password as well.

                EXAMPLE
                  mud-admin accounts revoke ada
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The account's name.")
        var name: String

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            try site.perform(.revoke(name: name))
        }
    }
}
