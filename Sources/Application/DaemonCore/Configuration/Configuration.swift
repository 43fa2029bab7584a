import Logging

/// What an operator can set: built-in values, overlaid by the configuration file, the environment, and the command line.
package struct Configuration: Equatable, Sendable {
    /// The folder of what a running server owns.
    package var data = "Data"
    /// The folder of the world's texts.
    package var world = "World"
    /// Where telnet players come in: an endpoint description, or nil when the door is off.
    package var telnet: String? = "tcp:4000:interface=127.0.0.1"
    /// Where players come in by SSH: an endpoint description, or nil when the door is off.
    package var ssh: String? = "tcp:4022:interface=127.0.0.1"
    /// Where players come in with clients of IRC: an endpoint description, or nil when the door is off.
    package var irc: String? = "tcp:6667:interface=127.0.0.1"
    /// The same for a second door, which is usually one of TLS; nil when it is off.
    package var ircSecure: String?
    /// Where pages in browsers come in with IRC over WebSocket; nil when the door is off.
    package var ircWeb: String?
    /// Where monitoring asks over HTTP: an endpoint description, or nil when the door is off.
    package var metrics: String?
    /// Who may say who a player is: descriptions of checkers, asked in this order.
    package var checkers = ["accounts"]
    /// What the event loop waits with, by the name of a poller; nil leaves the choice to the program.
    package var reactor: String?
    /// The folder that plugins are loaded from.
    package var plugins: String?
    /// What runs beside the game, or without it.
    package var services: [ServiceEntry] = []
    package var guestsAllowed = true
    package var maximumSessions = 5000
    package var loginLimit: Duration = .seconds(120)
    package var idleLimit: Duration = .seconds(3600)
    package var linkDeadLimit: Duration = .seconds(600)
    package var compressedSessions = 2048
    package var linesPerSecond = 20
    /// After how long a silence connections are sent what keeps them open; nil for never.
    package var keepAlive: Duration?
    package var shell = ShellSettings()
    package var chat = ChatSettings()
    package var listing = ListingSettings()
    package var clients = ClientSettings()
    package var logLevels = LogLevels(.info)
    package var logFormat = LogFormat.text
    /// Where the log goes: `-`, `journal` or a path; nil for the data folder.
    package var logFile: String?
    package var logRotation = LogRotation(size: 64 << 20)
    /// Whether the server goes to the background when it is ready.
    package var isDaemon = false
    /// Where to write at the end what took how long: `-` for standard error, or a path.
    package var profile: String?
    /// A call that keeps the event loop for longer is named in the log.
    package var stallLimit: Duration = .seconds(1)
    /// The file that names the process and keeps a second server out.
    package var pidFile: String?
    /// Who the server goes on as, once its doors are bound; a name or a number.
    package var user: String?
    package var group: String?
    /// The folder that becomes the root of the file system.
    package var root: String?
    /// The folder that relative paths count from, inside the root.
    package var folder: String?
    /// The permissions that new files never have.
    package var mask: UInt32?
    /// Where the value of a key came from, as `FILE:LINE:COL` or the variable's name; keys left at their built-in values
    /// and those of the command line are absent.
    package var origins: [String: String] = [:]
    /// The file that was read, as it was named; nil when there was none.
    package var file: String?

    package init() {}

    /// A path as it is seen from outside, of a file that the server sees inside its root or run folder.
    package func outside(_ path: String) -> String {
        func join(_ folder: String, _ path: String) -> String {
            folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
        }
        var path = path
        if let folder, !path.hasPrefix("/") { path = join(folder, path) }
        guard let root else { return path }
        return join(root, path.hasPrefix("/") ? String(path.dropFirst()) : path)
    }

    /// Where a key's value came from, for a complaint about it: `FILE:LINE:COL`, or the key's name.
    package func origin(of path: String) -> String { origins[path] ?? path }

    /// Makes a complaint about a value, with the place in the file or the variable that gave it, or else with the option.
    package func complaint(about key: String, option: String, _ text: String) -> DaemonFailure {
        guard origins[key] != nil else { return DaemonFailure(.usage, "\(option): \(text)") }
        return DaemonFailure(.configuration, "\(origin(of: key)): \(key): \(text)")
    }
}
