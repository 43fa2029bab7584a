import Basics
import GatewayCore
import WorldModel
import WorldStore

/// What can be told without changing anything.
extension GameAuthority {
    var status: AdminStatus {
        var status = AdminStatus()
        status.version = surroundings.version
        status.pid = surroundings.processID
        status.uptimeS = Int(game.uptime.components.seconds)
        status.reactor = surroundings.reactor
        status.doors = surroundings.doors
        status.fingerprints = surroundings.fingerprints()
        let bridges = surroundings.bridges()
        status.bridges = bridges.isEmpty ? nil : bridges
        let sessions = game.sessions
        status.players = sessions.count { $0.isPlaying }
        status.sessions = sessions.count
        status.turns = game.world.sequence
        status.durable = game.durable
        status.readOnly = game.isReadOnly
        status.store = storeCounters
        return status
    }

    private var storeCounters: [String: Int64] {
        let statistics = surroundings.committer.statistics()
        return [
            "commits": Int64(clamping: statistics.commits),
            "turns_committed": Int64(clamping: statistics.turns),
            "largest_group": Int64(statistics.largestGroup),
            "last_commit_us": statistics.lastCommit.wholeNanoseconds / 1000,
            "slowest_commit_us": statistics.slowestCommit.wholeNanoseconds / 1000,
            "log_tail": Int64(clamping: statistics.tail),
            "folded": Int64(clamping: statistics.folded),
            "checkpoints": Int64(clamping: statistics.checkpoints),
            "queued": Int64(statistics.queued),
            "has_ballast": statistics.hasBallast ? 1 : 0,
            "database_bytes": Int64(statistics.databaseBytes),
            "wal_bytes": Int64(statistics.logBytes),
        ]
    }

    var players: AdminPlayers {
        let unconnected = game.unconnectedBodies.map { persona in
            AdminPlayers.Player(
                name: persona.name, account: game.world.thing(persona, .account)?.name,
                role: game.role(of: persona).rawValue, door: "", source: "", idleS: 0, connectedS: 0,
                state: AdminPlayers.linkDead)
        }
        return AdminPlayers(
            game.sessions.map { session in
                let persona = session.name.isEmpty ? nil : game.world.player(named: session.name)
                return AdminPlayers.Player(
                    name: session.name, account: persona.flatMap { game.world.thing($0, .account) }?.name,
                    role: session.role?.rawValue ?? "", door: session.door, source: session.source,
                    idleS: Int(session.idle.components.seconds), connectedS: Int(session.connected.components.seconds),
                    state: session.isPlaying ? AdminPlayers.playing : AdminPlayers.login)
            } + game.silentEntries.map(player) + unconnected)
    }

    /// Whoever is in without a session, to copy files for example.
    private func player(_ knock: Knock) -> AdminPlayers.Player {
        let entry = knock.entry
        let persona = entry.flatMap { game.character(of: $0) }
        return AdminPlayers.Player(
            name: entry?.name ?? "", account: entry.flatMap { game.account(of: $0) }?.name,
            role: persona.map { game.role(of: $0).rawValue } ?? "", door: knock.door, source: knock.source,
            idleS: Int(knock.idle.components.seconds), connectedS: Int(knock.connected.components.seconds),
            state: AdminPlayers.connected)
    }

    var accounts: AdminAccounts {
        AdminAccounts(
            game.world.accounts.map { account in
                let characters = account[.characters].compactMap { game.world[$0] }
                let lastSeen = characters.map { $0[.lastSeen] }.max() ?? 0
                return AdminAccounts.Account(
                    name: account.name, role: account[.role], characters: characters.map(\.name),
                    created: stamp(Int64(account[.created])), lastSeen: stamp(Int64(lastSeen)))
            })
    }

    private func stamp(_ milliseconds: Int64) -> String? {
        milliseconds == 0 ? nil : WallInstant(milliseconds: milliseconds).description
    }
}
