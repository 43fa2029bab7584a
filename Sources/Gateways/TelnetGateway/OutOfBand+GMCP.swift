import GatewayCore
import MUDWire
import WorldModel
import WorldVerbs

/// How GMCP puts facts.
extension OutOfBand {
    func gmcp(_ fact: ClientFact) -> [GMCPServerMessage] {
        switch fact {
        case .name(let name): [.name(MUDPerson(name: name, fullName: name))]
        case .place(let place): [.room(MUDRoom(place))]
        case .people(let people): [.roomPlayers(people.map(MUDPerson.init))]
        case .personCame(let person): [.roomPlayerAdded(MUDPerson(person))]
        case .personLeft(let person): [.roomPlayerRemoved(name: person.name)]
        case .items(let place, let items): [.items(.init(place), items.map(MUDItem.init))]
        case .itemCame(let place, let item): [.itemAdded(.init(place), MUDItem(item))]
        case .itemLeft(let place, let item): [.itemRemoved(.init(place), MUDItem(item))]
        case .itemChanged(let place, let item): [.itemUpdated(.init(place), MUDItem(item))]
        case .vitals(let vitals): [.vitals(MUDVitals(vitals))]
        case .statusTitles(let lines): [.statusVariables(MUDStatus(variables: lines.map(MUDStatus.Variable.init)))]
        case .status(let lines): [.status(MUDStatus(variables: lines.map(MUDStatus.Variable.init)))]
        case .commandGroups(let groups): [.skillGroups(groups.map { MUDSkills.Group(name: $0.name) })]
        case .commands(let group, let commands):
            [
                .skillList(
                    MUDSkills.List(
                        group: group, skills: commands.map { .init(name: $0.name, summary: $0.summary) }))
            ]
        case .command(let group, let name, let help):
            [.skillInfo(MUDSkills.Info(group: group, skill: name, text: help))]
        case .channels(let channels):
            [.channels(channels.map { .init(name: $0.command, caption: $0.name, command: $0.command) })]
        case .listeners(let people): [.listeners(people.map { .init(name: $0.name, channels: $0.channels) })]
        case .speech(let speech): [.speech(.init(channel: speech.channel, talker: speech.talker, text: speech.text))]
        case .channel, .presence: []
        case .sound(let name, let url): sound(name, url)
        case .noise(let name, let url): [.mediaPlay(MUDMedia(name: name, url: url))]
        case .offers(let offers, let title): packages(offers) + discord(offers, title)
        case .loginOffer: [.loginDefault(types: [GMCPServerMessage.passwordLogin])]
        case .loginResult(let isRight, let message):
            [.loginResult(success: isRight, message: message.isEmpty ? nil : message)]
        case .goodbye(let reason): [.goodbye(reason)]
        }
    }

    private func packages(_ offers: ClientOffers) -> [GMCPServerMessage] {
        var messages: [GMCPServerMessage] = []
        if let url = offers.surfaceURL {
            messages.append(.clientPackage(MUDClientPackage(version: offers.surfaceVersion ?? "", url: url)))
        }
        if let url = offers.mapURL { messages.append(.map(url: url)) }
        if let url = offers.soundURL { messages.append(.mediaDefault(url: url)) }
        return messages
    }

    func discord(_ offers: ClientOffers, _ title: String) -> [GMCPServerMessage] {
        if offers.discordInvitation == nil, offers.discordApplication == nil { return [] }
        let info = MUDDiscord.Info(
            inviteURL: offers.discordInvitation, applicationID: offers.discordApplication)
        // Where somebody is in the game is nobody's business outside it.
        return [.discordInfo(info), .discordStatus(MUDDiscord.Status(game: title))]
            .filter { supports.allows($0) }
    }

    /// What belongs to places, so that one sound of a place ends with the next.
    private static let soundTag = "place"

    private func sound(_ name: String?, _ url: String?) -> [GMCPServerMessage] {
        guard let name else { return [.mediaStop(MUDMedia.Stop(tag: Self.soundTag))] }
        var media = MUDMedia(name: name, url: url, kind: .music)
        media.tag = Self.soundTag
        media.key = Self.soundTag
        media.loops = -1
        media.goesOn = true
        return [.mediaPlay(media)]
    }
}
