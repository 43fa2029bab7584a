import AdminGateway
import ArgumentParser
import Basics
import DaemonCore
import Glibc

/// `mudd status`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract:
            "Tell whether a server runs: exits with 0 when it does, with 3 when not, with 4 when that is unclear.",
        discussion: """
            What counts is the lock on the pid file or in the data folder; a file that a crash has left is told, and
            believed nothing. It is unclear when the game has the lock and does not answer: it starts, stops, or hangs.

            EXAMPLES
              mudd status
              mudd status --config /etc/mudd/mudd.yaml --json
              mudd status echo
            """)

    @OptionGroup var site: SiteOptions

    @Flag(help: "Write one JSON object to standard output.")
    var json = false

    @Option(
        help: ArgumentHelp("How long to wait for the game's answer; default 5s.", valueName: "time"),
        transform: readDuration)
    var timeout: Duration = .seconds(5)

    func run() throws {
        var report = ServerReport(name: site.name)
        do throws(DaemonFailure) {
            report.look(at: try site.site(), within: timeout)
        } catch  where error.status == .usage {
            complain(error.description)
            throw ExitCode(error.status.rawValue)
        } catch {
            report.message = error.description
        }
        if json {
            let line = try AdminLine.encode(report)
            print(String(decoding: line, as: UTF8.self), terminator: "")
        } else {
            print(report.text)
        }
        if report.state != .running { throw ExitCode(report.state.code) }
    }
}

/// What `mudd status` found out.
struct ServerReport: Encodable {
    /// The three answers of the Linux Standard Base's init scripts.
    enum State: String, Encodable {
        case running, stopped, unknown

        var code: Int32 {
            switch self {
            case .running: 0
            case .stopped: 3
            case .unknown: 4
            }
        }
    }

    var v = 1
    var name: String
    var state = State.unknown
    var pid: Int32?
    var uptimeS: Int?
    var pidFile: String?
    /// The process whose number a crash has left in the pid file.
    var stalePid: Int?
    /// Why the state is unknown, or what is odd about it.
    var message: String?
    /// What the game says of itself.
    var game: AdminStatus?

    init(name: String) {
        self.name = name
    }

    mutating func look(at site: ServerSite, within limit: Duration) {
        pidFile = site.pidFile
        do throws(DaemonFailure) {
            if let path = site.pidFile, case .abandoned(let number?) = PidFile.standing(of: path) { stalePid = number }
            guard let process = try site.holder() else {
                state = .stopped
                if let data = site.data, let stray = site.stray {
                    state = .running
                    (pid, uptimeS, game) = (stray.pid, stray.uptimeS, stray)
                    message = ServerSite.remark(on: stray, data)
                }
                return
            }
            pid = process.processID
            uptimeS = ProcessFacts(process.processID).uptime
            let data: DataDirectory?
            do throws(DaemonFailure) {
                data = try site.data(of: process)
            } catch {
                message = error.description
                return
            }
            if let data {
                guard case .status(let answer) = try data.ask(.status, within: limit) else { return }
                game = answer
                uptimeS = answer.uptimeS
            }
            state = .running
        } catch {
            message = pid.map { "Process \($0) holds the lock and does not answer: \(error)" } ?? "\(error)"
        }
    }

    /// The report for people.
    var text: String {
        var lines: [String] = []
        switch state {
        case .running:
            let age = uptimeS.map { ", up \(CompactDuration.write(.seconds($0)))" } ?? ""
            lines.append("mudd \(name) is running: process \(pid ?? 0)\(age)")
        case .stopped: lines.append("mudd \(name) is not running.")
        case .unknown: lines.append("It is not clear whether mudd \(name) is running. \(message ?? "")")
        }
        if let game {
            lines[0] += ", mudd \(game.version), reactor \(game.reactor)"
            for door in game.doors { lines.append("  \(door.name)  \(door.address)") }
            lines += game.fingerprints.map { "  key of the SSH door: \($0)" }
            let disk = game.readOnly ? "; READ-ONLY: the disk takes nothing" : ""
            lines.append("  \(game.players) playing, \(game.sessions) connected, turn \(game.turns)\(disk)")
        }
        if state == .running, let message { lines.append("  " + message) }
        if let stalePid, state == .stopped, let pidFile {
            lines.append("  \(pidFile) names process \(stalePid), left by a crash; the next start takes the file over.")
        }
        return lines.joined(separator: "\n")
    }
}
