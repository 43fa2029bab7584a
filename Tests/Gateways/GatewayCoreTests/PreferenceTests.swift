import GatewayCore
import TerminalWire
import Testing

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
