import Basics
import IRCWire

/// NAMES and LIST.
///
/// - Source: Modern IRC "NAMES message", "LIST message", ELIST; IRCv3 `multi-prefix`, `userhost-in-names`.
extension IRCNetwork {
    func names(_ user: IRCUser, _ names: [IRCParameter]) {
        if names.isEmpty { return user.reply(.endOfNames(.star)) }
        for name in names {
            if let channel = channel(name), user.maySee(channel) {
                tellNames(of: channel, to: user)
            } else {
                user.reply(.endOfNames(name.isMiddle ? name : .star))
            }
        }
    }

    func tellNames(of channel: IRCChannel, to user: IRCUser) {
        let form = IRCPackedNames.Form(allPrefixes: user.has(.multiPrefix), fullSources: user.has(.userhostInNames))
        let room = namesRoom(channel)
        let texts: [IRCParameter]
        if user.isIn(channel) {
            texts = channel.names(form, room: room)
        } else {
            var packed = IRCPackedNames(form, room: room)
            for member in channel.members where user.maySee(member.user) { packed.add(member) }
            texts = packed.all
        }
        let kind = IRCParameter(cleaning: channel.visibility.rawValue)
        user.reply(texts.map { IRCReply(.nameReply, [kind, channel.name], $0) } + [.endOfNames(channel.name)])
    }

    /// Octets of names in one line, whoever reads it: `:server 353 nick = #channel :` and CR LF go off.
    private func namesRoom(_ channel: IRCChannel) -> Int {
        let around = serverName.text.utf8.count + settings.nicks.limit + channel.name.text.utf8.count
        return IRCLimits.bodyOctets - around - ":  353  =  :\r\n".utf8.count
    }

    func list(_ user: IRCUser, _ request: IRCListRequest) {
        user.reply(.listStart)
        defer { user.reply(.listEnd) }
        let masks = IRCListFilter(request.conditions, mapping: settings.mapping)
        let chosen = request.channels.isEmpty ? Array(channels.values) : request.channels.compactMap { channel($0) }
        var count = 0
        for channel in chosen where user.maySee(channel) && masks.takes(channel, at: now()) {
            count += 1
            if count > settings.queryLines { return user.reply(.tryAgain(.list)) }
            user.reply(
                .list(channel.name, people: channel.members.count, topic: channel.topic?.text ?? ""))
        }
    }
}

/// What somebody wants to see of the list of channels.
struct IRCListFilter {
    private let conditions: [IRCListRequest.Condition]
    private let masks: [IRCMask?]

    init(_ conditions: [IRCListRequest.Condition], mapping: IRCCaseMapping) {
        self.conditions = conditions
        masks = conditions.map { condition in
            switch condition {
            case .matches(let text), .doesNotMatch(let text): IRCMask(text.text, mapping: mapping)
            default: nil
            }
        }
    }

    func takes(_ channel: IRCChannel, at now: WallInstant) -> Bool {
        zip(conditions, masks).allSatisfy { condition, mask in
            switch condition {
            case .matches: mask?.matches(channel.name.text) ?? true
            case .doesNotMatch: !(mask?.matches(channel.name.text) ?? false)
            case .morePeople(let count): channel.members.count > count
            case .fewerPeople(let count): channel.members.count < count
            case .createdBefore(let minutes): Self.minutes(channel.createdAt, now) > minutes
            case .createdWithin(let minutes): Self.minutes(channel.createdAt, now) < minutes
            case .topicBefore(let minutes): channel.topic.map { Self.minutes($0.setAt, now) > minutes } ?? false
            case .topicWithin(let minutes): channel.topic.map { Self.minutes($0.setAt, now) < minutes } ?? false
            }
        }
    }

    private static func minutes(_ from: WallInstant, _ to: WallInstant) -> Int {
        Int(clamping: from.duration(to: to).components.seconds / 60)
    }
}
