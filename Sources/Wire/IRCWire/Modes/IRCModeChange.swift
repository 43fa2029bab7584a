/// One change of a mode, of a channel or of a user.
public struct IRCModeChange: Hashable, Sendable {
    /// The mode's letter.
    public var mode: Character
    /// Whether it is set or taken away.
    public var isOn: Bool
    /// What goes with it: a mask, nick, key or number.
    public var parameter: IRCParameter?

    /// Makes a change.
    public init(_ mode: Character, isOn: Bool = true, _ parameter: IRCParameter? = nil) {
        self.mode = mode
        self.isOn = isOn
        self.parameter = parameter
    }
}
