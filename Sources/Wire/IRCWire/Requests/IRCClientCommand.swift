/// A command that clients may send.
///
/// - Source: the Modern IRC document, section "Client Messages", and the IRCv3 specifications.
public enum IRCClientCommand: String, CaseIterable, Hashable, Sendable {
    // Connection
    case cap = "CAP"
    case authenticate = "AUTHENTICATE"
    case pass = "PASS"
    case nick = "NICK"
    case user = "USER"
    case ping = "PING"
    case pong = "PONG"
    case oper = "OPER"
    case quit = "QUIT"
    case error = "ERROR"
    case register = "REGISTER"
    case verify = "VERIFY"

    // Channels
    case join = "JOIN"
    case part = "PART"
    case topic = "TOPIC"
    case names = "NAMES"
    case list = "LIST"
    case invite = "INVITE"
    case kick = "KICK"
    case mode = "MODE"

    // Messages
    case privmsg = "PRIVMSG"
    case notice = "NOTICE"
    case tagmsg = "TAGMSG"
    case batch = "BATCH"
    case chathistory = "CHATHISTORY"
    case markread = "MARKREAD"

    // Users
    case who = "WHO"
    case whois = "WHOIS"
    case whowas = "WHOWAS"
    case away = "AWAY"
    case userhost = "USERHOST"
    case ison = "ISON"
    case setname = "SETNAME"
    case monitor = "MONITOR"

    // Server
    case motd = "MOTD"
    case version = "VERSION"
    case admin = "ADMIN"
    case lusers = "LUSERS"
    case time = "TIME"
    case stats = "STATS"
    case help = "HELP"
    case info = "INFO"
    case links = "LINKS"

    // Operators
    case kill = "KILL"
    case kline = "KLINE"
    case unkline = "UNKLINE"
    case wallops = "WALLOPS"
    case rehash = "REHASH"
    case restart = "RESTART"
    case connect = "CONNECT"
    case squit = "SQUIT"

    /// Finds the command of a message; nil when clients have no such one.
    public init?(_ command: IRCCommand) {
        guard let number = Self.number(command.name) else { return nil }
        let numbers = Self.numbers
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle].number < number { low = middle + 1 } else { high = middle }
        }
        guard low < numbers.count, numbers[low].number == number else { return nil }
        self = numbers[low].command
    }

    /// The command as it stands in a message.
    public var command: IRCCommand { IRCCommand(checked: rawValue) }

    /// All names as numbers, in order: to be found by halves, faster than by hashing.
    private static let numbers: [(number: UInt64, command: IRCClientCommand)] = {
        let names = allCases.map { ($0.rawValue, $0) } + [("HELPOP", .help)]
        return names.compactMap { name, command in number(name).map { ($0, command) } }.sorted { $0.number < $1.number }
    }()

    /// Octets of the longest name, `AUTHENTICATE`, and the most whose number 64 bits hold.
    private static let longest = 12

    /// A name as a number of base 37, another for each name; nil for one that is longer than all of them.
    private static func number(_ name: String) -> UInt64? {
        var name = name
        return name.withUTF8 { octets in
            guard octets.count <= longest else { return nil }
            var number: UInt64 = 0
            for octet in octets {
                // Digits and capitals are 1 to 36; those between them are none.
                guard (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet) else { return nil }
                number = number &* 37 &+ UInt64(octet < 0x3A ? octet - 0x2F : octet - 0x36)
            }
            return number
        }
    }

    /// How many parameters the command needs at least; those whose lack has a numeric of its own say 0.
    public var minimumParameters: Int {
        switch self {
        case .user: 4
        case .register: 3
        case .invite, .kick, .oper, .verify, .kill, .squit: 2
        case .cap, .authenticate, .pass, .join, .part, .topic, .mode, .tagmsg, .batch, .who, .whowas, .userhost,
            .ison, .setname, .monitor, .kline, .unkline, .wallops, .connect:
            1
        case .nick, .ping, .pong, .quit, .error, .names, .list, .privmsg, .notice, .chathistory, .markread, .whois,
            .away, .motd, .version, .admin, .lusers, .time, .stats, .help, .info, .links, .rehash, .restart:
            0
        }
    }
}
