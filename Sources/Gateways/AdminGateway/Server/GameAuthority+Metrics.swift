import Basics
import CredentialCore
import GatewayCore
import Glibc
package import MetricsCore
import ReactorCore
import WorldModel
import WorldStore
import WorldVerbs

/// What monitoring is told.
extension GameAuthority {
    /// Everything that is measured, made at this moment.
    package func metricsPage() -> PrometheusPage {
        var page = PrometheusPage()
        page.gauge("mudd_info", "The version that runs.", [([("version", surroundings.version)], 1)])
        writeProcess(&page)
        writeLoop(&page)
        writeDoors(&page)
        writeTurns(&page)
        measured.write(to: &page)
        return page
    }

    /// Why the game cannot be played properly at present; empty when it can.
    package var complaints: [String] {
        let readOnly = game.interpreter.readOnlyReason.map {
            "The world cannot be changed at present, because \($0)."
        }
        let outages = game.portal.outages.map {
            "Logins cannot be checked with \($0.checker) at present: \($0.reason)."
        }
        return (readOnly.map { [$0] } ?? []) + outages
    }

    private func writeProcess(_ page: inout PrometheusPage) {
        var used = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used)
        let seconds = Double(used.tv_sec) + Double(used.tv_nsec) / 1e9
        page.counter("process_cpu_seconds_total", "Time on processors, in seconds.", [([], seconds)])
        page.gauge("process_resident_memory_bytes", "Memory in use, in octets.", Self.residentOctets)
        page.gauge("mudd_uptime_seconds", "Time since the start, in seconds.", game.uptime / .seconds(1))
    }

    /// The second number of `/proc/self/statm`, in pages.
    private static var residentOctets: Int {
        let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var text = [UInt8](repeating: 0, count: 128)
        let count = read(file, &text, text.count)
        let words = String(decoding: text.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        return (words.count > 1 ? Int(words[1]) ?? 0 : 0) * sysconf(Int32(_SC_PAGESIZE))
    }

    private func writeLoop(_ page: inout PrometheusPage) {
        let counters = game.reactor.counters
        page.counter("mudd_loop_passes_total", "Passes of the event loop.", counters.passes)
        page.counter(
            "mudd_loop_calls_total", "Calls that the event loop made.",
            [
                ([("kind", "handler")], Double(counters.handlerCalls)),
                ([("kind", "delayed")], Double(counters.delayedCalls)),
                ([("kind", "mailbox")], Double(counters.mailboxCalls)),
                ([("kind", "task")], Double(counters.taskPieces)),
            ])
        page.histogram(
            "mudd_loop_pass_seconds", "How long passes were busy: as long may whatever happens meanwhile have to wait.",
            [([], counters.passTimes)])
        page.gauge("mudd_loop_pass_longest_seconds", "The longest pass.", counters.passTimes.longest / .seconds(1))
        page.counter(
            "mudd_loop_stalls_total", "Calls that kept the loop for longer than log.stalls; the log names them.",
            counters.stalls)
        page.gauge("mudd_loop_delayed_calls", "Delayed calls that wait.", game.reactor.delayedCallCount)
        page.gauge("mudd_loop_mailbox_calls", "Calls of other threads that wait.", game.reactor.mailboxCallCount)
        page.gauge(
            "mudd_worker_jobs_waiting", "Work that waits for a worker thread, such as hashing.",
            game.reactor.waitingWorkCount)
        page.gauge(
            "mudd_credential_jobs_waiting", "Logins and new passwords that are waited for.", game.desk.waiting)
    }

    private func writeDoors(_ page: inout PrometheusPage) {
        let doors = game.trafficByDoor.sorted { $0.key < $1.key }
        func samples(_ count: (String, DoorTraffic) -> Double) -> [(labels: PrometheusPage.Labels, value: Double)] {
            doors.map { ([("door", $0.key)], count($0.key, $0.value)) }
        }
        let sessions = game.sessions
        page.gauge(
            "mudd_door_connections", "Connections that are open.",
            samples { name, _ in Double(sessions.count { $0.door == name }) })
        page.gauge(
            "mudd_door_players", "Connections that play.",
            samples { name, _ in Double(sessions.count { $0.door == name && $0.isPlaying }) })
        page.counter("mudd_door_admitted_total", "Connections that were let in.", samples { Double($1.admitted) })
        page.counter("mudd_door_refused_total", "Connections that were turned away.", samples { Double($1.refused) })
        page.counter("mudd_door_received_bytes_total", "Octets from players.", samples { Double($1.received) })
        page.counter("mudd_door_sent_bytes_total", "Octets to players.", samples { Double($1.sent) })
        page.gauge("mudd_output_waiting_bytes", "Octets that players have not taken yet.", game.waitingOctets)
        page.counter(
            "mudd_slow_readers_total", "Connections that were ended for reading too slowly.",
            game.measurements.slowReaders)
    }

    private func writeTurns(_ page: inout PrometheusPage) {
        let store = surroundings.committer.statistics()
        let sequence = game.world.sequence
        page.gauge("mudd_things", "Things in the world.", game.world.things.count)
        page.counter("mudd_commands_total", "Commands of players.", game.measurements.commands)
        page.counter("mudd_turns_total", "Turns that changed something, since the world was made.", sequence)
        page.histogram(
            "mudd_turn_seconds", "From taking a command to its turn being on disk.",
            [([], game.measurements.turnTimes)])
        page.gauge("mudd_turns_waiting", "Turns that are not on disk yet.", sequence - min(sequence, game.durable))
        page.gauge("mudd_read_only", "1 while the world cannot be changed.", game.isReadOnly ? 1 : 0)
        page.counter("mudd_commits_total", "Transactions of turns since the start.", store.commits)
        page.counter("mudd_committed_turns_total", "Turns written since the start.", store.turns)
        page.gauge("mudd_commit_largest_group", "Turns in the largest transaction.", store.largestGroup)
        page.histogram(
            "mudd_commit_group_turns", "How many turns transactions had.", bounds: CommitterStatistics.groupBounds,
            counts: store.groups, sum: Double(store.turns))
        page.summary(
            "mudd_commit_seconds", "How long transactions took.",
            [([], store.commits, store.commitTime / .seconds(1))])
        page.gauge("mudd_commit_last_seconds", "The last transaction.", store.lastCommit / .seconds(1))
        page.gauge("mudd_commit_slowest_seconds", "The slowest transaction.", store.slowestCommit / .seconds(1))
        page.gauge("mudd_store_unfolded_turns", "Turns in the log that are not folded yet.", store.tail)
        page.gauge("mudd_store_database_bytes", "Size of the database, in octets.", store.databaseBytes)
        page.gauge("mudd_store_wal_bytes", "Size of its write-ahead log, in octets.", store.logBytes)
    }
}
