package import TelnetWire

/// How a ``TelnetConnection`` behaves.
package struct TelnetSettings {
    package var role: TelnetRole
    package var policy: TelnetPolicy
    /// Who may compress; nil neither offers compression nor agrees to it.
    package var compressors: CompressorPool?
    /// Octets a second that compressed input may become; a peer that exceeds it is cut off.
    ///
    /// Nil leaves it to the ratio.
    package var inflatedOctetsPerSecond: Int?
    /// After how long a silence of this end a NOP is sent, which keeps the connection in the tables of routers; nil for never.
    package var keepAlive: Duration?
    /// Spells in ASCII what the peer's character set does not have.
    package var spelling: (Character) -> String
    /// Is told every command of the stream as a line, such as `RCVD WILL EOR` and `SENT DO TTYPE`; nil costs nothing.
    package var trace: ((String) -> Void)?

    package init(
        role: TelnetRole, policy: TelnetPolicy, compressors: CompressorPool? = nil, inflatedOctetsPerSecond: Int? = nil,
        keepAlive: Duration? = nil, spelling: @escaping (Character) -> String = { _ in "?" },
        trace: ((String) -> Void)? = nil
    ) {
        self.role = role
        self.policy = policy
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
