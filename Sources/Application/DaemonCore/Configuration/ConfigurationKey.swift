import Logging

/// One row of the table of settings: where it stands in the file, what it means, how its text is read.
///
/// The table is the single source for reading a file and for the annotated reference file.
struct ConfigurationKey: Sendable {
    typealias Path<Value> = any WritableKeyPath<Configuration, Value> & Sendable

    /// The field a key sets, by the form of its text.
    enum Field: Sendable {
        case folder(Path<String>)
        case door(Path<String?>)
        case name(Path<String?>)
        case text(Path<String?>)
        case mask(Path<UInt32?>)
        case flag(Path<Bool>)
        case count(Path<Int>, ClosedRange<Int>)
        case time(Path<Duration>)
        /// A time, or 0 for never.
        case interval(Path<Duration?>)
        case levels(Path<LogLevels>)
        case format(Path<LogFormat>)
        case octets(Path<Int?>)
        /// One or more, which may hold secrets.
        case checkers(Path<[String]>)
    }

    /// The keys from the top of the file, joined by dots.
    let path: String
    let field: Field
    /// What it means, one line each.
    let remarks: [String]
    /// Whether a server that runs can take another value.
    let isLive: Bool

    init(_ path: String, _ field: Field, isLive: Bool = false, _ remarks: String...) {
        self.path = path
        self.field = field
        self.isLive = isLive
        self.remarks = remarks
    }

    static let all = [
        ConfigurationKey(
            "data", .folder(\.data), "The folder of what a running server owns: database, log, control socket."),
        ConfigurationKey(
            "world", .folder(\.world), "The folder of the world's texts; read when the database holds no world yet."),
        ConfigurationKey(
            "reactor", .name(\.reactor),
            "What the event loop waits with: a name that mudd serve --help-reactors lists,",
            "or auto for the best of the platform."),
        ConfigurationKey(
            "plugins", .text(\.plugins), isLive: true,
            "A folder of plugins, or none; a reload finds those that are new."),
        ConfigurationKey(
            "doors.telnet", .door(\.telnet), "Telnet: an endpoint, or off. Loopback only until you say otherwise;",
            "tcp:4000 listens on all addresses, tcp:0 on a free port."),
        ConfigurationKey(
            "doors.ssh", .door(\.ssh),
            "SSH, where all that is said is encrypted: an endpoint, or off. Loopback only until you say otherwise."),
        ConfigurationKey(
            "doors.irc", .door(\.irc),
            "IRC: an endpoint, or off. Loopback only until you say otherwise; it is not encrypted, doors.ircs is."),
        ConfigurationKey(
            "doors.ircs", .door(\.ircSecure),
            "IRC with TLS, for everybody: an endpoint such as tls:6697:cert=chain.pem:key=key.pem, or off."),
        ConfigurationKey(
            "doors.ircweb", .door(\.ircWeb),
            "IRC over WebSocket, for clients in browsers: an endpoint, or off. Pages are served over TLS, and so must this be",
            "(tls:8097:cert=chain.pem:key=key.pem) unless it stands behind a proxy."),
        ConfigurationKey(
            "doors.metrics", .door(\.metrics),
            "Monitoring over HTTP, without a password: /metrics for Prometheus, /health, /ready.",
            "An endpoint such as tcp:9100:interface=127.0.0.1, or off."),
        ConfigurationKey(
            "auth", .checkers(\.checkers),
            "Who may say who a player is, asked in order: types with their arguments, as mudd serve --help-auth lists",
            "them; a list, or one line with spaces between them (a space inside is written \\ with a space after it)."),
        ConfigurationKey(
            "limits.guests", .flag(\.guestsAllowed), isLive: true,
            "Whether people may come in as guests, without an account."),
        ConfigurationKey(
            "limits.sessions", .count(\.maximumSessions, 1...100_000), isLive: true,
            "The most connections at one time, over all doors; who takes longest to log in makes room for others."),
        ConfigurationKey(
            "limits.login", .time(\.loginLimit), isLive: true, "How long a connection may take to log in."),
        ConfigurationKey(
            "limits.idle", .time(\.idleLimit), isLive: true,
            "How long a player may do nothing before being sent away; clients of IRC may stay and listen."),
        ConfigurationKey(
            "limits.linkdead", .time(\.linkDeadLimit), isLive: true,
            "How long a body waits in the world for its lost connection."),
        ConfigurationKey(
            "limits.compressed", .count(\.compressedSessions, 0...100_000), isLive: true,
            "The most telnet connections whose text is compressed at one time, 46K of memory each; 0 compresses none."),
        ConfigurationKey(
            "limits.lines", .count(\.linesPerSecond, 0...100_000), isLive: true,
            "Lines a second taken from one connection, five seconds' worth at once and 1K of octets for each; what is more",
            "waits. 0 for no limit. New connections have it."),
        ConfigurationKey(
            "limits.keepalive", .interval(\.keepAlive), isLive: true,
            "How long a connection may be silent before it is sent what nobody sees, such as a NOP of telnet: routers then keep",
            "it in their tables, and a peer that is gone is found out; 0 sends none. New connections have it."),
        ConfigurationKey(
            "ssh.keys", .text(\.shell.keys),
            "The folder of the keys by which clients of SSH know the server; none is ssh in the data folder. The first start",
            "makes them. Those in the folder next below it are told to clients beforehand, and used when they are moved up;",
            "a reload reads them all again."
        ),
        ConfigurationKey(
            "ssh.keyexchange", .text(\.shell.keyExchanges), isLive: true,
            "Which methods of key exchange SSH offers, the best first, with commas between them; none is those that audits",
            "do not object to. For clients that have no Curve25519 add ecdh-sha2-nistp256 behind curve25519-sha256 and",
            "curve25519-sha256@libssh.org. New connections have it."),
        ConfigurationKey(
            "ssh.banner", .text(\.shell.banner), isLive: true,
            "What clients of SSH show before somebody has logged in, or none."),
        ConfigurationKey(
            "ssh.forwarding", .flag(\.shell.isForwarding), isLive: true,
            "Whether administrators may have TCP connections made from the server's machine (ssh -L, -J, -W)."),
        ConfigurationKey(
            "irc.name", .text(\.chat.name),
            "The server's name in IRC, such as mud.example.org; none is listing.hostname, or else mudd."),
        ConfigurationKey(
            "irc.network", .text(\.chat.network),
            "The network's name in IRC, one word; none is made of the game's title."),
        ConfigurationKey(
            "irc.origins", .text(\.chat.origins),
            "Whose pages may come in at doors.ircweb, with spaces between: https://chat.example.org; none lets in any."),
        ConfigurationKey(
            "irc.sts", .interval(\.chat.secureTime),
            "How long clients that came in without TLS are to use doors.ircs only (STS), such as 30d; 0 does not ask them."
        ),
        ConfigurationKey(
            "irc.connections", .count(\.chat.connectionsPerSource, 1...100_000),
            "The most connections of IRC from one address at one time; the machine itself may have more."),
        ConfigurationKey(
            "listing.hostname", .text(\.listing.hostname), isLive: true,
            "What lists of games are told beside what the server counts itself: the name by which players connect."),
        ConfigurationKey(
            "listing.contact", .text(\.listing.contact), isLive: true, "An address for mail to who runs the game."),
        ConfigurationKey("listing.website", .text(\.listing.website), isLive: true, "The address of a page about it."),
        ConfigurationKey(
            "listing.icon", .text(\.listing.icon), isLive: true, "The address of a picture of 32 by 32 points or more."),
        ConfigurationKey(
            "listing.location", .text(\.listing.location), isLive: true, "The country the server is in, in English."),
        ConfigurationKey("listing.created", .text(\.listing.created), isLive: true, "The year the game opened."),
        ConfigurationKey(
            "listing.status", .text(\.listing.status), isLive: true, "Live, Open Beta, Closed Beta or Alpha."),
        ConfigurationKey(
            "listing.genre", .text(\.listing.genre), isLive: true, "Such as Fantasy, Historical, Modern or None."),
        ConfigurationKey(
            "listing.gameplay", .text(\.listing.gameplay), isLive: true, "Such as Adventure, Roleplaying or Social."),
        ConfigurationKey(
            "clients.surface", .text(\.clients.surface), isLive: true,
            "What clients such as Mudlet are offered: the address of a package with a surface for the game."),
        ConfigurationKey(
            "clients.surfaceversion", .text(\.clients.surfaceVersion), isLive: true,
            "Its version; clients that have another one fetch it anew."),
        ConfigurationKey("clients.map", .text(\.clients.map), isLive: true, "The address of a map of the game."),
        ConfigurationKey(
            "clients.sounds", .text(\.clients.sounds), isLive: true,
            "The address of the folder with the sounds that the world's files name, with a slash at its end."),
        ConfigurationKey(
            "clients.discord", .text(\.clients.discord), isLive: true,
            "Where to join the players' community on Discord."),
        ConfigurationKey(
            "clients.discordapplication", .text(\.clients.discordApplication), isLive: true,
            "The number of the application under which Discord shows the game."),
        ConfigurationKey(
            "process.daemon", .flag(\.isDaemon),
            "Whether the server goes to the background as soon as it is ready. Not for systemd."),
        ConfigurationKey(
            "process.profile", .text(\.profile),
            "Where to write at the end what the event loop called, and how long that took: a file, or - for",
            "standard error."),
        ConfigurationKey(
            "process.pidfile", .text(\.pidFile),
            "A file that names the process and keeps a second server from starting."),
        ConfigurationKey(
            "process.user", .text(\.user),
            "Who the server goes on as when its doors are bound, by name or number; needs root to start it."),
        ConfigurationKey("process.group", .text(\.group), "The group it goes on as; unless given, the user's own."),
        ConfigurationKey(
            "process.chroot", .text(\.root),
            "A folder that becomes the root of the file system; other paths count from there. Needs root."),
        ConfigurationKey("process.rundir", .text(\.folder), "The folder that relative paths count from."),
        ConfigurationKey("process.umask", .mask(\.mask), "The permissions that new files never have, such as 077."),
        ConfigurationKey(
            "log.level", .levels(\.logLevels), isLive: true,
            "What is written to the log: trace, debug, info, notice, warning, error or critical; for single",
            "subsystems as well: info,game=debug."),
        ConfigurationKey(
            "log.format", .format(\.logFormat), "How: text to read, json or logfmt for programs."),
        ConfigurationKey(
            "log.file", .text(\.logFile),
            "Where to: a file, - for standard output, or journal for systemd's; none is mudd.log in the data folder."),
        ConfigurationKey(
            "log.stalls", .time(\.stallLimit),
            "A call that keeps the event loop, and so everybody, for longer than this is named in the log."),
        ConfigurationKey(
            "log.size", .octets(\.logRotation.size), isLive: true,
            "The size over which a log file does not grow, such as 64M: it is put aside as FILE.1 before. Or none."),
        ConfigurationKey(
            "log.daily", .flag(\.logRotation.isDaily), isLive: true, "Whether each day (UTC) begins a new file as well."
        ),
        ConfigurationKey(
            "log.keep", .count(\.logRotation.keep, 0...1000), isLive: true, "How many files put aside are kept."),
    ]

    /// The text of the value in a configuration.
    func write(_ configuration: Configuration) -> String {
        switch field {
        case .folder(let path): configuration[keyPath: path]
        case .door(let path): configuration[keyPath: path] ?? "off"
        case .name(let path): configuration[keyPath: path] ?? "auto"
        case .text(let path): configuration[keyPath: path] ?? "none"
        case .mask(let path): configuration[keyPath: path].map { "0" + String($0, radix: 8) } ?? "none"
        case .flag(let path): configuration[keyPath: path] ? "yes" : "no"
        case .count(let path, _): String(configuration[keyPath: path])
        case .time(let path): CompactDuration.write(configuration[keyPath: path])
        case .interval(let path): configuration[keyPath: path].map(CompactDuration.write) ?? "0"
        case .levels(let path): configuration[keyPath: path].description
        case .format(let path): configuration[keyPath: path].rawValue
        case .octets(let path): configuration[keyPath: path].map(OctetCount.write) ?? "none"
        case .checkers(let path): configuration[keyPath: path].map(CheckerList.protected).joined(separator: " ")
        }
    }

    /// The text of the value for people: without secrets.
    func show(_ configuration: Configuration) -> String {
        guard case .checkers(let path) = field else { return write(configuration) }
        return configuration[keyPath: path].map { String($0.prefix { $0 != ":" }) }.joined(separator: " ")
    }

    /// A text that did not fit, for a complaint about it.
    func shown(_ text: String) -> String {
        if case .checkers = field { return "this" }
        return "“\(text)”"
    }

    /// Reads the text of a value into a configuration, or changes nothing when it does not fit.
    ///
    /// - Returns: What was expected instead, or nil when the text fits.
    func read(_ text: String, into configuration: inout Configuration) -> String? {
        switch field {
        case .folder(let path):
            if text.isEmpty || text.utf8.contains(0) { return "the path of a folder" }
            configuration[keyPath: path] = text
        case .door(let path):
            if text.isEmpty { return "an endpoint description such as tcp:4000, or off" }
            configuration[keyPath: path] = text == "off" ? nil : text
        case .name(let path):
            if text.isEmpty { return "a name, or auto" }
            configuration[keyPath: path] = text == "auto" ? nil : text
        case .text(let path):
            if text.isEmpty || text.utf8.contains(0) { return "a text, or none" }
            configuration[keyPath: path] = text == "none" ? nil : text
        case .mask(let path):
            if text == "none" {
                configuration[keyPath: path] = nil
                return nil
            }
            guard let value = UInt32(text, radix: 8), value <= 0o777 else { return "octal digits up to 777, or none" }
            configuration[keyPath: path] = value
        case .flag(let path):
            guard let value = FlagText.read(text) else { return "yes or no" }
            configuration[keyPath: path] = value
        case .count(let path, let range):
            guard let value = Int(text), range.contains(value) else {
                return "a whole number from \(range.lowerBound) to \(range.upperBound)"
            }
            configuration[keyPath: path] = value
        case .time(let path):
            guard let value = CompactDuration.read(text), value > .zero else {
                return "a time such as 90s, 10m or 1h30m"
            }
            configuration[keyPath: path] = value
        case .interval(let path):
            guard text != "0" else {
                configuration[keyPath: path] = nil
                return nil
            }
            guard let value = CompactDuration.read(text), value > .zero else {
                return "a time such as 90s or 10m, or 0"
            }
            configuration[keyPath: path] = value
        case .levels(let path):
            guard let value = LogLevels(text) else {
                return "one of " + Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
                    + ", and for subsystems such as info,game=debug"
            }
            configuration[keyPath: path] = value
        case .format(let path):
            guard let value = LogFormat(rawValue: text) else {
                return "one of " + LogFormat.allCases.map(\.rawValue).joined(separator: ", ")
            }
            configuration[keyPath: path] = value
        case .octets(let path):
            guard text != "none" else {
                configuration[keyPath: path] = nil
                return nil
            }
            guard let value = OctetCount.read(text), value > 0 else { return "a size such as 500K or 64M, or none" }
            configuration[keyPath: path] = value
        case .checkers(let path):
            let checkers = CheckerList.read(text)
            guard (1...CheckerList.most).contains(checkers.count) else {
                return "one to \(CheckerList.most) types, such as accounts, or file:/etc/mudd/passwords"
            }
            configuration[keyPath: path] = checkers
        }
        return nil
    }
}
