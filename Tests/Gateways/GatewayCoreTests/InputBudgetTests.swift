import Basics
import GatewayCore
import ReactorCore
import TerminalWire
import Testing
import WorldModel

/// What one client may send, and what becomes of the rest.
@Suite struct InputBudgetTests {
    /// Ten lines a second, of which fifty may come together.
    private func makeStage() throws -> GameStage {
        var settings = GameSettings()
        settings.linesPerSecond = 10
        return try GameStage(settings: settings)
    }

    private func enter(_ name: String, _ stage: GameStage) throws -> RecordingDoor {
        let door = try stage.enter(name)
        stage.advance(.seconds(10))
        _ = door.takeSeen()
        return door
    }

    private let notice = "[You send more than can be taken at once: 10 lines a second."

    private func numbers(_ seen: String) -> [Int] {
        seen.components(of: "You say, ") == 0
            ? [] : seen.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }.compactMap { Int($0.element) }
    }

    @Test func moreThanTheBurstIsSlowedAndNotLost() throws {
        let stage = try makeStage()
        let ada = try enter("ada", stage)
        for number in 1...80 { ada.session?.lineReceived("say \(number)") }
        for _ in 0..<5 { stage.settle() }
        #expect(numbers(ada.takeSeen()) == Array(1...50))
        stage.advance(.seconds(1))
        stage.advance(.seconds(1))
        let seen = ada.takeSeen()
        #expect(numbers(seen) == Array(51...70))
        stage.advance(.seconds(1))
        #expect(numbers(ada.takeSeen()) == Array(71...80))
        stage.advance(.seconds(60))
        #expect(ada.takeSeen().isEmpty)
    }

    @Test func aFloodDrawsOneNotice() throws {
        let stage = try makeStage()
        let ada = try enter("ada", stage)
        func flood() {
            for number in 1...80 { ada.session?.lineReceived("say \(number)") }
            for _ in 0..<10 { stage.advance(.seconds(1)) }
        }
        flood()
        #expect(ada.takeSeen().components(of: notice) == 1)
        for _ in 0..<10 { stage.advance(.seconds(1)) }
        flood()
        #expect(ada.takeSeen().components(of: notice) == 1, "after a rest it is another one")
    }

    @Test func whoStaysWithinTheBudgetNeverReadsOfIt() throws {
        let stage = try makeStage()
        let ada = try enter("ada", stage)
        for second in 0..<60 {
            for number in 0..<10 { ada.session?.lineReceived("say \(second * 10 + number)") }
            stage.settle()
            #expect(numbers(ada.takeSeen()).count == 10)
            stage.advance(.seconds(1))
        }
        #expect(!ada.seen.contains(notice))
    }

    @Test func aFloodDelaysNobodyElse() throws {
        let stage = try makeStage()
        let (ada, ben) = (try enter("ada", stage), try enter("ben", stage))
        for number in 1...200 { ada.session?.lineReceived("say \(number)") }
        for _ in 0..<5 { stage.settle() }
        #expect(ada.isInputPaused)
        _ = ben.takeSeen()
        ben.session?.lineReceived("look")
        stage.reactor.runOnePass(waitingAtMost: .zero)
        #expect(ben.seen.contains("A plain hall."))
        for _ in 0..<20 { stage.advance(.seconds(1)) }
        #expect(!ada.isInputPaused)
        #expect(numbers(ada.seen).count == 200)
    }

    @Test func octetsOfEveryKindAreCounted() throws {
        let stage = try makeStage()
        let ada = try enter("ada", stage)
        ada.session?.octetsReceived(SessionLimits.octetBurst)
        #expect(!ada.isInputPaused)
        ada.session?.octetsReceived(SessionLimits.octetsPerLine * 10)
        stage.settle()
        #expect(ada.isInputPaused)
        #expect(ada.seen.components(of: notice) == 1)
        stage.advance(.milliseconds(900))
        #expect(ada.isInputPaused)
        stage.advance(.milliseconds(100))
        #expect(!ada.isInputPaused)
    }

    @Test func aScriptIsAnsweredToItsEndHoweverLongThatTakes() throws {
        let stage = try makeStage()
        let ada = try enter("ada", stage)
        for number in 1...100 { ada.session?.lineReceived("say \(number)") }
        ada.session?.inputEnded()
        stage.settle()
        #expect(!ada.isClosed)
        for _ in 0..<6 { stage.advance(.seconds(1)) }
        #expect(ada.isClosed)
        #expect(numbers(ada.seen) == Array(1...100))
    }

    @Test func whoIsGoneIsWaitedForNoLonger() throws {
        let stage = try makeStage()
        let ada = try enter("ada", stage)
        for number in 1...100 { ada.session?.lineReceived("say \(number)") }
        stage.settle()
        let sequence = stage.world.sequence
        ada.session?.connectionLost()
        stage.settle()
        let after = stage.world.sequence
        #expect(after - sequence <= 1)
        stage.advance(.seconds(5))
        #expect(stage.world.sequence == after)
    }

    @Test func withoutALimitNothingWaits() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for number in 1...200 { ada.session?.lineReceived("say \(number)") }
        ada.session?.octetsReceived(1 << 30)
        for _ in 0..<5 { stage.settle() }
        #expect(numbers(ada.seen).count == 200)
        #expect(!ada.isInputPaused)
    }

    @Test func linesThatWaitAreFollowedByOnePrompt() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for number in 1...20 { ada.session?.lineReceived("say \(number)") }
        stage.settle()
        let seen = ada.takeSeen()
        #expect(numbers(seen).count == 20)
        #expect(seen.components(of: "> ") == 1 && seen.hasSuffix("> "))
    }

    // MARK: Windows

    @Test func ofAFloodOfWindowSizesTheLastOneCounts() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let (session, most) = (try #require(ada.session), SessionLimits.windowsPerSecond)
        stage.advance(.seconds(1))
        for width in 1...10_000 { session.windowChanged(width: 20 + width % 400) }
        #expect(session.profile.width == 20 + most)
        session.windowChanged(width: 99)
        stage.advance(.milliseconds(1000 / Int64(most)))
        #expect(session.profile.width == 99)
        session.windowChanged(width: 55)
        session.connectionLost()
        stage.advance(.seconds(1))
        #expect(session.profile.width == 99)
    }
}
