/// Which options one end has on when the other asks, and which it asks for itself.
package struct TelnetPolicy: Sendable {
    /// Ours: answered with WILL when the peer sends DO.
    package var performs: Set<TelnetOption>
    /// Theirs: answered with DO when the peer sends WILL.
    package var wants: Set<TelnetOption>
    /// What we offer and ask for without being asked.
    package var offers: [TelnetOption]
    package var requests: [TelnetOption]
    /// What a client answers when asked.
    package var windowSize: (columns: Int, rows: Int)?
    package var terminalTypes: [String]
    /// Octets of an input line.
    package var lineLimit: Int

    package init(
        performs: Set<TelnetOption>, wants: Set<TelnetOption>, offers: [TelnetOption], requests: [TelnetOption],
        windowSize: (columns: Int, rows: Int)? = nil, terminalTypes: [String] = [], lineLimit: Int = TelnetLimits.line
    ) {
        self.performs = performs
        self.wants = wants
        self.offers = offers
        self.requests = requests
        self.windowSize = windowSize
        self.terminalTypes = terminalTypes
        self.lineLimit = lineLimit
    }

    /// A game's side: window size and terminal type from the client, marked prompts from us.
    ///
    /// Suppress-go-ahead is refused, because clients that have it with ECHO leave line mode; ECHO is offered around
    /// passwords only, by ``TelnetMachine/hideInput(_:)``.
    package static let server = TelnetPolicy(
        performs: [.endOfRecord], wants: [.windowSize, .terminalType], offers: [.endOfRecord],
        requests: [.windowSize, .terminalType])

    /// A player's side.
    package static func client(columns: Int, rows: Int, terminalTypes: [String]) -> TelnetPolicy {
        TelnetPolicy(
            performs: [.windowSize, .terminalType], wants: [.echo, .endOfRecord, .suppressGoAhead], offers: [],
            requests: [], windowSize: (columns, rows), terminalTypes: terminalTypes)
    }
}
