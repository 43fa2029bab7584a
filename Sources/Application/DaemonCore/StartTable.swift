/// What an operator reads when the server has started: doors, claim code, places.
package struct StartTable: Sendable {
    /// One open door.
    package struct Door: Sendable {
        package var name: String
        package var host: String
        package var port: Int

        package init(name: String, host: String, port: Int) {
            self.name = name
            self.host = host
            self.port = port
        }

        var isLoopback: Bool { host == "::1" || host.hasPrefix("127.") }

        var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

        /// The command that comes in by this door from the same machine; players' doors are called as their clients are.
        var command: String {
            let near = ["0.0.0.0": "127.0.0.1", "::": "::1"][host] ?? host
            guard name == "metrics" else { return "\(name) \(near) \(port)" }
            return "curl http://\(near.contains(":") ? "[\(near)]" : near):\(port)/metrics"
        }
    }

    package var version: String
    package var processID: Int32
    package var doors: [Door]
    package var claimCode: String?
    package var data: DataDirectory
    package var world: String
    /// The path of `mud-admin`.
    package var adminTool: String
    /// What ends the server, in a sentence.
    package var ending = "Ctrl-C stops the server."
    /// Where the services beside the game listen.
    package var services: [String]

    package init(
        version: String, processID: Int32, doors: [Door], claimCode: String?, data: DataDirectory, world: String,
        adminTool: String, services: [String] = []
    ) {
        self.version = version
        self.processID = processID
        self.doors = doors
        self.claimCode = claimCode
        self.data = data
        self.world = world
        self.adminTool = adminTool
        self.services = services
    }

    /// The table as text, lines ended by newlines.
    package var text: String {
        var lines = ["mudd \(version) is running, process \(processID).", ""]
        lines += doors.isEmpty ? ["  All doors are off; nobody can come in."] : doorLines
        if doors.contains(where: { !$0.isLoopback }) {
            lines += [
                "",
                "  Others on the network can connect, and telnet is not encrypted: passwords can be read on the way.",
            ]
        }
        lines.append("")
        if let claimCode {
            lines += [
                "  This world has no owner yet. Come in, create an account, and type:", "",
                "    claim \(claimCode)", "",
            ]
        }
        if !services.isEmpty { lines += ["  Services \(services.joined(separator: ", "))", ""] }
        lines += [
            "  World    \(world)",
            "  Data     \(data.path)",
            "  Log      \(data.log)",
            "  Control  \(data.controlSocket)   (\(adminTool) --data \(data.path) status)",
            "",
            "  \(ending)",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private var doorLines: [String] {
        let rows = [("Door", "Address", "Command")] + doors.map { ($0.name, $0.address, $0.command) }
        let widths = (rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0)
        return rows.map { row in
            "  " + pad(row.0, widths.0) + "  " + pad(row.1, widths.1) + "  " + row.2
        }
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
