import AdminGateway
import ArgumentParser
import DaemonCore
import WorldText

/// `mud-admin world`.
struct WorldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "world",
        abstract: "Check the world's files, or have the running server read them again.",
        subcommands: [Check.self, Reload.self])

    /// `mud-admin world check`.
    struct Check: AdminSubcommand {
        static let configuration = CommandConfiguration(
            abstract: "Report every error in the world's files, with file and line.",
            discussion: """
                Needs no server. Exits with 1 when there is an error; warnings alone are no failure.

                EXAMPLE
                  mud-admin world check World
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The folder of the world's files.", completion: .directory)
        var folder = Configuration().world

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            do throws(DaemonFailure) {
                let (content, diagnostics) = try WorldFolder(path: folder).read()
                return .world(AdminWorldCheck(content, diagnostics))
            } catch {
                let isAbsent = error.status == .configuration
                throw AdminFailure(
                    isAbsent ? .notFound : .failed, isAbsent ? "There is no folder \(folder)." : error.description)
            }
        }
    }

    /// `mud-admin world reload`.
    struct Reload: AdminSubcommand {
        static let configuration = CommandConfiguration(
            abstract: "Have the running server read its world's files again; with an error in them nothing changes.",
            discussion: "EXAMPLE\n  mud-admin world reload")

        @OptionGroup var common: CommonOptions

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            try site.ask(.reloadWorld, within: .seconds(60))
        }
    }
}

extension AdminWorldCheck {
    fileprivate init(_ content: WorldContent, _ diagnostics: [Diagnostic]) {
        self.init(
            findings: diagnostics.map { finding in
                Finding(
                    file: finding.file, line: finding.line, column: finding.column,
                    severity: finding.severity.rawValue, message: finding.message)
            },
            rooms: content.rooms.count, things: content.things.count, helpPages: content.helpPages.count)
    }
}
