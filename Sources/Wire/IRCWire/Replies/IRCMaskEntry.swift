public import Basics

/// The three lists of masks that a channel has.
public enum IRCMaskList: Character, Hashable, Sendable, CaseIterable {
    case bans = "b"
    case exceptions = "e"
    case inviteExceptions = "I"
}

/// A mask on one of a channel's lists.
public struct IRCMaskEntry: Hashable, Sendable {
    /// The mask as it was set.
    public var mask: IRCParameter
    /// Who set it: a nick or a source.
    public var setter: IRCParameter
    /// When it was set.
    public var time: WallInstant

    /// Makes an entry.
    public init(mask: IRCParameter, setter: IRCParameter, time: WallInstant) {
        self.mask = mask
        self.setter = setter
        self.time = time
    }
}
