import GatewayCore
import TerminalWire
import Testing
import WorldModel

/// What players have set, at the door.
@Suite struct PreferenceTests {
    @Test func theTimeStandsBeforeWhatHappens() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        stage.type("set timestamps on", ada)
        _ = ada.takeSeen()
        stage.type("say hello", ben)
        #expect(ada.takeSeen() == "\r\n[00:16] Ben says, \"hello\"\r\n")
        stage.type("inventory", ada)
        #expect(ada.takeSeen() == "You carry nothing.\r\n> ")
        stage.type("set timestamps off", ada)
        _ = ada.takeSeen()
        stage.type("say hello", ben)
        #expect(ada.takeSeen() == "\r\nBen says, \"hello\"\r\n")
    }

    @Test func thePromptIsWhatAPlayerWants() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        _ = ada.takeSeen()
        stage.type("set prompt [%time] %name 100%%>", ada)
        #expect(ada.takeSeen().hasSuffix(".\r\n[00:16] Ada 100%> "))
        stage.type("set prompt off", ada)
        #expect(ada.takeSeen().hasSuffix(".\r\n"))
        stage.type("inventory", ada)
        #expect(ada.takeSeen() == "You carry nothing.\r\n")
        stage.type("set prompt auto", ada)
        #expect(ada.takeSeen().hasSuffix(".\r\n> "))
    }

    @Test func aScreenReaderHasAPromptOnlyWhenOneIsChosen() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        stage.type("set screenreader on", ada)
        _ = ada.takeSeen()
        stage.type("inventory", ada)
        #expect(ada.takeSeen() == "You carry nothing.\r\n")
        stage.type("set prompt %place:", ada)
        #expect(ada.takeSeen().hasSuffix(": "))
    }

    @Test func theEditorNumbersTheLineThatIsTyped() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        stage.type("mail to ben about tea", ada)
        #expect(ada.takeSeen().hasSuffix("\r\n1] "))
        stage.type("Dear Ben,", ada)
        #expect(ada.takeSeen() == "2] ")
        stage.type("", ada)
        #expect(ada.takeSeen() == "3] ")
        stage.type("say Hello!", ben)
        #expect(ada.takeSeen().contains("Ben says, \"Hello!\""))
        _ = ben.takeSeen()
        stage.type(".x", ada)
        #expect(ada.takeSeen() == "You send a letter to Ben: \"tea\".\r\n> ")
        #expect(ben.takeSeen().contains("You have new mail from Ada"))
    }

    @Test func allCharactersOfAnAccountHaveTheSameSettings() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        stage.type("set theme light", ada)
        stage.type("set color 16", ada)
        stage.type("character create Bea", ada)
        stage.type("play bea", ada)
        _ = ada.takeSeen()
        #expect(ada.session?.persona?.name == "Bea")
        #expect(ada.session?.profile.palette.theme == .light)
        stage.type("set", ada)
        #expect(ada.takeSeen().contains("light"))
    }

    @Test(arguments: [("16", "\u{1B}[35mBen\u{1B}[0m"), ("256", "\u{1B}[38;5;163mBen\u{1B}[0m"), ("off", "Ben")])
    func aPlayerSaysHowManyColoursThereAre(value: String, name: String) throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        stage.type("set color \(value)", ada)
        _ = ada.takeSeen()
        stage.type("emote waves.", ben)
        #expect(ada.takeSeen() == "\r\n\(name) waves.\r\n")
    }
}
