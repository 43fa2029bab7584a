import Basics
import IRCWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// How the world appears in IRC, and what the commands of IRC do in it: the whole map in one place.
///
/// | In IRC | In the world |
/// | --- | --- |
/// | a nick | a character's name, as the game spells it: 3 to 20 letters; `Guest1` and so on for guests |
/// | `nick!user@host` | character, account (`guest` for guests), the door they did something at last: `Ada!ada@telnet` |
/// | a nick with user `*`, host `creature` | somebody who lives in the world; spaces in the name are `_` |
/// | `*game` | the game itself: what it answers, and what happens |
/// | `#name` | the channel of that name; spaces in it are `_` |
/// | `#here` | the place where the character is; it goes with them |
/// | SASL, `PASS` | the account's password, with an authenticator's code behind it and a space between them |
/// | no password | a guest |
/// | `nick/network` | somebody of a bridged network, `nick@network` in the world: `eve/example!eve@example` |
/// | `@` before a nick | keeps order on the channel |
/// | `+` before a nick | may speak on a channel where only chosen ones do |
///
/// What the world has nothing like is not offered. A message has one line at every door, so there is no `draft/multiline`: a text of
/// several is several messages. The world keeps what was said and what moderators did, who may read the latter, and not who came and
/// went, so there is no `draft/event-playback`.
///
/// What each command does is ``acts``; what modes mean is ``channelModes`` and ``userModes``; what becomes of a refusal of the
/// world is ``numeric(for:_:)``.
///
/// - SeeAlso: `IRCGatewayTests/IRCMapTests`.
enum IRCMap {
    /// The channel that is the place where one is.
    static let here = "#here"
    /// Why nobody keeps order in ``here``.
    static let hereHasNoOperators: IRCParameter = "\(here) is the room you stand in; it has no operators"
    /// The nick of the game itself.
    static let game = "*game"
    /// What a line in ``here`` begins with that is a command, if a letter follows.
    static let mark: Character = "."
    /// The user and the host of those who live in the world and are nobody's.
    static let creature = (user: "*", host: "creature")
    /// The host of those who are not connected.
    static let absent = "away"

    // MARK: What commands do

    /// One command, and what is typed in the game for the same.
    struct Act {
        let command: String
        let deed: String
        let remark: String

        init(_ command: String, _ deed: String, _ remark: String = "") {
            self.command = command
            self.deed = deed
            self.remark = remark
        }
    }

    /// The commands that are acts of the world, and what they look at where they only ask; HELP tells it.
    static let acts: [Act] = [
        Act("JOIN #chat", "join chat", "for all your connections"),
        Act("JOIN #here", "look", "opens the room; who comes and goes joins and parts"),
        Act("PART #chat", "part chat"),
        Act("PART #here", "nothing", "closes the room; you stay where you are"),
        Act("PRIVMSG #chat", "chat TEXT"),
        Act("ACTION in #chat", "chat :TEXT"),
        Act("PRIVMSG #here", "say TEXT"),
        Act("PRIVMSG #here :.COMMAND", "COMMAND"),
        Act("ACTION in #here", "emote TEXT"),
        Act("PRIVMSG *game", "COMMAND", "the answers come from *game"),
        Act("PRIVMSG NICK", "tell NICK TEXT", "waits for those who are away"),
        Act("TAGMSG", "nothing", "typing, replies and reactions, among clients of IRC; nothing of it is kept"),
        Act("NOTICE", "the same", "without a word when it cannot be done"),
        Act("TOPIC #chat :TEXT", "channel chat topic TEXT"),
        Act("TOPIC #here", "look", "only looks"),
        Act("NAMES, WHO, LIST", "channel chat, who, channels"),
        Act("WHOIS, WHOWAS", "finger NICK"),
        Act("AWAY :TEXT", "away TEXT"),
        Act("AWAY", "back"),
        Act("INVITE NICK #chat", "channel chat invite NICK"),
        Act("KICK #chat NICK", "channel chat kick NICK"),
        Act("MODE #chat +b NICK", "channel chat ban NICK"),
        Act("MODE #chat +o NICK", "channel chat moderator add NICK"),
        Act("MODE #chat +v NICK", "channel chat voice add NICK"),
        Act("MODE #chat +m", "channel chat moderated on"),
        Act("MODE #chat +i", "channel chat closed on"),
        Act("MODE #chat +M", "channel chat guests off"),
        Act("NICK NAME", "play NAME", "another character of your account"),
        Act("SETNAME :TEXT", "plan TEXT"),
        Act("REGISTER * * PASSWORD", "new", "as a guest, or before you have come in"),
        Act("CHATHISTORY", "history chat"),
        Act("QUIT", "nothing", "closes this connection, and you leave the game if it is your last; quit closes all"),
        Act("KILL NICK :REASON", "mud-admin kick", "for administrators"),
        Act("KLINE MINUTES *@ADDRESS :REASON", "ban ADDRESS", "for administrators"),
        Act("UNKLINE *@ADDRESS", "unban ADDRESS", "for administrators"),
        Act("STATS k", "ban", "for administrators"),
        Act("WALLOPS :TEXT", "mud-admin broadcast", "for administrators"),
    ]

    // MARK: Modes

    /// What a letter means for a channel.
    struct ChannelMode {
        enum Kind {
            /// Before nicks; takes a nick.
            case standing
            /// A list of masks.
            case list
            /// On or off.
            case flag
            /// Always on.
            case fixed
        }

        let letter: Character
        let kind: Kind
        let meaning: String
    }

    static let channelModes: [ChannelMode] = [
        ChannelMode(letter: "o", kind: .standing, meaning: "keeps order"),
        ChannelMode(letter: "v", kind: .standing, meaning: "may speak where only chosen ones do"),
        ChannelMode(letter: "b", kind: .list, meaning: "may not hear the channel"),
        ChannelMode(letter: "m", kind: .flag, meaning: "only moderators and those with a voice speak"),
        ChannelMode(letter: "i", kind: .flag, meaning: "only those who were invited hear it"),
        ChannelMode(letter: "M", kind: .flag, meaning: "guests do not speak"),
        ChannelMode(letter: "n", kind: .fixed, meaning: "only those who hear it speak"),
        ChannelMode(letter: "t", kind: .fixed, meaning: "only moderators say what it is for"),
    ]

    /// The modes as the wire has them.
    static let modeSet = IRCModeSet(
        list: letters(.list), never: letters(.flag) + letters(.fixed),
        ranks: [IRCModeSet.Rank("o", "@"), IRCModeSet.Rank("v", "+")])

    private static func letters(_ kind: ChannelMode.Kind) -> String {
        String(channelModes.filter { $0.kind == kind }.map(\.letter))
    }

    /// The letters of what somebody may do on a channel, the highest first.
    static func ranks(of member: ChannelMember) -> [Character] {
        (member.isModerator ? ["o"] : []) + (member.hasVoice ? ["v"] : [])
    }

    /// The same as the signs before a nick.
    ///
    /// All of them are wanted when it is whole, and otherwise only the highest.
    static func signs(of member: ChannelMember, isWhole: Bool) -> String {
        let signs = ranks(of: member).compactMap { letter in modeSet.ranks.first { $0.mode == letter }?.sign }
        return String(isWhole ? signs : Array(signs.prefix(1)))
    }

    /// The flags that hold for a channel.
    static func flags(of modes: ChannelModes) -> [Character] {
        (modes.isModerated ? ["m"] : []) + (modes.isClosed ? ["i"] : []) + (modes.keepsGuestsQuiet ? ["M"] : [])
            + channelModes.filter { $0.kind == .fixed }.map(\.letter)
    }

    /// What has changed from some flags to others.
    static func changes(from former: ChannelModes, to now: ChannelModes) -> [IRCModeChange] {
        let (old, new) = (flags(of: former), flags(of: now))
        return new.filter { !old.contains($0) }.map { IRCModeChange($0) }
            + old.filter { !new.contains($0) }.map { IRCModeChange($0, isOn: false) }
    }

    /// Octets of a line of the message of the day.
    static let motdWidth = 80
    /// Nicks that one client watches at most.
    static let mostWatched = 100
    /// What `LIST` can be asked for: by name, by people, by age of the topic.
    static let listConditions = "MNTU"

    /// Of a user, none of which can be set: `r` has an account, `o` runs the game.
    static let userModes = "or"

    // MARK: Refusals

    /// What a command wanted when the world said no.
    enum Aim {
        case joining, leaving, speaking, telling, governing, inviting, banning, asking
    }

    /// The numeric for a refusal; nil for what is none in IRC, such as a wish for what is so already.
    static func numeric(for kind: RefusalKind?, _ aim: Aim) -> IRCNumeric? {
        switch kind {
        case .noSuchChannel?: .noSuchChannel
        case .noSuchPerson?: .noSuchNick
        case .notListening?:
            aim == .speaking ? .cannotSendToChannel : aim == .governing ? .userNotInChannel : .notOnChannel
        case .listensAlready?: aim == .governing || aim == .inviting ? .userOnChannel : nil
        case .notInvited?: .inviteOnlyChannel
        case .banned?: aim == .joining ? .bannedFromChannel : .cannotSendToChannel
        case .silenced?, .tooSoon?: .cannotSendToChannel
        case .ignored?: .cannotSendToUser
        case .tooLong?: .inputTooLong
        case .tooMany?: aim == .banning ? .banListFull : .tooManyChannels
        case .unchanged?: nil
        case .nothingSaid?: .noTextToSend
        case .notUnderstood?: .unknownCommand
        case .needsAccount?, .needsRole?, .ownedByAnother?, .locked?, .unreadable?, nil: usual(aim)
        }
    }

    private static func usual(_ aim: Aim) -> IRCNumeric {
        switch aim {
        case .joining: .bannedFromChannel
        case .leaving: .notOnChannel
        case .speaking: .cannotSendToChannel
        case .telling: .cannotSendToUser
        case .governing, .inviting, .banning: .channelOperatorNeeded
        case .asking: .noSuchNick
        }
    }
}
