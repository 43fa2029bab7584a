import Basics
import GatewayCore
import Testing
import WorldLanguage
import WorldModel
import WorldVerbs

/// Doors that show single messages: everything that is told comes to them as one, with the words apart.
@Suite struct DoorMessageTests {
    @Test func nothingOfAScreenIsSent() throws {
        let stage = try GameStage()
        let ada = try stage.enter("Ada")
        _ = try stage.enter("Ben")
        stage.type("quit", ada)
        let door = try stage.converse("Ada")
        #expect(door.takeSent().contains { $0.hasPrefix("Welcome back, Ada.") })
        door.session?.lineReceived("look")
        stage.settle()
        let sent = door.sent
        #expect(sent.contains("A plain hall.") && !sent.contains("PROMPT") && !sent.contains("ECHO"))
        #expect(!sent.contains("> ") && !sent.contains("\u{1B}"))
    }

    @Test func theSameWordsReachEachDoorInItsWay() throws {
        let stage = try GameStage()
        let ada = try stage.enter("Ada")
        let ben = try stage.enter("Ben")
        stage.type("quit", ben)
        let chat = try stage.converse("Ben")
        _ = (chat.takeSent(), ada.takeSeen())
        stage.type("say hello", ada)
        #expect(ada.takeSeen().contains("You say, \"hello\""))
        #expect(chat.takeSent() == ["Ada|hello"])
        let message = try #require(chat.messages.last)
        #expect(message.text.plain == "Ada says, \"hello\"" && !message.isOwn && !message.isAnswer)
        #expect(
            message.utterance?.id == "t\(stage.game.world.sequence)-1" && message.sequence == stage.game.world.sequence)
        chat.session?.lineReceived("say and you")
        stage.settle()
        #expect(ada.takeSeen().contains("Ben says, \"and you\""))
        #expect(chat.messages.last?.isOwn == true && chat.messages.last?.isAnswer == true)
    }

    @Test func nothingIsSeenBeforeItIsDurable() throws {
        let stage = try GameStage()
        let ada = try stage.enter("Ada")
        _ = ada
        _ = try stage.enter("Ben")
        let chat = try stage.converse("Ben")
        _ = chat.takeSent()
        ada.session?.lineReceived("say hello")
        stage.pass()
        #expect(chat.messages.last?.utterance?.words.plain == "hello" && chat.takeSent().isEmpty)
        stage.settle()
        #expect(chat.takeSent() == ["Ada|hello"])
    }

    @Test func twoDoorsOfOneCharacterKnowItByTheSameName() throws {
        let stage = try GameStage()
        let ada = try stage.enter("Ada")
        _ = try stage.enter("Ben")
        let (one, other) = (try stage.converse("Ben"), try stage.converse("Ben"))
        stage.type("say hello", ada)
        let ids = [one, other].map { $0.messages.last?.utterance?.id }
        #expect(ids[0] == ids[1] && ids[0]?.isEmpty == false)
        // What is written for one text is shared by all who read it.
        #expect(one.messages.last?.form === other.messages.last?.form)
    }

    @Test func whatNobodyElseHearsHasANameOfItsOwn() throws {
        let stage = try GameStage()
        _ = try stage.enter("Ada")
        let chat = try stage.converse("Ada")
        var ids: Set<String> = []
        for _ in 1...3 {
            chat.session?.lineReceived("say hello")
            stage.settle()
            ids.insert(chat.messages.last?.utterance?.id ?? "")
        }
        #expect(ids.count == 3 && ids.allSatisfy { $0.hasPrefix("p") })
    }

    @Test func whatWasMissedComesAgainWithItsNameAndTime() throws {
        let stage = try GameStage()
        let ada = try stage.enter("Ada")
        let ben = try stage.enter("Ben")
        ben.session?.connectionLost()
        stage.settle()
        stage.type("say first", ada)
        let sequence = stage.game.world.sequence
        stage.advance(.seconds(300))
        stage.wall.now = WallInstant(milliseconds: stage.wall.now.milliseconds + 300_000)
        let chat = try stage.converse("Ben")
        let again = try #require(chat.messages.first { $0.isReplay })
        #expect(again.utterance?.words.plain == "first" && again.utterance?.id == "t\(sequence)-1" && !again.isOwn)
        #expect(again.time < stage.wall.now)
        #expect(!chat.sent.contains("ago)") && !chat.sent.contains("While you were away"))
        let later = try stage.converse("Ben")
        #expect(!later.messages.contains { $0.isReplay }, "it was delivered")
    }

    @Test func whatTheDoorDoesNotWriteIsRendered() throws {
        let stage = try GameStage()
        let ada = try stage.enter("Ada")
        _ = try stage.enter("Ben")
        let chat = try stage.converse("Ben")
        chat.declines = true
        _ = chat.takeSent()
        stage.type("say hello", ada)
        #expect(chat.takeSent() == ["Ada says, \"hello\""])
    }

    @Test func workIsDoneInOrderWithLines() throws {
        let stage = try GameStage()
        _ = try stage.enter("Ada")
        let chat = try stage.converse("Ada")
        let session = try #require(chat.session)
        _ = chat.takeSent()
        session.lineReceived("say one")
        let isTwoTaken = session.enqueue { session.perform("say two") }
        let isThreeTaken = session.enqueue { session.perform("xyzzyx") }
        session.lineReceived("say three")
        stage.settle()
        #expect(isTwoTaken && isThreeTaken)
        #expect(chat.takeSent().filter { $0.hasPrefix("Ada|") } == ["Ada|one", "Ada|two", "Ada|three"])
    }

    @Test func eachKindOfDoorKeepsItsOwnForm() {
        final class Letters {}
        final class Signs {}
        let form = DoorMessageForm()
        let letters = form.written(0) { Letters() }
        let signs = form.written(0) { Signs() }
        #expect(form.written(0) { Letters() } === letters && form.written(0) { Signs() } === signs)
        #expect(form.written(1) { Letters() } !== letters)
    }

    @Test func whoeverSendsTooMuchIsToldWhatIsNotDone() throws {
        let stage = try GameStage()
        _ = try stage.enter("Ada")
        let session = try #require(try stage.converse("Ada").session)
        var (taken, done) = (0, 0)
        for _ in 0..<(2 * SessionLimits.queuedLines) where session.enqueue({ done += 1 }) { taken += 1 }
        #expect(taken >= SessionLimits.queuedLines && taken < 2 * SessionLimits.queuedLines)
        stage.settle()
        #expect(done <= taken)
        session.connectionLost()
        let isTaken = session.enqueue { done += 1 }
        #expect(!isTaken)
    }

    @Test func privateWordsCanBeAskedForAgain() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("Ada"), try stage.enter("Ben"))
        let (one, other) = (try #require(ada.session?.persona), try #require(ben.session?.persona))
        stage.type("tell ben psst", ada)
        stage.type("tell ada yes", ben)
        stage.type("say aloud", ben)
        for persona in [one, other] {
            #expect(stage.game.privateTalk(of: persona).map(\.utterance.words.plain) == ["psst", "yes"])
        }
        #expect(
            stage.game.privateTalk(of: one).map(\.utterance.id) == stage.game.privateTalk(of: other).map(\.utterance.id)
        )
        for number in 1...(PrivateTalk.most * 2) { stage.type("tell ben \(number)", ada) }
        #expect(stage.game.privateTalk(of: other).count == PrivateTalk.most)
        #expect(stage.game.privateTalk(of: other).last?.utterance.words.plain == "\(PrivateTalk.most * 2)")
        stage.type("ignore ada", ben)
        #expect(stage.game.privateTalk(of: other).isEmpty)
    }

    @Test func aDialogueAsksInMessages() throws {
        let stage = try GameStage()
        _ = try stage.enter("Ada")
        let chat = try stage.converse("Ada")
        _ = chat.takeSent()
        chat.session?.lineReceived("password")
        stage.settle()
        #expect(chat.takeSent().contains("Your present password:"))
        chat.session?.lineReceived("correct horse")
        stage.settle()
        #expect(chat.takeSent().contains("New password:"))
    }
}
