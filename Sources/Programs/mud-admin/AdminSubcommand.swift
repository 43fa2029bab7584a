import AdminGateway
import ArgumentParser
import DaemonCore
import Glibc

/// A command that ends in one answer, which is printed for people or as JSON.
protocol AdminSubcommand: ParsableCommand {
    var common: CommonOptions { get }

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer
}

extension AdminSubcommand {
    func run() throws {
        let answer: AdminAnswer
        do throws(AdminFailure) {
            answer = try perform(at: AdminSite(common))
        } catch {
            answer = .failure(error)
        }
        if common.json { Console.put(String(decoding: try AdminLine.encode(answer), as: UTF8.self)) }
        if case .failure(let failure) = answer {
            Console.complain("mud-admin: \(failure.message)")
        } else if !common.json {
            Console.put(answer.text)
        }
        if answer.exitCode != 0 { throw ExitCode(answer.exitCode) }
    }
}

/// One server's data folder, and how to reach the server that works on it.
struct AdminSite {
    let data: DataDirectory
    private let timeout: Duration?

    init(_ options: CommonOptions) {
        let environment = getenv("MUDD_DATA").map { String(cString: $0) }
        data = DataDirectory(path: options.data ?? environment ?? "Data")
        timeout = options.timeout
    }

    /// Asks the running server.
    ///
    /// - Throws: ``AdminFailure``, with code `notRunning` when there is none.
    func ask(_ command: AdminCommand, within patience: Duration = .seconds(10)) throws(AdminFailure) -> AdminAnswer {
        do throws(AdminFailure) {
            return try AdminClient.askAndWait(command, at: data.controlSocket, timeout: timeout ?? patience)
        } catch {
            guard error.code == .notRunning else { throw error }
            guard data.hasDatabase else {
                throw AdminFailure(
                    .notFound,
                    "There is no world in the data folder \(data.path); say with --data DIR where the server keeps its data."
                )
            }
            throw AdminFailure(.notRunning, "No server is running on the data folder \(data.path).")
        }
    }

    /// Asks the running server, or does it here when there is none.
    func ask(
        _ command: AdminCommand, within patience: Duration = .seconds(10),
        otherwise offline: () throws(AdminFailure) -> AdminAnswer
    ) throws(AdminFailure) -> AdminAnswer {
        do throws(AdminFailure) {
            return try ask(command, within: patience)
        } catch {
            guard error.code == .notRunning else { throw error }
            return try offline()
        }
    }
}
