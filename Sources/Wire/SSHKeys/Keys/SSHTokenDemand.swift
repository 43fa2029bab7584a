/// What a security key has to say of the person before its signature counts.
public enum SSHTokenDemand: Hashable, Sendable {
    /// Nothing: a token that signs by itself will do.
    case nothing
    /// That somebody touched it, which is the rule.
    case presence
    /// That somebody touched it, and told it the PIN or showed a finger.
    case verification
}
