import MUDWire
import Testing

@Suite struct GMCPSupportsTests {
    private let room = GMCPServerMessage.room(MUDRoom(number: 1, name: "Yard"))
    private let vitals = GMCPServerMessage.vitals(MUDVitals())
    private let items = GMCPServerMessage.items(.inventory, [])

    @Test(arguments: [
        ("Char 1", "Char", 1), ("Char.Items 12", "Char.Items", 12), ("Room", "Room", 1), ("  Room   2 ", "Room", 2),
    ])
    func modules(text: String, name: String, version: Int) throws {
        let module = try #require(GMCPModule(parsing: text))
        #expect(module.name == name)
        #expect(module.version == version)
        #expect(GMCPModule(parsing: module.text) == module)
    }

    @Test(arguments: [
        "", " ", "1", "Char x", "Char 0", "Char -1", "Char 1 1", "Char 99999999999999999999", "Ch\u{E9}r 1",
        String(repeating: "a", count: GMCPLimits.nameOctets + 1),
    ])
    func noModules(text: String) {
        #expect(GMCPModule(parsing: text) == nil)
    }

    @Test func onlyWhatIsNamedIsAllowed() {
        var supports = GMCPSupports()
        #expect(!supports.allows(room))
        #expect(supports.allows(.ping))
        #expect(supports.allows(.map(url: "https://example.org/map")))
        supports.receive(.supportsSet([GMCPModule("Room"), GMCPModule("char", version: 2)]))
        #expect(supports.allows(room))
        #expect(supports.allows(vitals))
        #expect(!supports.allows(items))
        #expect(supports.modules == ["room": 1, "char": 2])

        supports.receive(.supportsAdd([GMCPModule("CHAR.Items"), GMCPModule("Room", version: 3)]))
        #expect(supports.allows(items))
        #expect(supports.modules["room"] == 3)

        supports.receive(.supportsRemove([GMCPModule("ROOM"), GMCPModule("Nothing")]))
        #expect(!supports.allows(room))
        supports.receive(.supportsSet([GMCPModule("Room")]))
        #expect(!supports.allows(vitals))
        supports.receive(.keepAlive)
        #expect(supports.contains("ROOM"))
    }

    @Test func oneMessageCanBeNamed() {
        var supports = GMCPSupports()
        supports.receive(.supportsSet([GMCPModule("Char.Vitals")]))
        #expect(supports.allows(vitals))
        #expect(!supports.allows(.name(MUDPerson(name: "Ada", fullName: "Ada"))))
    }

    @Test func modulesAreBounded() {
        var supports = GMCPSupports()
        for round in 0..<100 {
            supports.receive(.supportsAdd((0..<60).map { GMCPModule("m\(round)x\($0)") }))
        }
        #expect(supports.modules.count == GMCPLimits.modules)
        // A module that is known can still change.
        supports.receive(.supportsAdd([GMCPModule("m0x0", version: 7)]))
        #expect(supports.modules["m0x0"] == 7)
    }
}
