package import AuditCore

/// One answer as it stands on the wire, and as `mud-admin --json` prints it.
///
/// ```text
///   {"answer":"done","message":"Ada was sent away.","v":1}
///   {"answer":"failure","code":"not-found","message":"There is no account “Ada”.","v":1}
/// ```
///
/// Fields are only ever added; `v` changes when one is taken away or changes its meaning.
package enum AdminAnswer: Equatable, Sendable {
    case status(AdminStatus)
    case players(AdminPlayers)
    case accounts(AdminAccounts)
    case keys(AdminKeys)
    case bans(AdminBans)
    case backup(AdminBackup)
    case check(AdminCheck)
    case world(AdminWorldCheck)
    case auditCheck(AdminAuditCheck)
    case auditRecords(AdminAuditRecords)
    case done(AdminDone)
    case failure(AdminFailure)
}

extension AdminAnswer: Codable {
    private enum Kind: String, Codable {
        case status
        case players
        case accounts
        case keys
        case bans
        case backup
        case check
        case world
        case auditCheck = "audit-check"
        case auditRecords = "audit-records"
        case done
        case failure
    }

    private enum CodingKeys: String, CodingKey {
        case v
        case answer
    }

    package init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: CodingKeys.self).decode(Kind.self, forKey: .answer) {
        case .status: self = .status(try AdminStatus(from: decoder))
        case .players: self = .players(try AdminPlayers(from: decoder))
        case .accounts: self = .accounts(try AdminAccounts(from: decoder))
        case .keys: self = .keys(try AdminKeys(from: decoder))
        case .bans: self = .bans(try AdminBans(from: decoder))
        case .backup: self = .backup(try AdminBackup(from: decoder))
        case .check: self = .check(try AdminCheck(from: decoder))
        case .world: self = .world(try AdminWorldCheck(from: decoder))
        case .auditCheck: self = .auditCheck(try AdminAuditCheck(from: decoder))
        case .auditRecords: self = .auditRecords(try AdminAuditRecords(from: decoder))
        case .done: self = .done(try AdminDone(from: decoder))
        case .failure: self = .failure(try AdminFailure(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        let (kind, content) = parts
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(1, forKey: .v)
        try container.encode(kind, forKey: .answer)
        try content.encode(to: encoder)
    }

    private var parts: (Kind, any Encodable) {
        switch self {
        case .status(let content): (.status, content)
        case .players(let content): (.players, content)
        case .accounts(let content): (.accounts, content)
        case .keys(let content): (.keys, content)
        case .bans(let content): (.bans, content)
        case .backup(let content): (.backup, content)
        case .check(let content): (.check, content)
        case .world(let content): (.world, content)
        case .auditCheck(let content): (.auditCheck, content)
        case .auditRecords(let content): (.auditRecords, content)
        case .done(let content): (.done, content)
        case .failure(let content): (.failure, content)
        }
    }
}

/// The state of a server, running or stopped.
package struct AdminStatus: Codable, Equatable, Sendable {
    /// One open door.
    package struct Door: Codable, Equatable, Sendable {
        package var name: String
        package var host: String
        package var port: Int

        package init(name: String, host: String, port: Int) {
            self.name = name
            self.host = host
            self.port = port
        }

        /// Where it is, for people; a Unix socket is its path and has no port.
        package var address: String {
            if port == 0 { return host.utf8.first == 0 ? "@" + host.dropFirst() : host }
            return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    /// A bridge to another network, and what has gone over it.
    package struct Bridge: Codable, Equatable, Sendable {
        package var network: String
        /// The nick there while it is connected.
        package var nick: String?
        /// Channels here and there, as `chat=#harbour`.
        package var channels: [String]
        /// Lines from here, and lines from there.
        package var outward: Int
        package var inward: Int
        /// Lines that were not passed on: they had come round, were beyond the pace, were refused here, or had nowhere to go.
        package var echoes: Int
        package var leftOut: Int
        package var refused: Int
        package var lost: Int

        package init(
            network: String, nick: String?, channels: [String], outward: Int, inward: Int, echoes: Int, leftOut: Int,
            refused: Int, lost: Int
        ) {
            (self.network, self.nick, self.channels) = (network, nick, channels)
            (self.outward, self.inward) = (outward, inward)
            (self.echoes, self.leftOut, self.refused, self.lost) = (echoes, leftOut, refused, lost)
        }
    }

    /// The word for a server that answers.
    package static let running = "running"
    /// The word for a server that is not there.
    package static let stopped = "stopped"

    package var state = AdminStatus.running
    package var version = ""
    package var pid: Int32 = 0
    /// Seconds since the start.
    package var uptimeS = 0
    /// The name of what the event loop waits with.
    package var reactor = ""
    package var doors: [Door] = []
    /// By which clients of SSH know the server: the types of its keys with their fingerprints.
    package var fingerprints: [String] = []
    /// Absent where there are none.
    package var bridges: [Bridge]?
    /// Sessions that play, guests among them.
    package var players = 0
    /// All connections, those not logged in among them.
    package var sessions = 0
    /// The number of the last turn that changed anything.
    package var turns: UInt64 = 0
    /// The number of the last turn that is safe on disk.
    package var durable: UInt64 = 0
    /// Whether turns that change anything are refused, because the disk takes nothing.
    package var readOnly = false
    /// The store's own counters.
    package var store: [String: Int64] = [:]

    package init() {}
}

/// Who is there.
package struct AdminPlayers: Codable, Equatable, Sendable {
    /// The states of a player: in play, at the login, in play without a connection, and in by a connection without a session.
    package static let playing = "playing", login = "login", linkDead = "link-dead", connected = "connected"

    /// One session, or a body whose connection was lost.
    package struct Player: Codable, Equatable, Sendable {
        package var name: String
        /// Absent for guests and before login.
        package var account: String?
        package var role: String
        package var door: String
        package var source: String
        package var idleS: Int
        package var connectedS: Int
        package var state: String

        package init(
            name: String, account: String?, role: String, door: String, source: String, idleS: Int, connectedS: Int,
            state: String
        ) {
            self.name = name
            self.account = account
            self.role = role
            self.door = door
            self.source = source
            self.idleS = idleS
            self.connectedS = connectedS
            self.state = state
        }
    }

    package var players: [Player]

    package init(_ players: [Player]) {
        self.players = players
    }
}

/// All accounts.
package struct AdminAccounts: Codable, Equatable, Sendable {
    /// One account.
    package struct Account: Codable, Equatable, Sendable {
        package var name: String
        package var role: String
        package var characters: [String]
        /// RFC 3339, UTC; absent when unknown.
        package var created: String?
        /// RFC 3339, UTC; absent when never.
        package var lastSeen: String?

        package init(name: String, role: String, characters: [String], created: String?, lastSeen: String?) {
            self.name = name
            self.role = role
            self.characters = characters
            self.created = created
            self.lastSeen = lastSeen
        }
    }

    package var accounts: [Account]

    package init(_ accounts: [Account]) {
        self.accounts = accounts
    }
}

/// A backup that was made and opened again.
package struct AdminBackup: Codable, Equatable, Sendable {
    package var path: String
    package var bytes: Int64
    /// The last turn in it.
    package var turns: UInt64
    package var things: Int

    package init(path: String, bytes: Int64, turns: UInt64, things: Int) {
        self.path = path
        self.bytes = bytes
        self.turns = turns
        self.things = things
    }
}

/// What a check of the database and the world found.
package struct AdminCheck: Codable, Equatable, Sendable {
    package var problems: [String]
    package var things: Int
    package var turns: UInt64

    /// Findings of several lines become several problems.
    package init(problems: [String], things: Int, turns: UInt64) {
        self.problems = problems.flatMap { $0.split(separator: "\n").map(String.init) }
        self.things = things
        self.turns = turns
    }
}

/// Something was done, and is durable if it changed anything.
package struct AdminDone: Codable, Equatable, Sendable {
    package var message: String

    package init(_ message: String) {
        self.message = message
    }
}

/// What is in a world's files, and what is wrong with them.
package struct AdminWorldCheck: Codable, Equatable, Sendable {
    /// One finding with its place.
    package struct Finding: Codable, Equatable, Sendable {
        package var file: String
        package var line: Int
        package var column: Int
        /// `error` or `warning`.
        package var severity: String
        package var message: String

        package init(file: String, line: Int, column: Int, severity: String, message: String) {
            self.file = file
            self.line = line
            self.column = column
            self.severity = severity
            self.message = message
        }

        package var text: String { "\(file):\(line):\(column): \(severity): \(message)" }
    }

    package var findings: [Finding]
    package var rooms: Int
    package var things: Int
    package var helpPages: Int

    package init(findings: [Finding], rooms: Int, things: Int, helpPages: Int) {
        self.findings = findings
        self.rooms = rooms
        self.things = things
        self.helpPages = helpPages
    }

    package var hasErrors: Bool { findings.contains { $0.severity == "error" } }
}

/// What a look through the audit trail found.
package struct AdminAuditCheck: Codable, Equatable, Sendable {
    package var records: Int
    /// The last record's number and hash, to be noted and held against a later state of the trail.
    package var head: String
    package var problems: [String]
    /// Octets of a last record that is not finished.
    package var unfinishedOctets: Int

    package init(_ verdict: AuditTrail.Verdict) {
        records = verdict.records
        head = verdict.head.description
        problems = verdict.problems
        unfinishedOctets = verdict.unfinishedOctets
    }
}

/// Records of the audit trail.
package struct AdminAuditRecords: Codable, Equatable, Sendable {
    /// One record, without its hashes.
    package struct Record: Codable, Equatable, Sendable {
        package var sequence: UInt64
        package var time: String
        package var event: String
        package var outcome: String
        package var actor: String
        package var origin: String
        package var subject: String
        package var detail: String
    }

    package var records: [Record]

    package init(_ records: [AuditRecord]) {
        self.records = records.map { record in
            let event = record.event
            return Record(
                sequence: record.sequence, time: record.time, event: event.kind.rawValue,
                outcome: event.outcome.rawValue, actor: event.actor, origin: event.origin, subject: event.subject,
                detail: event.detail)
        }
    }
}
