import IRCWire

/// 002 to 005, the same for every client but for its nick.
struct IRCPreparedGreeting {
    /// All of them.
    let greeting: [IRCPreparedReply]
    /// 005 alone, as `VERSION` has it, too.
    let support: [IRCPreparedReply]

    init(_ facts: IRCServerFacts, from server: IRCSource) {
        let (name, version) = (IRCParameter(cleaning: server.name), IRCParameter(cleaning: facts.version))
        let replies: [IRCReply] = [
            .yourHost(server: name, version: version), .created(IRCParameter(cleaning: facts.created)),
            .myInfo(
                server: name, version: version, userModes: IRCParameter(cleaning: facts.userModes),
                channelModes: IRCParameter(cleaning: facts.channelModes),
                modesWithParameter: IRCParameter(cleaning: facts.channelModesWithParameter)),
        ]
        support = IRCReply.support(facts.support).map { IRCPreparedReply($0, from: server) }
        greeting = replies.map { IRCPreparedReply($0, from: server) } + support
    }
}
