/// Which end of a connection a ``TelnetMachine`` speaks for.
package enum TelnetRole: Sendable {
    case server
    case client
}

/// What a ``TelnetMachine`` offers, asks for and agrees to.
package struct TelnetPolicy: Sendable {
    /// Options we agree to perform when the peer says DO.
    package var willingLocal: [TelnetOption]
    /// Options we let the peer perform when it says WILL.
    package var willingRemote: [TelnetOption]
    /// Options we say WILL to at the start; each is also agreed to.
    package var offers: [TelnetOption]
    /// Options we say DO to at the start; each is also agreed to.
    package var requests: [TelnetOption]
    /// Longest input line in octets, without its end.
    package var lineLimit: Int
    /// Client: the names to answer TTYPE with, in this order, the last one repeated.
    package var terminalTypes: [String]
    /// Client: the size to answer NAWS with.
    package var window: TelnetWindowSize

    package init(
        willingLocal: [TelnetOption] = [], willingRemote: [TelnetOption] = [], offers: [TelnetOption] = [],
        requests: [TelnetOption] = [], lineLimit: Int = TelnetLimits.lineOctets, terminalTypes: [String] = [],
        window: TelnetWindowSize = TelnetWindowSize(columns: 80, rows: 24)
    ) {
        self.willingLocal = willingLocal
        self.willingRemote = willingRemote
        self.offers = offers
        self.requests = requests
        self.lineLimit = max(1, lineLimit)
        self.terminalTypes = terminalTypes
        self.window = window
    }

    /// A line-at-a-time text server.
    ///
    /// SGA is neither offered nor agreed to: Debian's `telnet` and PuTTY take WILL SGA as the order to send each key
    /// by itself and edit nothing, and tintin++ does so when ECHO joins it for a password. ECHO is not in the list
    /// because only ``TelnetMachine/setEcho(hidden:)`` decides about it; a peer that asks for it is refused.
    package static let server = TelnetPolicy(
        willingLocal: [.binary], willingRemote: [.binary, .suppressGoAhead],
        offers: [.endOfRecord], requests: [.terminalType, .windowSize])

    /// A client that tells its window and terminal and lets the server hide passwords and mark prompts.
    package static let client = TelnetPolicy(
        willingLocal: [.binary, .suppressGoAhead, .terminalType, .windowSize],
        willingRemote: [.binary, .echo, .suppressGoAhead, .endOfRecord],
        lineLimit: 65_536, terminalTypes: ["ANSI"])

    func isWilling(_ option: TelnetOption, _ side: TelnetSide) -> Bool {
        switch side {
        case .local: willingLocal.contains(option) || offers.contains(option)
        case .remote: willingRemote.contains(option) || requests.contains(option)
        }
    }
}
