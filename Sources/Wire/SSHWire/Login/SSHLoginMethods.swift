/// What a server says can go on.
public struct SSHLoginMethods: Hashable, Sendable {
    /// Those that are spoken here.
    public var known: Set<SSHLoginMethod>
    /// All of them, cleaned, as a message for people names them.
    public var names: [String]

    /// Makes a list of those that are spoken.
    public init(_ known: Set<SSHLoginMethod>) {
        self.known = known
        names = SSHLoginMethod.ordered(known).map(\.rawValue)
    }

    init(names: [String]) {
        self.names = names
        known = Set(names.compactMap { SSHLoginMethod(rawValue: $0) })
    }
}
