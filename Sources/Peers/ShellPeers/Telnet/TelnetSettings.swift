public import TelnetWire

/// How a ``TelnetConnection`` behaves.
public struct TelnetSettings {
    /// Which end of the connection this is.
    public var role: TelnetRole
    /// What is offered, asked for and agreed to, compression apart.
    public var policy: TelnetPolicy
    /// Who may compress; nil neither offers compression nor agrees to it.
    public var compressors: CompressorPool?
    /// Octets a second that compressed input may become; a peer that exceeds it is cut off.
    ///
    /// Nil leaves it to the ratio.
    public var inflatedOctetsPerSecond: Int?
    /// After how long a silence of this end a NOP is sent, which keeps the connection in the tables of routers; nil for never.
    public var keepAlive: Duration?
    /// Spells in ASCII what the peer's character set does not have.
    public var spelling: (Character) -> String
    /// Is told every command of the stream as a line, such as `RCVD WILL EOR` and `SENT DO TTYPE`; nil costs nothing.
    public var trace: ((String) -> Void)?

    /// Makes settings; without a policy, that of a MUD server or client: ``TelnetPolicy/server``, ``TelnetPolicy/client``.
    public init(
        role: TelnetRole, policy: TelnetPolicy? = nil, compressors: CompressorPool? = nil,
        inflatedOctetsPerSecond: Int? = nil, keepAlive: Duration? = nil,
        spelling: @escaping (Character) -> String = { _ in "?" },
        trace: ((String) -> Void)? = nil
    ) {
        self.role = role
        self.policy = policy ?? (role == .server ? .server : .client)
        self.compressors = compressors
        self.inflatedOctetsPerSecond = inflatedOctetsPerSecond
        self.keepAlive = keepAlive
        self.spelling = spelling
        self.trace = trace
    }

    /// What the machine may negotiate now: no compression where there is no room for it.
    var agreedPolicy: TelnetPolicy {
        guard let compressors, compressors.hasRoom else { return policy }
        return role == .server ? policy.offeringCompression : policy.acceptingCompression
    }
}
