import Basics
import GatewayCore
import Testing
import WorldModel
import WorldVerbs

/// Several characters of one account.
@Suite struct CharactersTests {
    private func makeTwo() throws -> (GameStage, RecordingDoor) {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        stage.type("character create bryn", ada)
        #expect(ada.takeSeen().contains("Bryn is made. Type play bryn to be Bryn"))
        return (stage, ada)
    }

    @Test func aSecondCharacterIsMadeAndPlayed() throws {
        let (stage, ada) = try makeTwo()
        let ben = try stage.enter("ben")
        let account = try #require(stage.world.account(named: "ada"))
        #expect(account[.characters].count == 2)
        stage.type("characters", ada)
        let list = ada.takeSeen()
        #expect(list.contains("Ada, whom you play") && list.contains("Bryn, who has not been in the game yet"))
        _ = ben.takeSeen()
        stage.type("play bryn", ada)
        let seen = ada.takeSeen()
        #expect(seen.contains("Welcome, Bryn.") && seen.contains("A plain hall.") && !ada.isClosed)
        #expect(ben.takeSeen() == "\r\nAda is gone.\r\nBryn arrives.\r\n")
        #expect(stage.world.player(named: "ada")?.location == nil)
        stage.type("play bryn", ada)
        #expect(ada.takeSeen().contains("You are Bryn already."))
        stage.type("play ben", ada)
        #expect(ada.takeSeen().contains("You have no character of that name."))
        #expect(stage.world.violations().isEmpty)
    }

    @Test func otherDoorsStayWithTheOldCharacter() throws {
        let (stage, first) = try makeTwo()
        let second = try stage.comeBack("ada")
        stage.type("play bryn", second)
        #expect(stage.game.present.map(\.persona.name) == ["Ada", "Bryn"])
        stage.type("play bryn", first)
        #expect(first.takeSeen().contains("Bryn is in play at another connection"))
        #expect(stage.game.present.map(\.persona.name) == ["Bryn"])
    }

    @Test func aCharactersNameLogsInWithTheAccountsPassword() throws {
        let (stage, ada) = try makeTwo()
        stage.type("quit", ada)
        #expect(try stage.comeBack("bryn").seen.contains("Welcome, Bryn."))
        let door = try #require(stage.connect())
        for line in ["bryn", "wrong horse"] { stage.type(line, door) }
        #expect(door.seen.contains("not the password of Bryn"))
    }

    @Test func whoAsksMayChoose() throws {
        let (stage, ada) = try makeTwo()
        stage.type("quit", ada)
        let door = try #require(stage.connect())
        for line in ["characters ada", "correct horse"] { stage.type(line, door) }
        let seen = door.takeSeen()
        #expect(seen.contains("1. Ada\r\n2. Bryn") && seen.hasSuffix("Name or number: ") && !door.isInputHidden)
        stage.type("3", door)
        #expect(door.takeSeen().contains("none of them"))
        stage.type("2", door)
        #expect(door.takeSeen().contains("Welcome, Bryn."))
        let other = try #require(stage.connect())
        for line in ["characters bryn", "correct horse", "ada"] { stage.type(line, other) }
        #expect(other.takeSeen().contains("Welcome back, Ada."))
        let third = try #require(stage.connect())
        for line in ["characters ada", "correct horse", "quit"] { stage.type(line, third) }
        #expect(third.isClosed)
    }

    @Test func namesAndNumbersAreBounded() throws {
        let (stage, ada) = try makeTwo()
        _ = try stage.enter("ben")
        for (name, answer) in [("ben", "That name is taken"), ("north", "a word the game needs"), ("x", "at least 3")] {
            stage.type("character create \(name)", ada)
            #expect(ada.takeSeen().contains(answer), "\(name)")
        }
        let letters = Array("abcdefghijkl")
        for letter in letters { stage.type("character create bry\(letter)", ada) }
        #expect(ada.takeSeen().contains("You have 10 characters, which is the most."))
        #expect(stage.world.account(named: "ada")?[.characters].count == Accounts.mostCharacters)
    }

    @Test func aCharacterEndsWhenItsNameIsTypedTwice() throws {
        let (stage, ada) = try makeTwo()
        for line in ["play bryn", "get lamp", "play ada"] { stage.type(line, ada) }
        _ = ada.takeSeen()
        stage.type("character delete bryn", ada)
        #expect(ada.takeSeen().contains("Type the name twice"))
        stage.type("character delete bryn brin", ada)
        #expect(ada.takeSeen().contains("not the same"))
        stage.type("character delete ada ada", ada)
        #expect(ada.takeSeen().contains("cannot end the character that you play"))
        stage.type("character delete bryn bryn", ada)
        #expect(ada.takeSeen().contains("Bryn is no more."))
        #expect(stage.world.player(named: "bryn") == nil)
        #expect(stage.world.account(named: "ada")?[.characters].count == 1)
        stage.type("get lamp", ada)
        #expect(ada.takeSeen().contains("You take the brass lamp."))
        #expect(stage.world.violations().isEmpty)
    }

    /// An account is not lost with the character of its name.
    @Test func theNameOfAnAccountStillLogsIn() throws {
        let (stage, ada) = try makeTwo()
        for line in ["play bryn", "character delete ada ada", "quit"] { stage.type(line, ada) }
        #expect(stage.world.player(named: "ada") == nil)
        #expect(try stage.comeBack("ada").seen.contains("Welcome back, Bryn."))
    }

    @Test func aCharacterInPlayElsewhereIsNotDeleted() throws {
        let (stage, ada) = try makeTwo()
        _ = try stage.comeBack("bryn")
        stage.type("character delete bryn bryn", ada)
        #expect(ada.takeSeen().contains("Bryn is in play at another connection."))
    }

    @Test func guestsHaveNone() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        for line in ["guest", "characters", "play ada"] { stage.type(line, door) }
        #expect(door.seen.contains("Guests cannot use 'characters'") && door.seen.contains("Guests cannot use 'play'"))
    }
}
