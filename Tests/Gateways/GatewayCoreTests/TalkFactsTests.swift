import Basics
import GatewayCore
import Testing
import WorldLanguage
import WorldModel
import WorldVerbs

/// Who is connected, who hears which channel and who keeps order there, told to those who want to know.
@Suite struct TalkFactsTests {
    private let stage: GameStage
    private let ada: RecordingDoor
    private let ben: RecordingDoor
    /// Ada's own view.
    private let chat: ConversationDoor

    /// Ada owns the game; both hear the channel den.
    init() throws {
        stage = try GameStage()
        stage.game.claimCode = "CODE"
        ada = try stage.enter("Ada")
        stage.type("claim code", ada)
        stage.type("channel create den", ada)
        ben = try stage.enter("Ben")
        stage.type("join den", ben)
        chat = try stage.converse("Ada")
        chat.session?.subscribe(to: [.presence, .channels])
        stage.settle()
    }

    private func news(_ line: String, _ door: RecordingDoor) -> [ClientFact] {
        _ = chat.takeFacts()
        stage.type(line, door)
        return chat.takeFacts()
    }

    @Test func everythingIsToldOnceAtFirst() throws {
        let facts = chat.takeFacts()
        #expect(facts.count == 2)
        guard case .presence(.all(let people))? = facts.first, case .channel(.opened(let den))? = facts.last else {
            Issue.record("\(facts)")
            return
        }
        #expect(people.map(\.name) == ["Ada", "Ben"] && people.last?.door == "test")
        #expect(people.first?.role == .owner && people.last?.account == "Ben" && people.last?.awayText == nil)
        #expect(den.name == "den" && den.members.map(\.person.name) == ["Ada", "Ben"])
        #expect(den.members.map(\.isModerator) == [true, false])
        #expect(news("look", ben).isEmpty && news("say hello", ben).isEmpty, "nothing has changed")
    }

    @Test func whoComesAndGoesIsToldOnce() throws {
        _ = chat.takeFacts()
        stage.type("channel create tea", ada)
        guard case .channel(.opened(let tea))? = chat.takeFacts().first, tea.name == "tea" else {
            Issue.record("not told")
            return
        }
        let cy = try stage.enter("Cyril")
        guard case .presence(.connected(let person))? = chat.takeFacts().first else {
            Issue.record("not told")
            return
        }
        #expect(person.name == "Cyril")
        guard case .channel(.joined(_, let member))? = news("join den", cy).first else {
            Issue.record("not told")
            return
        }
        #expect(member.person.name == "Cyril" && !member.isModerator)
        guard case .channel(.parted(_, let left, by: nil, reason: ""))? = news("part den", cy).first else {
            Issue.record("not told")
            return
        }
        #expect(left.person.name == "Cyril")
        _ = news("join den", cy)
        let gone = news("quit", cy)
        guard gone.count == 1, case .presence(.disconnected(let who, _)) = gone[0] else {
            Issue.record("\(gone)")
            return
        }
        #expect(who.name == "Cyril")
    }

    @Test func whatModeratorsDoNamesThem() throws {
        func first(_ line: String) -> ChannelNews? {
            guard case .channel(let news)? = news(line, ada).first else { return nil }
            return news
        }
        if case .topic(_, let topic, let by, let time)? = first("channel den topic Tea and talk") {
            #expect(topic == "Tea and talk" && by == "Ada" && time != nil)
        } else {
            Issue.record("no topic")
        }
        if case .member(_, let before, let now, let by)? = first("channel den moderator add ben") {
            #expect(!before.isModerator && now.isModerator && by == "Ada")
        } else {
            Issue.record("no moderator")
        }
        _ = first("channel den moderator remove ben")
        if case .member(_, _, let now, "Ada")? = first("channel den mute ben") {
            #expect(now.isSilenced)
        } else {
            Issue.record("no silence")
        }
        if case .modes(_, let before, let now, "Ada")? = first("channel den moderated on") {
            #expect(!before.isModerated && now.isModerated)
        } else {
            Issue.record("no modes")
        }
        if case .parted(_, let member, let by, let reason)? = first("channel den kick ben Not here.") {
            #expect(member.person.name == "Ben" && by == "Ada" && reason == "Not here.")
        } else {
            Issue.record("no kick")
        }
    }

    @Test func whatWasLongAgoIsNobodysReason() throws {
        _ = news("channel den kick ben Not here.", ada)
        _ = news("join den", ben)
        guard case .channel(.parted(_, _, by: nil, reason: ""))? = news("part den", ben).first else {
            Issue.record("a kick of before counts again")
            return
        }
    }

    @Test func oneIsToldOfOnesOwnChannels() throws {
        let own = try stage.converse("Ben")
        own.session?.subscribe(to: [.channels])
        stage.settle()
        _ = own.takeFacts()
        stage.type("channel den kick ben Not here.", ada)
        guard case .channel(.closed(_, name: "den", by: "Ada", reason: "Not here."))? = own.takeFacts().first else {
            Issue.record("not told")
            return
        }
        stage.type("join den", ben)
        guard case .channel(.opened(let den))? = own.takeFacts().first else {
            Issue.record("not told")
            return
        }
        #expect(den.members.map(\.person.name) == ["Ada", "Ben"])
        stage.type("channel remove den", ada)
        guard case .channel(.closed(_, name: "den", by: _, reason: _))? = own.takeFacts().first else {
            Issue.record("not told")
            return
        }
    }

    @Test func awayAndBackAreTold() throws {
        guard case .presence(.changed(let before, let now))? = news("away Making tea", ben).first else {
            Issue.record("not told")
            return
        }
        #expect(before.awayText == nil && now.awayText == "Making tea")
        guard case .presence(.changed(_, let back))? = news("back", ben).first else {
            Issue.record("not told")
            return
        }
        #expect(back.awayText == nil)
    }

    @Test func newsWaitUntilTheyAreDurable() throws {
        _ = (chat.takeFacts(), chat.takeSent())
        ben.session?.lineReceived("part den")
        stage.pass()
        #expect(chat.takeFacts().count == 1 && chat.takeSent().isEmpty)
        stage.settle()
        #expect(chat.takeSent() == ["fact"])
    }

    @Test func whatOneHasDoneIsToldAtOnceWhenAskedFor() throws {
        let session = try #require(chat.session)
        _ = chat.takeFacts()
        var told: [ClientFact] = []
        let isTaken = session.enqueue {
            session.perform("part den")
            session.tellFactsNow()
            told = chat.takeFacts()
        }
        #expect(isTaken)
        stage.settle()
        #expect(told.count == 1 && chat.takeFacts().isEmpty)
    }
}
