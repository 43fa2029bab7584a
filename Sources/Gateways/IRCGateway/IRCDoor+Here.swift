import ChatPeers
import GatewayCore
import IRCWire
import WorldModel
import WorldVerbs

/// The channel that is the place where one is.
extension IRCDoor {
    private static let topics: FactTopics = [.presence, .channels, .name]

    private var here: IRCParameter { IRCParameter(cleaning: IRCMap.here) }

    /// Opens the room: `JOIN`, where one is, and who is there.
    func openHere() {
        if isHereOpen { return }
        session?.subscribe(to: Self.topics.union([.place, .people]))
        session?.tellFactsNow()
        isHereOpen = true
        tell(joinEvent(here, own), from: connection.source)
        if let place { reply(.topic(here, IRCParameter(cleaning: IRCMap.topic(of: place)))) }
        reply(hereNames())
    }

    /// The player, as others may know them.
    private var own: PersonPresence? {
        house.presences(for: self).first { $0.number == ownNumber }
    }

    func closeHere(_ reason: IRCParameter?) {
        guard isHereOpen else { return reply(.notOnChannel(here)) }
        isHereOpen = false
        session?.subscribe(to: Self.topics)
        (company, place) = ([:], nil)
        tell(.part(channel: here, reason: reason), from: connection.source)
    }

    /// Who is where the player is, as they know them.
    func hereNames() -> [IRCReply] {
        let hasHosts = wants(.userhostInNames)
        func name(_ source: IRCSource) -> IRCMemberName {
            IRCMemberName(nick: source.name, userHost: hasHosts ? "\(source.user ?? "*")@\(source.host ?? "*")" : nil)
        }
        let people = company.values.sorted { $0.number < $1.number }.map {
            name(house.source(of: ThingID($0.number), named: $0.name))
        }
        return IRCReply.names(here, .private, [name(connection.source)] + people) + [.endOfNames(here)]
    }
}
