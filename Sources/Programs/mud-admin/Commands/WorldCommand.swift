import AdminGateway
import ArgumentParser

struct WorldCommand: AdminSubcommand {
    @OptionGroup var common: CommonOptions
    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer { try site.ask(.check) }
}
