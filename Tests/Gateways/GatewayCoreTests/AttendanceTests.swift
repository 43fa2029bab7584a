import GatewayCore
import Testing
import WorldModel

/// Who is connected, as the world asks for it with every line that many hear.
@Suite struct AttendanceTests {
    @Test func theyStandInOrderOfArrivalWhoeverComesAndGoes() throws {
        let stage = try GameStage()
        func names() -> [String] {
            let names = stage.game.connected.map(\.name)
            #expect(stage.game.present.map(\.persona.name) == names)
            for name in ["Ada", "Ben"] {
                let body = stage.world.player(named: name.lowercased())
                #expect((body.map(stage.game.isPresent) ?? false) == names.contains(name))
            }
            return names
        }
        #expect(names() == [])
        let ada = try stage.enter("ada")
        #expect(names() == ["Ada"])
        let ben = try stage.enter("ben")
        #expect(names() == ["Ada", "Ben"])
        let second = try stage.comeBack("ada")
        #expect(names() == ["Ada", "Ben"])
        ada.session?.connectionLost()
        #expect(names() == ["Ada", "Ben"])
        second.session?.connectionLost()
        #expect(names() == ["Ben"])
        stage.settle()
        #expect(names() == ["Ben"])
        _ = try stage.comeBack("ada")
        #expect(names() == ["Ben", "Ada"])
        stage.type("quit", ben)
        #expect(names() == ["Ada"])
    }
}
