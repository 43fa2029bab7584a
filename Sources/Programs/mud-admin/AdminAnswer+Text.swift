import AdminGateway
import Basics

extension AdminAnswer {
    /// The exit status of a command that got this answer.
    var exitCode: Int32 {
        switch self {
        case .failure(let failure): failure.code.exitCode
        case .check(let check) where !check.problems.isEmpty: AdminFailure.Code.failed.exitCode
        case .world(let world) where world.hasErrors: AdminFailure.Code.failed.exitCode
        case .auditCheck(let check) where !check.problems.isEmpty: AdminFailure.Code.failed.exitCode
        case .status(let status) where status.state == AdminStatus.stopped: AdminFailure.Code.notRunning.exitCode
        default: 0
        }
    }

    /// The answer for people.
    var text: String {
        switch self {
        case .status(let status): status.text
        case .players(let players): players.text
        case .accounts(let accounts): accounts.text
        case .keys(let keys): keys.text
        case .bans(let bans): bans.text
        case .backup(let backup):
            "Saved \(backup.things) things at turn \(backup.turns) in \(backup.path) (\(backup.bytes) octets), "
                + "opened it again and found it whole."
        case .check(let check):
            check.problems.isEmpty
                ? "\(check.things) things at turn \(check.turns): no problems."
                : check.problems.joined(separator: "\n")
        case .world(let world): world.text
        case .auditCheck(let check): check.text
        case .auditRecords(let found): found.text
        case .done(let done): done.message
        case .failure(let failure): failure.message
        }
    }
}

extension AdminStatus {
    fileprivate var text: String {
        if state == Self.stopped { return "The server is stopped." }
        var lines = ["mudd \(version), process \(pid), up \(Duration.seconds(uptimeS).spoken), reactor \(reactor)"]
        lines += doors.map { "  \($0.name)  \($0.address)" }
        lines += fingerprints.map { "  key of the SSH door: \($0)" }
        lines += (bridges ?? []).map(\.text)
        lines.append("\(players) playing, \(sessions) connected")
        lines.append(
            "turn \(turns), durable through \(durable)" + (readOnly ? "; READ-ONLY: the disk takes nothing" : ""))
        lines += store.sorted { $0.key < $1.key }.map { "  \($0.key) \($0.value)" }
        return lines.joined(separator: "\n")
    }
}

extension AdminStatus.Bridge {
    fileprivate var text: String {
        let state = nick.map { "connected as \($0)" } ?? "not connected"
        let passed = "\(outward) lines there, \(inward) here"
        return "  bridge to \(network), \(channels.joined(separator: " ")): \(state); \(passed); not passed on: "
            + "\(echoes) come round, \(leftOut) too fast, \(refused) refused, \(lost) without a connection"
    }
}

extension AdminPlayers {
    fileprivate var text: String {
        if players.isEmpty { return "Nobody is here." }
        let rows = players.map { player in
            [
                player.name, player.account ?? "-", player.role, player.state, player.door, player.source,
                Duration.seconds(player.idleS).spoken, Duration.seconds(player.connectedS).spoken,
            ]
        }
        return Console.table([["Name", "Account", "Role", "State", "Door", "From", "Idle", "Connected"]] + rows)
    }
}

extension AdminAccounts {
    fileprivate var text: String {
        if accounts.isEmpty { return "There are no accounts." }
        let rows = accounts.map { account in
            [
                account.name, account.role, account.characters.joined(separator: ", "), account.created ?? "-",
                account.lastSeen ?? "-",
            ]
        }
        return Console.table([["Account", "Role", "Characters", "Created", "Last seen"]] + rows)
    }
}

extension AdminKeys {
    fileprivate var text: String {
        if keys.isEmpty { return "\(account) has no keys." }
        let rows = keys.enumerated().map { index, key in
            let type = key.line.prefix { $0 != " " }
            return ["\(index + 1)", key.name, String(type), key.fingerprint, key.added, key.lastUsed ?? "-"]
        }
        return Console.table([["", "Key", "Type", "Fingerprint", "Added", "Last used"]] + rows)
    }
}

extension AdminBans {
    fileprivate var text: String {
        if bans.isEmpty { return "No address is banned." }
        let rows = bans.map { [$0.network, $0.until ?? "-", $0.by, $0.since, $0.reason.withoutControls] }
        return Console.table([["Address", "Until", "By", "Since", "Reason"]] + rows)
    }
}

extension AdminWorldCheck {
    fileprivate var text: String {
        let errors = findings.count { $0.severity == "error" }
        let summary =
            "\(rooms) rooms, \(things) things, \(helpPages) pages of help: "
            + (findings.isEmpty ? "no problems." : "errors \(errors), warnings \(findings.count - errors).")
        return (findings.map(\.text) + [summary]).joined(separator: "\n")
    }
}

extension AdminAuditCheck {
    fileprivate var text: String {
        var lines = problems
        if unfinishedOctets > 0 {
            lines.append("The last record is not finished: it is being written just now, or power was lost.")
        }
        lines.append(
            problems.isEmpty
                ? "All \(records) records are as they were written. The last one is \(head)."
                : "\(records) records are sound in themselves; the last one is \(head).")
        return lines.joined(separator: "\n")
    }
}

extension AdminAuditRecords {
    fileprivate var text: String {
        if records.isEmpty { return "No record is like that." }
        let rows = records.map { record in
            [
                record.time, record.event + (record.outcome == "done" ? "" : " " + record.outcome), record.actor,
                record.origin, record.subject, record.detail,
            ].map(\.withoutControls)
        }
        return Console.table([["Time", "Event", "Actor", "From", "Subject", "Detail"]] + rows)
    }
}

extension String {
    /// What is written in a trail may come from strangers, and a terminal obeys control characters.
    fileprivate var withoutControls: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }
}
