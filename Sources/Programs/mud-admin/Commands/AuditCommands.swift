import AdminGateway
import ArgumentParser
import AuditCore
import Basics
import DaemonCore

/// `mud-admin audit`.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Look into the record of logins, passwords and administration.",
        discussion: """
            The server appends to audit.log in its data folder, one line of JSON for each record. Every record holds the
            hash of the one before, so that none can be changed or taken out unseen.
            """,
        subcommands: [Verify.self, Search.self])

    /// `mud-admin audit verify`.
    struct Verify: AdminSubcommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Look whether all records are there as they were written.",
            discussion: """
                Exits with 1 when there is a problem. That records are missing at the end, or that all was written
                anew, only a note of an earlier state can tell: keep the number and hash that this prints elsewhere.

                EXAMPLES
                  mud-admin audit verify
                  mud-admin audit verify --known 42:d473…
                """)

        @OptionGroup var common: CommonOptions

        @Option(
            help: ArgumentHelp("A record as noted earlier, which must be there.", valueName: "number:hash"),
            transform: Self.readHead)
        var known: AuditHead?

        @Argument(help: "Another trail than the data folder's, such as a copy.", completion: .file())
        var file: String?

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            try AuditCommand.read(file ?? site.data.audit) { trail throws(AuditFailure) in
                .auditCheck(AdminAuditCheck(try trail.verify(against: known)))
            }
        }

        private static func readHead(_ text: String) throws -> AuditHead {
            guard let head = AuditHead(text) else {
                throw ValidationError("“\(text)” is no number and hash as verify prints them")
            }
            return head
        }
    }

    /// `mud-admin audit search`.
    struct Search: AdminSubcommand {
        static let configuration = CommandConfiguration(
            commandName: "search",
            abstract: "Show the last records that are like this.",
            discussion: """
                Names are compared without regard to case; --from and --text look for a part. Times are UTC, such as
                2026-11-24 or 2026-11-24T08:30:00Z, or a time ago, such as 2h. It does not look whether the records
                are sound: see verify.

                EXAMPLES
                  mud-admin audit search --actor ada --since 1d
                  mud-admin audit search --event login --refused --last 20
                  mud-admin audit search --event administer --text set-role
                """)

        @OptionGroup var common: CommonOptions

        @Option(help: "Who did it.")
        var actor: String?

        @Option(
            help: ArgumentHelp(
                "What happened: " + AuditEvent.Kind.known.map(\.rawValue).joined(separator: ", ") + "."))
        var event: AuditEvent.Kind?

        @Option(help: "Whom it was done to.")
        var subject: String?

        @Option(name: .customLong("from"), help: "A part of where it came from.")
        var origin: String?

        @Option(help: "A part of the detail.")
        var text: String?

        @Option(help: ArgumentHelp("Not before this time.", valueName: "time"), transform: readTime)
        var since: String?

        @Option(help: ArgumentHelp("Before this time.", valueName: "time"), transform: readTime)
        var until: String?

        @Flag(help: "Only what was refused.")
        var refused = false

        @Option(help: ArgumentHelp("How many records to show, 1 to 100000.", valueName: "number"))
        var last = 100

        @Option(help: "Another trail than the data folder's, such as a copy.", completion: .file())
        var file: String?

        func validate() throws {
            guard (1...100_000).contains(last) else { throw ValidationError("--last takes a number from 1 to 100000") }
        }

        func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
            let (actor, subject) = (actor?.folded, subject?.folded)
            let (origin, text) = (origin?.folded, text?.folded)
            return try AuditCommand.read(file ?? site.data.audit) { trail throws(AuditFailure) in
                let found = try trail.last(last) { record in
                    let found = record.event
                    return (event == nil || found.kind == event) && (!refused || found.outcome == .refused)
                        && (since.map { record.time >= $0 } ?? true) && (until.map { record.time < $0 } ?? true)
                        && (actor == nil || found.actor.folded == actor)
                        && (subject == nil || found.subject.folded == subject)
                        && (origin.map { found.origin.folded.contains($0) } ?? true)
                        && (text.map { found.detail.folded.contains($0) } ?? true)
                }
                return .auditRecords(AdminAuditRecords(found))
            }
        }

        /// Reads a time as the beginning of a record's, or a time ago.
        private static func readTime(_ text: String) throws -> String {
            if let ago = CompactDuration.read(text) {
                let milliseconds = Int64(clamping: Int128(ago.wholeNanoseconds) / 1_000_000)
                return WallInstant(milliseconds: wallTimeNow().milliseconds - milliseconds).stamp
            }
            let pattern = Array("dddd-dd-ddTdd:dd:dd.ddd".utf8)
            let digits = Array((text.hasSuffix("Z") ? text.dropLast() : text[...]).utf8)
            let isTime =
                [10, 13, 16, 19, 23].contains(digits.count)
                && zip(digits, pattern).allSatisfy { $1 == 0x64 ? (0x30...0x39).contains($0) : $0 == $1 }
            guard isTime else {
                throw ValidationError("“\(text)” is no time; write it like 2026-11-24, 2026-11-24T08:30:00Z or 2h")
            }
            return String(decoding: digits, as: UTF8.self)
        }
    }

    /// Reads a trail; one that is not there is told from one that cannot be read.
    private static func read(
        _ path: String, _ body: (AuditTrail) throws(AuditFailure) -> AdminAnswer
    ) throws(AdminFailure) -> AdminAnswer {
        do throws(AuditFailure) {
            return try body(AuditTrail(path: path))
        } catch {
            throw AdminFailure(error.isMissing ? .notFound : .failed, error.description.capitalizedFirst + ".")
        }
    }
}

extension AuditEvent.Kind: ExpressibleByArgument {
    /// What this version knows.
    public static var allValueStrings: [String] { known.map(\.rawValue) }

    /// Takes what this version knows.
    public init?(argument: String) {
        guard Self.known.contains(Self(rawValue: argument)) else { return nil }
        self.init(rawValue: argument)
    }
}
