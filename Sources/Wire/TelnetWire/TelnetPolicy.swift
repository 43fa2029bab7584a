/// Which end of a connection a ``TelnetMachine`` speaks for.
public enum TelnetRole: Sendable {
    /// Whose text is read, and who may hide what is typed.
    case server
    /// Whose user types and reads.
    case client
}

/// What a ``TelnetMachine`` offers, asks for and agrees to.
public struct TelnetPolicy: Sendable {
    /// Options we agree to perform when the peer says DO.
    public var willingLocal: [TelnetOption]
    /// Options we let the peer perform when it says WILL.
    public var willingRemote: [TelnetOption]
    /// Options we say WILL to at the start; each is also agreed to.
    public var offers: [TelnetOption]
    /// Options we say DO to at the start; each is also agreed to.
    public var requests: [TelnetOption]
    /// Longest input line in octets, without its end.
    public var lineLimit: Int
    /// Client: the names to answer TTYPE with, in this order, the last one repeated.
    public var terminalTypes: [String]
    /// Client: the size to answer NAWS with.
    public var window: TelnetWindowSize
    /// The variables of NEW-ENVIRON.
    ///
    /// A server asks for these and hears no other; a client answers with these.
    public var environment: [TelnetVariable]
    /// The character sets to ask for and to agree to, the best first.
    public var characterSets: [String]
    /// Whether the peer's text comes as octets from the start and for good: for a client that shows what arrives.
    public var deliversOctets: Bool

    /// Makes a policy; without arguments it offers, asks for and agrees to nothing.
    public init(
        willingLocal: [TelnetOption] = [], willingRemote: [TelnetOption] = [], offers: [TelnetOption] = [],
        requests: [TelnetOption] = [], lineLimit: Int = TelnetLimits.lineOctets, terminalTypes: [String] = [],
        window: TelnetWindowSize = TelnetWindowSize(columns: 80, rows: 24), environment: [TelnetVariable] = [],
        characterSets: [String] = [], deliversOctets: Bool = false
    ) {
        self.willingLocal = willingLocal
        self.willingRemote = willingRemote
        self.offers = offers
        self.requests = requests
        self.lineLimit = max(1, lineLimit)
        self.terminalTypes = terminalTypes
        self.window = window
        self.environment = environment
        self.characterSets = characterSets
        self.deliversOctets = deliversOctets
    }

    /// A line-at-a-time text server for plain telnet and for the programs of MUD players.
    ///
    /// The opening is one packet of 24 octets, 30 with compression, and nothing waits for an answer to it: a client
    /// that knows none of these options refuses each, or stays silent, and plays on.
    ///
    /// - SGA is neither offered nor agreed to: Debian's `telnet` and PuTTY take WILL SGA as the order to send each key
    ///   by itself and edit nothing, and tintin++ does so when ECHO joins it for a password. ECHO is in no list because
    ///   only ``TelnetMachine/setEcho(hidden:)`` decides about it, and Mudlet hides all typing while it is on.
    ///   ``TelnetMachine/setCharacterMode(_:)`` offers both, to a client that is known to want it.
    /// - LINEMODE is refused: it would let the client edit by rules that few clients keep.
    /// - CHARSET is offered rather than asked for, since the side that says WILL sends the list; UTF-8 comes first
    ///   because tintin++ and Mudlet look no further than the first name they know.
    /// - MXP is not offered, because a client reads `<` in every text as a tag once it is agreed on; MSP and MCCP1 never
    ///   are. ``TelnetMachine/offer(_:)`` offers MXP to those who ask for it in play.
    public static let server = TelnetPolicy(
        willingLocal: [.binary], willingRemote: [.binary, .suppressGoAhead, .characterSet],
        offers: [.endOfRecord, .characterSet, .gmcp, .msdp, .mssp],
        requests: [.terminalType, .windowSize, .newEnvironment],
        environment: askedEnvironment, characterSets: textCharacterSets)

    /// A client that tells its window and terminal, lets the server hide passwords and mark prompts, and takes messages.
    public static let client = TelnetPolicy(
        willingLocal: [.binary, .suppressGoAhead, .terminalType, .windowSize, .newEnvironment, .characterSet],
        willingRemote: [
            .binary, .echo, .suppressGoAhead, .endOfRecord, .characterSet, .gmcp, .msdp, .mssp,
        ],
        lineLimit: 65_536, terminalTypes: ["ANSI"], characterSets: textCharacterSets)

    /// The same policy of a server with MCCP2 and MCCP3 offered, for an owner that can deflate and inflate.
    package var offeringCompression: TelnetPolicy {
        var policy = self
        policy.offers += [.mccp2, .mccp3]
        return policy
    }

    /// The same policy of a client that agrees to MCCP2 and MCCP3, for an owner that can inflate and deflate.
    package var acceptingCompression: TelnetPolicy {
        var policy = self
        policy.willingRemote += [.mccp2, .mccp3]
        return policy
    }

    /// What every owner can read and write without tables.
    private static let textCharacterSets = ["UTF-8", "ISO-8859-1", "US-ASCII"]

    /// What MNES names and what else Mudlet tells; the address and name of the user are none of our business.
    ///
    /// MNES sends its five as VAR, Mudlet without MNES sends them as USERVAR, and both answer only to the kind they use.
    private static let askedEnvironment: [TelnetVariable] = {
        let standard = ["CHARSET", "CLIENT_NAME", "CLIENT_VERSION", "MTTS", "TERMINAL_TYPE"]
        return standard.map { TelnetVariable(.wellKnown, $0) }
            + (standard + ["SCREEN_READER", "WORD_WRAP"]).map { TelnetVariable(.user, $0) }
    }()

    func isWilling(_ option: TelnetOption, _ side: TelnetSide) -> Bool {
        switch side {
        case .local: willingLocal.contains(option) || offers.contains(option)
        case .remote: willingRemote.contains(option) || requests.contains(option)
        }
    }
}
