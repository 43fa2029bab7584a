import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let channel = Verb(
        "channel", ["channels"], group: .talking,
        usage: [
            "channels", "channel NAME", "channel NAME topic TEXT", "channel NAME mute PERSON TIME",
            "channel NAME unmute PERSON", "channel NAME slow SECONDS", "channel NAME guests off",
            "channel NAME erase NUMBER", "channel NAME log",
            "channel NAME kick PERSON REASON", "channel NAME ban PERSON TIME", "channel NAME unban PERSON",
            "channel NAME bans", "channel NAME invite PERSON", "channel NAME voice add PERSON",
            "channel NAME moderated on", "channel NAME closed on",
            "channel NAME moderator add PERSON", "channel create NAME", "channel remove NAME",
        ],
        summary: "See the channels, or keep order on one.",
        help: """
            Lists the channels and who listens to them. To speak on one, begin with its name: `chat hello`, or `chat :waves` \
            for a gesture. `join` and `part` say which you hear, `history` shows what was said.
            Moderators can silence somebody for a while (`10m`, `2h`, `3d`) or until `unmute`, make everybody wait between two \
            messages, keep guests from speaking (`guests off`), take a message out of the history by its number, and change \
            what the channel is for; `log` shows what moderators did. They can take somebody off (`kick`), keep somebody off for a \
            while or until `unban` (`ban`; `*` and `?` stand for any letters, as in `guest*`), let only those speak to whom they \
            give a `voice` (`moderated on`), and let only those join whom they `invite` (`closed on`); to an open channel anybody \
            invites. Administrators make moderators and channels. `help chatting` tells more.
            Example: `channels`, `channel chat mute ben 10m`, `channel chat slow 30`, `channel chat kick ben Not here.`, \
            `channel chat ban guest* 1d`.
            """,
        forms: ChannelDeed.all.map(\.form)
    ) { command, action in
        guard ChannelDeed.all.indices.contains(command.form) else { return }
        try ChannelDeed.all[command.form].perform(command, action)
    }

    static let join = Verb(
        "join", group: .talking, usage: ["join CHANNEL"], summary: "Listen to a channel.",
        help:
            "What is said on the channel reaches you wherever you are, until you `part` from it. `channels` lists them. "
            + "Example: `join chat`.",
        forms: [[.name]]
    ) { command, action in
        let channel = try action.channel(command.words[0])
        try channel.join(action.turn)
        action.turn.reply(
            "You listen to \(channel.title) now. Begin a line with \(command: channel.name) to speak there.")
    }

    static let part = Verb(
        "part", ["unjoin"], group: .talking, usage: ["part CHANNEL"], summary: "Listen to a channel no longer.",
        help: "You hear nothing of the channel any more, until you `join` it again. Example: `part chat`.",
        forms: [[.name]]
    ) { command, action in
        let channel = try action.channel(command.words[0])
        try channel.part(action.turn)
        action.turn.reply("You do not listen to \(channel.title) any more.")
    }

    static let history = Verb(
        "history", group: .talking, usage: ["history CHANNEL", "history CHANNEL COUNT"],
        summary: "Read what was said on a channel.",
        help:
            "Shows the last \(Action.usualHistory) messages, or as many as you say, up to \(Channel.mostKept). What people "
            + "say whom you ignore is left out. Example: `history chat`, `history chat 50`.",
        forms: [[.name], [.name, .name]]
    ) { command, action in
        let channel = try action.channel(command.words[0])
        var count = Action.usualHistory
        if command.form == 1 {
            guard let number = Int(command.words[1]), number > 0 else {
                throw action.refuse("\"\(plain: command.words[1])\" is no number of messages.")
            }
            count = min(number, Channel.mostKept)
        }
        try action.showHistory(of: channel, count)
    }
}
