import JSONWire
import MUDWire
import Testing

@Suite struct GMCPClientMessageTests {
    private func read(_ payload: String) throws -> GMCPClientMessage? {
        try GMCPClientMessage(try GMCPMessage(parsing: Array(payload.utf8)))
    }

    @Test func whatMudletSends() throws {
        #expect(
            try read(#"Core.Hello { "client": "Mudlet", "version": "4.18.5" }"#)
                == .hello(client: "Mudlet", version: "4.18.5"))
        let supports = """
            Core.Supports.Set [ "Char 1", "Char.Skills 1", "Char.Items 1", "Room 1", "IRE.Rift 1", "IRE.Composer 1", \
            "External.Discord 1", "Client.Media 1", "Char.Login 1"]
            """
        let names = [
            "Char", "Char.Skills", "Char.Items", "Room", "IRE.Rift", "IRE.Composer", "External.Discord",
            "Client.Media", "Char.Login",
        ]
        #expect(try read(supports) == .supportsSet(names.map { GMCPModule($0) }))
        #expect(try read(#"Core.Supports.Add ["Comm.Channel 1"]"#) == .supportsAdd([GMCPModule("Comm.Channel")]))
        #expect(try read("External.Discord.Hello") == .discordHello)
        #expect(try read(#"External.Discord.Hello {"user":"Ada#1","private":false}"#) == .discordHello)
        #expect(try read("External.Discord.Get") == .discordGet)
        #expect(try read(#"Char.Skills.Get {"group":"woods"}"#) == .skills(group: "woods", name: nil))
        let credentials = GMCPCredentials(account: "ada", password: "s\"ecret é")
        #expect(
            try read(#"Char.Login.Credentials {"account":"ada","password":"s\"ecret é"}"#)
                == .credentials(credentials))
        #expect(try read("Char.Login.Credentials {}") == .credentials(nil))
    }

    @Test func whatOthersSend() throws {
        // Keys in capitals, as the standard's own example has them.
        #expect(
            try read(#"Core.Hello {"Version":"5.3.1","Client":"Blightmud"}"#)
                == .hello(client: "Blightmud", version: "5.3.1"))
        // From a script of tintin++, which sends what its author wrote.
        #expect(
            try read("core.hello {\"client\": \"TinTin++\",\"version\": 2.02}\n")
                == .hello(client: "TinTin++", version: "2.02"))
        #expect(try read(#"core.supports.set ["char 1"]"#) == .supportsSet([GMCPModule("char")]))
        #expect(try read("Core.Hello") == .hello(client: "", version: ""))
        #expect(try read("Core.Hello 5") == .hello(client: "", version: ""))
        #expect(try read("Core.Ping") == .ping(averageMilliseconds: nil))
        #expect(try read("CORE.PING 120") == .ping(averageMilliseconds: 120))
        #expect(try read("Core.KeepAlive \"\"") == .keepAlive)
        #expect(try read("Char.Items.Inv \"\"") == .inventory)
        #expect(try read("Char.Items.Contents \"12\"") == .contents(12))
        #expect(try read("Char.Skills.Get") == .skills(group: nil, name: nil))
        #expect(try read(#"Char.Login.Credentials {"account":"","password":""}"#) == .credentials(nil))
        #expect(try read(#"Char.Login.Credentials {"account":"ada"}"#) == .credentials(nil))
        #expect(try read("IRE.Rift.Request") == nil)
    }

    @Test(arguments: [
        ("Core.Supports.Set {}", "Core.Supports"), ("Core.Supports.Add", "Core.Supports"),
        ("Core.Supports.Remove \"Char\"", "Core.Supports"), ("Char.Items.Contents", "Char.Items.Contents"),
        ("Char.Items.Contents [1]", "Char.Items.Contents"), ("Char.Login.Credentials []", "Char.Login.Credentials"),
        ("Char.Login.Credentials \"ada\"", "Char.Login.Credentials"), ("Comm.Channel.Enable", "Comm.Channel.Enable"),
    ])
    func refuses(payload: String, name: String) {
        #expect(throws: GMCPFailure.unexpectedBody(of: name)) { try read(payload) }
    }

    @Test func whatIsKeptIsBounded() throws {
        let long = String(repeating: "é", count: 1000)
        let hello = "Core.Hello {\"client\":\"\(long)\",\"version\":\"a\\n\\u001b[2J\"}"
        guard case .hello(let client, let version)? = try read(hello) else {
            Issue.record("no hello")
            return
        }
        #expect(client == String(repeating: "é", count: GMCPLimits.labelOctets / 2))
        #expect(version == "a [2J")
        let many = GMCPClientMessage.supportsSet((0..<1000).map { GMCPModule("m\($0)") })
        guard case .supportsSet(let modules)? = try GMCPClientMessage(many.message) else {
            Issue.record("no set")
            return
        }
        #expect(modules.count == GMCPLimits.modules)
        let mixed = #"Core.Supports.Set [1,"Char 1",null,"","Room 1 1",{"a":1}]"#
        #expect(try read(mixed) == .supportsSet([GMCPModule("Char")]))
        let password = String(repeating: "x", count: GMCPLimits.credentialOctets)
        #expect(try read("Char.Login.Credentials {\"account\":\"a\",\"password\":\"\(password)\"}") != nil)
        #expect(throws: GMCPFailure.unexpectedBody(of: "Char.Login.Credentials")) {
            try read("Char.Login.Credentials {\"account\":\"a\",\"password\":\"\(password)x\"}")
        }
    }

    @Test(arguments: [
        GMCPClientMessage.hello(client: "mudd", version: "1"), .supportsSet([GMCPModule("Char.Items", version: 2)]),
        .supportsAdd([]), .supportsRemove([GMCPModule("Room")]), .ping(averageMilliseconds: nil),
        .ping(averageMilliseconds: 5), .keepAlive, .credentials(GMCPCredentials(account: "a", password: "p")),
        .credentials(nil), .inventory, .roomItems, .contents(-5), .skills(group: "a", name: nil),
        .skills(group: "a", name: "b"), .channelPlayers, .channelEnable("newbie"), .discordHello, .discordGet,
    ])
    func bothWays(message: GMCPClientMessage) throws {
        #expect(try GMCPClientMessage(try GMCPMessage(parsing: message.message.encoded)) == message)
    }
}
