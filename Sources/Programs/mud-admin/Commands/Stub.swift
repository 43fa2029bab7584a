import AdminGateway
import ArgumentParser

struct BackupCommand: AdminSubcommand {
    @OptionGroup var common: CommonOptions
    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer { try site.ask(.check) }
}
struct CheckCommand: AdminSubcommand {
    @OptionGroup var common: CommonOptions
    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer { try site.ask(.check) }
}
struct WorldCommand: AdminSubcommand {
    @OptionGroup var common: CommonOptions
    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer { try site.ask(.check) }
}
extension AdminSite { func perform(_ command: AdminCommand) throws(AdminFailure) -> AdminAnswer { try ask(command) } }
