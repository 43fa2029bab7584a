import Basics
import CredentialCore
import GatewayCore
import ReactorCore
import TerminalWire
import Testing
import WorldLanguage
import WorldModel
import WorldVerbs

/// What is done in one pass of the loop, and what waits for the next one.
@Suite struct GamePassTests {
    @Test func oneSessionRunsOnlySoManyCommandsInAPass() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for number in 0..<100 { ada.session?.lineReceived("describe me as number \(number).") }
        stage.reactor.runOnePass(waitingAtMost: .zero)
        let before = stage.world.sequence
        for _ in 0..<5 {
            let start = stage.world.sequence
            stage.reactor.runOnePass(waitingAtMost: .zero)
            #expect(stage.world.sequence - start <= UInt64(SessionLimits.linesPerPass))
        }
        #expect(stage.world.sequence > before)
    }

    @Test func aPassThatTakesLongRunsOneCommand() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for number in 0..<100 { ada.session?.lineReceived("describe me as number \(number).") }
        stage.reactor.runOnePass(waitingAtMost: .zero)
        stage.time.stepAtEveryLook = SessionLimits.passTime * 2
        for _ in 0..<5 {
            let start = stage.world.sequence
            stage.reactor.runOnePass(waitingAtMost: .zero)
            #expect(stage.world.sequence - start == 1)
        }
    }

    /// Everybody's first lines wait as well, those left over come first in the next pass, and nobody is overtaken twice.
    @Test func aCrowdsLinesAreSpreadOverPassesInOrder() throws {
        let stage = try GameStage()
        let names = ["ada", "ben", "cyd", "dan"]
        let doors = try names.map { try stage.enter($0) }
        let bodies = try names.map { name in try #require(stage.world.player(named: name)) }
        var told = bodies.map { $0[.description] }
        var order: [String] = []
        func look() {
            for (index, body) in bodies.enumerated() where body[.description] != told[index] {
                told[index] = body[.description]
                order.append(names[index])
            }
        }
        stage.time.stepAtEveryLook = SessionLimits.passTime * 2
        for number in 1...2 {
            for door in doors {
                door.session?.lineReceived("describe me as number \(number).")
                look()
            }
        }
        #expect(order == ["ada"], "one command is run in every pass")
        for _ in 0..<9 {
            let start = stage.world.sequence
            stage.reactor.runOnePass(waitingAtMost: .zero)
            #expect(stage.world.sequence - start <= 1)
            look()
        }
        #expect(order == ["ada", "ben", "cyd", "dan", "ada", "ben", "cyd", "dan"])
        #expect(told.allSatisfy { $0.contains("number 2") })
    }

    @Test func whoComesWhileOthersWaitIsServedBehindThem() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        let body = try #require(stage.world.player(named: "ben"))
        stage.time.stepAtEveryLook = SessionLimits.passTime * 2
        for number in 1...20 { ada.session?.lineReceived("describe me as number \(number).") }
        stage.reactor.runOnePass(waitingAtMost: .zero)
        let start = stage.world.sequence
        ben.session?.lineReceived("describe me as patient.")
        #expect(stage.world.sequence == start)
        for _ in 0..<2 { stage.reactor.runOnePass(waitingAtMost: .zero) }
        #expect(stage.world.sequence == start + 2)
        #expect(body[.description].contains("patient"))
    }

    @Test func manyLostConnectionsAreSpreadOverPassesAndCommandsGoOn() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let guests = try (0..<5).map { _ in try #require(stage.connect()) }
        for guest in guests { stage.type("guest", guest) }
        func count() -> Int { stage.world.things.values.count { $0[.isGuest] } }
        #expect(count() == 5)
        stage.time.stepAtEveryLook = SessionLimits.passTime * 2
        for guest in guests { guest.session?.connectionLost() }
        #expect(count() == 4)
        #expect(stage.game.sessions.count == 1)
        // The same pass as far as the budget is concerned.
        stage.reactor.runOnePass(waitingAtMost: .zero)
        for left in (0..<4).reversed() {
            let start = stage.world.sequence
            ada.session?.lineReceived("describe me as number \(left).")
            stage.reactor.runOnePass(waitingAtMost: .zero)
            #expect(count() == left)
            #expect(stage.world.sequence == start + 2)
        }
        #expect(stage.world.violations().isEmpty)
    }

    @Test func whoComesBackBeforeTheirBodyIsLetGoHasNotLeft() throws {
        let stage = try GameStage()
        let (ada, ben, cyd) = (try stage.enter("ada"), try stage.enter("ben"), try stage.enter("cyd"))
        let door = try #require(stage.connect())
        stage.type("ben", door)
        stage.time.stepAtEveryLook = SessionLimits.passTime * 2
        ada.session?.connectionLost()
        ben.session?.connectionLost()
        door.session?.lineReceived("correct horse")
        stage.time.stepAtEveryLook = .zero
        stage.settle()
        let body = try #require(stage.world.player(named: "ben"))
        #expect(stage.game.isPresent(body))
        let seen = cyd.takeSeen()
        #expect(seen.contains("Ada stares into space.") && !seen.contains("Ben stares into space."))
        stage.advance(.seconds(11 * 60))
        #expect(body.location != nil)
        #expect(stage.world.player(named: "ada")?.location == nil)
    }

    @Test func theEndWaitsForNobodyWhoIsToBeLetGo() throws {
        let stage = try GameStage()
        let guests = try (0..<3).map { _ in try #require(stage.connect()) }
        for guest in guests { stage.type("guest", guest) }
        stage.time.stepAtEveryLook = SessionLimits.passTime * 2
        for guest in guests.dropLast() { guest.session?.connectionLost() }
        stage.game.shutDown(after: .zero, reason: "Repairs.") {}
        #expect(!stage.world.things.values.contains { $0[.isGuest] })
    }
}
