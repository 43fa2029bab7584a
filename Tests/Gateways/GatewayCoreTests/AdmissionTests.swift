import Basics
import CredentialCore
import GatewayCore
import ReactorCore
import TerminalWire
import Testing
import WorldLanguage
import WorldModel
import WorldVerbs

/// Who may come in when many want to.
@Suite struct AdmissionTests {
    @Test func oneSourceMakesOnlySoManyCharacters() throws {
        let stage = try GameStage()
        let names = ["ada", "ben", "cyd", "dan", "eve", "flo", "gus", "hal", "ivy", "jon", "kit"]
        for (index, name) in names.enumerated() {
            let door = try #require(stage.connect(source: "2001:db8:1:2::\(index + 1)"))
            for line in [name, "yes", "correct horse", "correct horse", "no"] { stage.type(line, door) }
            #expect(door.seen.contains("Welcome, ") == (index < 10))
            #expect(door.seen.contains("Many characters were made from your address") == (index == 10))
        }
        let elsewhere = try #require(stage.connect(source: "192.0.2.1"))
        for line in ["lou", "yes", "correct horse"] { stage.type(line, elsewhere) }
        #expect(elsewhere.seen.contains("The same again"))
    }

    @Test func tooManyStrangersFromOneSourceAreRefused() throws {
        var settings = GameSettings()
        settings.maximumStrangersPerSource = 3
        let stage = try GameStage(settings: settings)
        let doors = (0..<3).compactMap { _ in stage.connect(source: "192.0.2.1") }
        #expect(doors.count == 3)
        #expect(stage.connect(source: "192.0.2.1") == nil)
        #expect(stage.connect(source: "192.0.2.2") != nil)
        doors[0].session?.connectionLost()
        #expect(stage.connect(source: "192.0.2.1") != nil)
    }

    @Test func whoOnlyHoldsAPlaceMakesRoomForOthers() throws {
        var settings = GameSettings()
        settings.maximumSessions = 3
        let stage = try GameStage(settings: settings)
        let ada = try stage.enter("ada")
        let silent = try #require(stage.connect(source: "192.0.2.1"))
        let second = try #require(stage.connect(source: "192.0.2.1"))
        #expect(stage.connect(source: "192.0.2.2") == nil)
        stage.advance(.seconds(20))
        #expect(stage.connect(source: "192.0.2.2") != nil)
        #expect(silent.isAborted && !second.isAborted && !ada.isAborted)
        #expect(stage.connect(source: "192.0.2.1") != nil)
        #expect(second.isAborted && !ada.isAborted)
        #expect(stage.connect(source: "192.0.2.3") == nil)
        #expect(stage.game.sessions.count == 3)
    }

    /// Silent crowds of many networks, each within what one source may have, and of one network under many sources.
    @Test(arguments: ["198.51.%.1", "198.51.100.%", "2001:db8:7:%::1"])
    func aSilentCrowdMakesRoomAtOnce(_ pattern: String) throws {
        var settings = GameSettings()
        settings.maximumSessions = 13
        settings.maximumStrangersPerSource = 6
        let stage = try GameStage(settings: settings)
        let typist = try #require(stage.connect(source: "192.0.2.1"))
        let sources = (0..<12).map { number in
            let parts = pattern.split(separator: "%", omittingEmptySubsequences: false)
            return parts.joined(separator: "\(pattern.hasSuffix(".1") ? number / 6 : number)")
        }
        let crowd = try sources.map { source in try #require(stage.connect(source: source)) }
        for number in 1...3 {
            #expect(stage.connect(source: "203.0.\(number).1") != nil)
            #expect(crowd.count { $0.isAborted } == number)
        }
        #expect(crowd[0].isAborted && !typist.isAborted)
        #expect(stage.game.sessions.count == 13)
    }

    @Test func aFewOfOneNetworkHaveTheirTime() throws {
        var settings = GameSettings()
        settings.maximumSessions = SessionLimits.undisturbedStrangers
        let stage = try GameStage(settings: settings)
        let few = try (1...SessionLimits.undisturbedStrangers).map { number in
            try #require(stage.connect(source: "192.0.2.\(number)"))
        }
        stage.advance(.seconds(19))
        #expect(stage.connect(source: "203.0.113.1") == nil)
        #expect(few.allSatisfy { !$0.isAborted })
        stage.advance(.seconds(1))
        #expect(stage.connect(source: "203.0.113.1") != nil)
        #expect(few.map(\.isAborted) == [true] + [Bool](repeating: false, count: few.count - 1))
    }

    /// Whoever is of the crowd's own network gets in as well.
    @Test func aNetworkWithMoreThanOneSourceMayHaveMakesRoomForItsOwn() throws {
        var settings = GameSettings()
        settings.maximumSessions = 4
        settings.maximumStrangersPerSource = 3
        let stage = try GameStage(settings: settings)
        let crowd = try (1...4).map { number in try #require(stage.connect(source: "192.0.2.\(number)")) }
        #expect(stage.connect(source: "192.0.2.9") != nil)
        #expect(crowd.map(\.isAborted) == [true, false, false, false])
        settings.maximumStrangersPerSource = 4
        stage.game.settings = settings
        #expect(stage.connect(source: "192.0.2.10") == nil)
    }

    /// A door at which people come in before they have a session.
    @Test func aSilentCrowdOfOneDoorMakesRoomAtAnother() throws {
        var settings = GameSettings()
        settings.maximumSessions = 12
        settings.maximumStrangersPerSource = 6
        let stage = try GameStage(settings: settings)
        var sentAway: [Int] = []
        for number in 0..<12 {
            let knock = try #require(stage.game.knock(from: "198.51.\(number / 6).1"))
            knock.whenSentAway = { sentAway.append(number) }
        }
        #expect(stage.connect(source: "203.0.1.1") != nil)
        #expect(sentAway == [0])
        #expect(stage.game.knock(from: "203.0.2.1") != nil)
        #expect(sentAway == [0, 6])
    }

    @Test func whoHasShownWhoTheyAreMakesNoRoom() throws {
        var settings = GameSettings()
        settings.maximumSessions = 2
        let stage = try GameStage(settings: settings)
        var isSentAway = false
        let proven = try #require(stage.game.knock(from: "192.0.2.1"))
        proven.proved()
        proven.whenSentAway = { isSentAway = true }
        let stranger = try #require(stage.connect(source: "192.0.2.2"))
        #expect(stage.game.knock(from: "192.0.2.3") == nil)
        stage.advance(.seconds(20))
        let second = try #require(stage.game.knock(from: "192.0.2.3"))
        #expect(stranger.isAborted && !isSentAway)
        // Its session holds the place instead, and leaves it again.
        #expect(stage.game.knock(from: "192.0.2.4") == nil)
        proven.sessionBegan()
        #expect(stage.game.knock(from: "192.0.2.4") != nil)
        proven.sessionEnded()
        proven.end()
        second.end()
        #expect(stage.game.knock(from: "192.0.2.5") != nil && stage.game.knock(from: "192.0.2.6") == nil)
    }

    @Test func guestsCountAgainstTheirSource() throws {
        var settings = GameSettings()
        settings.maximumStrangersPerSource = 2
        let stage = try GameStage(settings: settings)
        for _ in 0..<2 { stage.type("guest", try #require(stage.connect(source: "192.0.2.1"))) }
        #expect(stage.connect(source: "192.0.2.1") == nil)
    }

    @Test func onlySoManyGuestsAreInPlay() throws {
        var settings = GameSettings()
        settings.maximumGuests = 2
        let stage = try GameStage(settings: settings)
        let doors = try (1...3).map { number in try #require(stage.connect(source: "192.0.2.\(number)")) }
        for door in doors { stage.type("guest", door) }
        #expect(doors[1].seen.contains("You are Guest2"))
        #expect(doors[2].takeSeen().contains("as many guests here as the game can take"))
        #expect(!doors[2].isClosed)
        stage.type("quit", doors[0])
        stage.type("guest", doors[2])
        #expect(doors[2].seen.contains("You are Guest1"))
    }
}
