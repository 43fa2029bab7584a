package import Transports

/// What an operator reads when the server has started: doors, claim code, places.
package struct StartTable: Sendable {
    /// One open door.
    package struct Door: Sendable {
        package var name: String
        /// Where it is bound.
        package var place: SocketAddress
        /// Whether what is said there is encrypted.
        package var isEncrypted: Bool
        /// What somebody types on the same machine to come in.
        package var command: String

        /// Makes a row.
        ///
        /// - Parameters:
        ///   - name: The door's name.
        ///   - place: Where it is bound.
        ///   - isEncrypted: Whether what is said there is encrypted.
        ///   - command: Makes the command, given an address by which the machine itself reaches the door.
        package init(
            name: String, at place: SocketAddress, isEncrypted: Bool = false, command: (_ near: SocketAddress) -> String
        ) {
            self.name = name
            self.place = place
            self.isEncrypted = isEncrypted
            self.command = command(Self.near(place))
        }

        /// The address in numeric text, or the path of a Unix socket.
        package var host: String { place.host }

        /// The port; a Unix socket has none, which is 0.
        package var port: Int { place.port ?? 0 }

        private static func near(_ place: SocketAddress) -> SocketAddress {
            switch place {
            case .ipv4(let host, let port) where host == .any: .ipv4(.loopback, port: port)
            case .ipv6(let host, let port) where host == .any: .ipv6(.loopback, port: port)
            default: place
            }
        }

        /// Whether nobody on the network reaches it.
        var isLocal: Bool {
            switch place {
            case .ipv4(let host, _): host.bits >> 24 == 127
            case .ipv6(let host, _): host == .loopback
            case .unix: true
            }
        }

        /// A socket's path needs no word in front.
        var address: String {
            if case .unix = place { return String(place.description.dropFirst("unix:".count)) }
            return place.description
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
    /// Whether players can make accounts in the game.
    package var canMakeAccounts = true
    /// Where the services beside the game listen.
    package var services: [String]
    /// By which clients of SSH know the server: the kinds of its keys with their fingerprints.
    package var fingerprints: [String] = []

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
        var lines = ["mudd \(version) is running, process \(processID).", ""] + wayIn
        let clear = doors.filter { !$0.isLocal && !$0.isEncrypted }.map(\.name)
        if !clear.isEmpty {
            let names = clear.joined(separator: " and ") + (clear.count == 1 ? " is" : " are")
            lines += [
                "",
                "  Others on the network can connect, and \(names) not encrypted: passwords can be read on the way.",
            ]
        }
        lines.append("")
        if let claimCode {
            let way =
                doors.isEmpty
                ? "Whoever comes in once a door is on may type:"
                : canMakeAccounts
                    ? "Come in, create an account, and type:" : "Come in as somebody whom --auth lets in, and type:"
            lines += [
                "  This world has no owner yet. \(way)",
                "",
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

    /// What anybody may read: by which doors one comes in, and by which keys SSH is known; lines ended by newlines.
    package var publicText: String {
        (["mudd \(version) is running.", ""] + wayIn).joined(separator: "\n") + "\n"
    }

    private var wayIn: [String] {
        var lines = doors.isEmpty ? ["  All doors are off; nobody can come in."] : doorLines
        if !fingerprints.isEmpty {
            lines += ["", "  A client of SSH asks at first whether the server's key is the right one:"]
            lines += fingerprints.map { "    " + $0 }
        }
        return lines
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
