/// The modes that channels or users have on a server, by whether they take a parameter.
///
/// ```text
///   CHANMODES=beI,k,l,imnst    lists; always a parameter; a parameter when set; never one
///   PREFIX=(ohv)@%+            ranks of members, highest first
/// ```
///
/// - Source: the Modern IRC document, `RPL_ISUPPORT` parameters `CHANMODES`, `PREFIX`; "MODE message".
/// - SeeAlso: `IRCWireTests/IRCModeSetTests`.
public struct IRCModeSet: Hashable, Sendable {
    /// What a mode takes.
    public enum Kind: Hashable, Sendable {
        /// Type A: entries of a list; without a parameter the list is asked for.
        case list
        /// Type B: a parameter when set and when taken away.
        case always
        /// Type C: a parameter when set.
        case whenSet
        /// Type D: no parameter.
        case never
        /// A member's rank: a nick.
        case rank
    }

    /// A rank of a channel's members.
    public struct Rank: Hashable, Sendable {
        /// The mode's letter.
        public var mode: Character
        /// The sign before the nick.
        public var sign: Character

        /// Makes a rank.
        public init(_ mode: Character, _ sign: Character) {
            self.mode = mode
            self.sign = sign
        }
    }

    /// Letters of type A.
    public var list: String
    /// Letters of type B.
    public var always: String
    /// Letters of type C.
    public var whenSet: String
    /// Letters of type D.
    public var never: String
    /// Members' ranks, highest first.
    public var ranks: [Rank]

    /// Makes a set of modes.
    public init(list: String = "", always: String = "", whenSet: String = "", never: String, ranks: [Rank] = []) {
        self.list = list
        self.always = always
        self.whenSet = whenSet
        self.never = never
        self.ranks = ranks
    }

    /// The modes of channels that a server says it has.
    public init(_ support: IRCISupport) {
        let modes = support.channelModes
        self.init(
            list: modes.list, always: modes.always, whenSet: modes.whenSet, never: modes.never,
            ranks: support.prefixes.map { Rank($0.mode, $0.sign) })
    }

    /// What the mode takes; nil when there is no such mode.
    public func kind(of mode: Character) -> Kind? {
        if ranks.contains(where: { $0.mode == mode }) { return .rank }
        if never.contains(mode) { return .never }
        if list.contains(mode) { return .list }
        if always.contains(mode) { return .always }
        return whenSet.contains(mode) ? .whenSet : nil
    }

    /// The value of `CHANMODES`.
    public var channelModesToken: String { [list, always, whenSet, never].joined(separator: ",") }

    /// The value of `PREFIX`.
    public var prefixToken: String {
        "(" + String(ranks.map(\.mode)) + ")" + String(ranks.map(\.sign))
    }

    /// All letters, for 004.
    public var letters: String { String((list + always + whenSet + never + String(ranks.map(\.mode))).sorted()) }

    /// The letters that take a parameter, for 004.
    public var lettersWithParameter: String { String((list + always + whenSet + String(ranks.map(\.mode))).sorted()) }
}
