import Testing
import WorldModel

@testable import GatewayCore
@testable import WorldVerbs

/// What is compared with what was told, without a world.
@Suite struct TalkBoardTests {
    private static let chat = ThingID(7)

    private func person(_ number: UInt64, _ name: String, away: String? = nil) -> PersonPresence {
        PersonPresence(
            number: ThingID(number), name: name, account: name, role: .player, door: "telnet", awayText: away, plan: "")
    }

    private func member(_ person: PersonPresence, isModerator: Bool = false) -> ChannelMember {
        ChannelMember(person: person, isModerator: isModerator, hasVoice: false, isSilenced: false)
    }

    private func channel(
        _ members: [ChannelMember] = [], topic: String = "", bans: [String] = []
    ) -> TalkBoard.KnownChannel {
        let modes = ChannelModes(isModerated: false, isClosed: false, keepsGuestsQuiet: false, pace: 0)
        let roster = ChannelRoster(
            number: Self.chat, name: "chat", topic: topic, topicSetter: nil, topicTime: nil, modes: modes, members: [])
        return TalkBoard.KnownChannel(
            roster: roster, members: Dictionary(uniqueKeysWithValues: members.map { ($0.person.number, $0) }),
            bans: bans)
    }

    private func deed(_ kind: ModerationDeed.Kind, _ target: String, reason: String = "") -> ModerationDeed {
        ModerationDeed(time: 1, moderator: "Ada", kind: kind, target: target, reason: reason)
    }

    private func told(_ news: TalkNews) -> [ChannelNews] { news.channels.map { $0.news } }

    @Test func whatIsKnownIsNoNews() {
        var (board, news) = (TalkBoard(), TalkNews())
        let ben = person(2, "Ben")
        #expect(!board.isKept)
        board.begin(with: [ben])
        board.begin(channel([member(ben)]))
        board.look(at: ben.number, now: ben, &news)
        board.look(at: channel([member(ben)]), deedsAfter: { _ in [] }, &news)
        #expect(board.isKept && !board.hasChanges && news.presence.isEmpty && news.channels.isEmpty)
    }

    @Test func whoGoesIsToldOnceWithWhatWasNotedFirst() {
        var (board, news) = (TalkBoard(), TalkNews())
        let ben = person(2, "Ben")
        board.begin(with: [ben])
        board.begin(channel([member(ben)]))
        board.note(partingWords: "Good night", of: ben.number)
        board.note(partingWords: "Connection lost", of: ben.number)
        board.look(at: ben.number, now: nil, &news)
        board.look(at: ben.number, on: Self.chat, now: nil, deedsAfter: { _ in [] }, &news)
        board.look(at: ben.number, now: nil, &news)
        #expect(news.channels.isEmpty && news.presence == [.disconnected(ben, reason: "Good night")])
    }

    @Test func whoWasTakenOffReadsByWhomAndWhy() {
        var (board, news) = (TalkBoard(), TalkNews())
        let ben = person(2, "Ben")
        board.begin(with: [ben])
        board.begin(channel([member(ben)]))
        let kick = deed(.kick, "ben", reason: "Not here.")
        board.look(at: channel(), deedsAfter: { _ in [deed(.voice, "Ben"), kick] }, &news)
        #expect(news.removals == [ben.number: [Self.chat: kick]] && news.channels.first?.persona == ben.number)
        #expect(told(news) == [.parted(Self.chat, member(ben), by: "Ada", reason: "Not here.")])
    }

    @Test func bansTopicsAndRanksAreNews() {
        var (board, news) = (TalkBoard(), TalkNews())
        let ben = person(2, "Ben")
        board.begin(with: [ben])
        board.begin(channel([member(ben)], bans: ["zed"]))
        board.look(
            at: channel([member(ben, isModerator: true)], topic: "tea", bans: ["guest*"]),
            deedsAfter: { _ in [deed(.unban, "zed"), deed(.ban, "guest*"), deed(.appoint, "Ben")] }, &news)
        #expect(
            told(news) == [
                .banned(Self.chat, pattern: "zed", isOn: false, by: "Ada"),
                .banned(Self.chat, pattern: "guest*", isOn: true, by: "Ada"),
                .member(Self.chat, before: member(ben), now: member(ben, isModerator: true), by: "Ada"),
                .topic(Self.chat, topic: "tea", by: nil, time: nil),
            ])
        #expect(board.channels[Self.chat]?.roster.topic == "tea" && board.channels[Self.chat]?.bans == ["guest*"])
        // An absence is nothing that a channel's members are told anew.
        board.look(
            at: ben.number, on: Self.chat, now: member(person(2, "Ben", away: "tea"), isModerator: true),
            deedsAfter: { _ in [] }, &news)
        #expect(news.channels.count == 4)
    }

    @Test func whatIsNotedIsLookedAt() {
        var (board, news) = (TalkBoard(), TalkNews())
        board.begin(with: [])
        board.begin(channel())
        #expect(!board.needsLook(at: Self.chat) && board.needsLook(at: ThingID(8)))
        board.noteAll(people: [ThingID(2)], channels: [])
        #expect(board.changed == [ThingID(2)] && board.needsLook(at: Self.chat) && board.makeNews().concernsAll)
        board.clearChanges()
        #expect(!board.hasChanges)
        board.forgetChannels(where: { $0 == Self.chat }, &news)
        #expect(board.channels.isEmpty && news.concernsAll)
    }
}
