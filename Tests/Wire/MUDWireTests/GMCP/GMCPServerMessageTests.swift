import JSONWire
import MUDWire
import Testing

@Suite struct GMCPServerMessageTests {
    private static let lamp = MUDItem(number: 7, name: "a lamp", attributes: [.takeable, .container], icon: "light")
    private static let yard: MUDRoom = {
        var room = MUDRoom(number: 12, name: "A yard", area: "Home", environment: "city")
        room.coordinates = MUDRoom.Coordinates(x: 3, y: -1, z: 0)
        room.exits = [MUDRoom.Exit(direction: "n", number: 13), MUDRoom.Exit(direction: "in", number: 14)]
        room.details = ["shop"]
        return room
    }()
    private static let rain: MUDMedia = {
        var rain = MUDMedia(name: "rain.mp3", url: "https://example.org/", kind: .music)
        rain.tag = "weather"
        rain.key = "rain"
        rain.volume = 25
        rain.fadeIn = 500
        rain.fadeOut = 700
        rain.loops = -1
        rain.priority = 60
        rain.goesOn = true
        rain.caption = "Rain falls."
        return rain
    }()
    private static let playing: MUDDiscord.Status = {
        var status = MUDDiscord.Status(game: "mudd")
        status.details = "In the yard"
        status.state = "Alone"
        status.startTime = 1_700_000_000
        status.partySize = 1
        status.partyMaximum = 4
        return status
    }()

    typealias Row = (GMCPServerMessage, module: String?, payload: String)

    static let messages = ofCharacters + ofThings + ofPlaces + ofClients

    private static let ofCharacters: [Row] = [
        (.ping, nil, "Core.Ping"), (.goodbye("Bye."), nil, #"Core.Goodbye "Bye.""#),
        (
            .loginDefault(types: [GMCPServerMessage.passwordLogin]), "Char.Login",
            #"Char.Login.Default {"type":["password-credentials"]}"#
        ),
        (.loginResult(success: true, message: nil), "Char.Login", #"Char.Login.Result {"success":true}"#),
        (
            .loginResult(success: false, message: "No."), "Char.Login",
            #"Char.Login.Result {"success":false,"message":"No."}"#
        ),
        (
            .name(MUDPerson(name: "Ada", fullName: "Ada the Bold")), "Char",
            #"Char.Name {"name":"Ada","fullname":"Ada the Bold"}"#
        ),
        (
            .vitals(
                MUDVitals(
                    gauges: [.init(name: "hp", value: 40, maximum: 60), .init(name: "mp", value: -7)],
                    remarks: ["Carries: 3"])), "Char",
            #"Char.Vitals {"hp":40,"maxhp":60,"mp":-7,"string":"hp:40/60 mp:-7","charstats":["Carries: 3"]}"#
        ),
        (
            .statusVariables(MUDStatus(variables: [.init(name: "race", caption: "Race", value: "")])), "Char",
            #"Char.StatusVars {"race":"Race"}"#
        ),
        (
            .status(MUDStatus(variables: [.init(name: "race", caption: "", value: "elf")])), "Char",
            #"Char.Status {"race":"elf"}"#
        ),
    ]

    private static let ofThings: [Row] = [
        (
            .items(.inventory, [lamp, MUDItem(number: 8, name: "a key")]), "Char.Items",
            #"""
            Char.Items.List {"location":"inv","items":[{"id":7,"name":"a lamp","attrib":"ct","icon":"light"},\#
            {"id":8,"name":"a key"}]}
            """#
        ),
        (.items(.container(7), []), "Char.Items", #"Char.Items.List {"location":"rep7","items":[]}"#),
        (
            .itemAdded(.room, MUDItem(number: 9, name: "a cat", attributes: [.mobile])), "Char.Items",
            #"Char.Items.Add {"location":"room","item":{"id":9,"name":"a cat","attrib":"m"}}"#
        ),
        (
            .itemRemoved(.room, MUDItem(number: 9, name: "a cat")), "Char.Items",
            #"Char.Items.Remove {"location":"room","item":{"id":9,"name":"a cat"}}"#
        ),
        (
            .itemUpdated(.inventory, MUDItem(number: 9, name: "a hat", attributes: [.worn])), "Char.Items",
            #"Char.Items.Update {"location":"inv","item":{"id":9,"name":"a hat","attrib":"w"}}"#
        ),
        (
            .skillGroups([.init(name: "Woods", rank: "novice"), .init(name: "Sea")]), "Char.Skills",
            #"Char.Skills.Groups [{"name":"Woods","rank":"novice"},{"name":"Sea"}]"#
        ),
        (
            .skillList(.init(group: "Woods", skills: [.init(name: "climb", summary: "Get up.")])), "Char.Skills",
            #"Char.Skills.List {"group":"Woods","list":["climb"],"desc":["Get up."]}"#
        ),
        (
            .skillInfo(.init(group: "Woods", skill: "climb", text: "One.\nTwo.")), "Char.Skills",
            #"Char.Skills.Info {"group":"Woods","skill":"climb","info":"One.\nTwo."}"#
        ),
    ]

    private static let ofPlaces: [Row] = [
        (
            .room(yard), "Room",
            #"""
            Room.Info {"num":12,"name":"A yard","area":"Home","environment":"city","coords":"0,3,-1,0",\#
            "exits":{"n":13,"in":14},"details":["shop"]}
            """#
        ),
        (
            .room(MUDRoom(number: 1, name: "Void")), "Room",
            #"Room.Info {"num":1,"name":"Void","area":"","environment":"","exits":{}}"#
        ),
        (
            .roomPlayers([MUDPerson(name: "Ada", fullName: "Ada")]), "Room",
            #"Room.Players [{"name":"Ada","fullname":"Ada"}]"#
        ),
        (
            .roomPlayerAdded(MUDPerson(name: "Ada", fullName: "Ada")), "Room",
            #"Room.AddPlayer {"name":"Ada","fullname":"Ada"}"#
        ),
        (.roomPlayerRemoved(name: "Ada"), "Room", #"Room.RemovePlayer "Ada""#),
        (
            .channels([MUDChannel(name: "newbie", caption: "Newbie", command: "newbie")]), "Comm.Channel",
            #"Comm.Channel.List [{"name":"newbie","caption":"Newbie","command":"newbie"}]"#
        ),
        (
            .speech(MUDSpeech(channel: "newbie", talker: "Ada", text: "Ada: \"Hello.\"")), "Comm.Channel",
            #"Comm.Channel.Text {"channel":"newbie","talker":"Ada","text":"Ada: \"Hello.\""}"#
        ),
        (
            .listeners([MUDListener(name: "Ada", channels: ["Newbie"]), MUDListener(name: "Bo")]), "Comm.Channel",
            #"Comm.Channel.Players [{"name":"Ada","channels":["Newbie"]},{"name":"Bo"}]"#
        ),
        (.speechStart(channel: "newbie"), "Comm.Channel", #"Comm.Channel.Start "newbie""#),
        (.speechEnd(channel: "newbie"), "Comm.Channel", #"Comm.Channel.End "newbie""#),
    ]

    private static let ofClients: [Row] = [
        (
            .clientPackage(MUDClientPackage(version: "3", url: "https://example.org/a.mpackage")), nil,
            #"Client.GUI {"version":"3","url":"https://example.org/a.mpackage"}"#
        ),
        (.map(url: "https://example.org/map.xml"), nil, #"Client.Map {"url":"https://example.org/map.xml"}"#),
        (
            .mediaDefault(url: "https://example.org/"), "Client.Media",
            #"Client.Media.Default {"url":"https://example.org/"}"#
        ),
        (.mediaLoad(name: "a.wav", url: nil), "Client.Media", #"Client.Media.Load {"name":"a.wav"}"#),
        (
            .mediaPlay(rain), "Client.Media",
            #"""
            Client.Media.Play {"name":"rain.mp3","url":"https://example.org/","type":"music","tag":"weather",\#
            "key":"rain","volume":25,"fadein":500,"fadeout":700,"loops":-1,"priority":60,"continue":true,\#
            "caption":"Rain falls."}
            """#
        ),
        (.mediaPlay(MUDMedia(name: "a.wav")), "Client.Media", #"Client.Media.Play {"name":"a.wav","type":"sound"}"#),
        (.mediaStop(.init()), "Client.Media", "Client.Media.Stop {}"),
        (
            .mediaStop(.init(kind: .music, key: "rain")), "Client.Media",
            #"Client.Media.Stop {"type":"music","key":"rain"}"#
        ),
        (
            .discordInfo(.init(inviteURL: "https://discord.gg/x")), "External.Discord",
            #"External.Discord.Info {"inviteurl":"https://discord.gg/x"}"#
        ),
        (
            .discordStatus(playing), "External.Discord",
            #"""
            External.Discord.Status {"game":"mudd","details":"In the yard","state":"Alone",\#
            "starttime":1700000000,"partysize":1,"partymax":4}
            """#
        ),
    ]

    @Test(arguments: GMCPServerMessageTests.messages.indices) func bothWays(index: Int) throws {
        let (message, module, payload) = Self.messages[index]
        #expect(String(decoding: message.message.encoded, as: UTF8.self) == payload)
        #expect(message.module == module)
        #expect(try GMCPServerMessage(try GMCPMessage(parsing: Array(payload.utf8))) == message)
        // Names are read in any case.
        let lowered = GMCPMessage(message.name.lowercased(), message.message.body)
        #expect(try GMCPServerMessage(lowered) == message)
    }

    private func read(_ payload: String) throws -> GMCPServerMessage? {
        try GMCPServerMessage(try GMCPMessage(parsing: Array(payload.utf8)))
    }

    @Test func otherServersSpellings() throws {
        #expect(
            try read(#"Char.Vitals {"hp":"45","maxhp":"48","nl":"10","string":"H:45/48","max":"5","maxim":3}"#)
                == .vitals(
                    MUDVitals(gauges: [
                        .init(name: "hp", value: 45, maximum: 48), .init(name: "nl", value: 10),
                        .init(name: "max", value: 5), .init(name: "maxim", value: 3),
                    ])))
        #expect(try read(#"Char.Login.Result {"success":"true"}"#) == .loginResult(success: true, message: nil))
        #expect(
            try read(#"Client.GUI "2\nhttps://example.org/a.zip""#)
                == .clientPackage(MUDClientPackage(version: "2", url: "https://example.org/a.zip")))
        #expect(try read(#"Room.RemovePlayer {"name":"Ada"}"#) == .roomPlayerRemoved(name: "Ada"))
        #expect(try read("Core.Goodbye") == .goodbye(""))
        #expect(try read(#"Char.Skills.Groups ["Woods"]"#) == .skillGroups([.init(name: "Woods")]))
        #expect(
            try read(#"Char.Items.List {"location":"room","items":[{"id":"5","name":"x","attrib":"t?m"},{"name":1}]}"#)
                == .items(.room, [MUDItem(number: 5, name: "x", attributes: [.takeable, .mobile])]))
        #expect(try read("IRE.Rift.List []") == nil)
    }

    @Test(
        arguments: [
            (#""1,2,3""#, MUDRoom.Coordinates(x: 1, y: 2, z: 3)), (#""9,1,2,3""#, .init(x: 1, y: 2, z: 3, area: 9)),
            ("[1,2,3]", .init(x: 1, y: 2, z: 3)), (#"{"x":1,"y":"2"}"#, .init(x: 1, y: 2)),
            (#""1,2""#, .init(x: 1, y: 2)),
            ("\"\"", nil), (#""1,2,3,4,5""#, nil), (#""1,,3""#, nil), ("[]", nil), ("7", nil), (#"{"x":1}"#, nil),
            (#""99999999999999999999,1""#, nil),
        ] as [(String, MUDRoom.Coordinates?)])
    func coordinates(text: String, coordinates: MUDRoom.Coordinates?) throws {
        guard case .room(let room)? = try read("Room.Info {\"num\":1,\"coords\":\(text)}") else {
            Issue.record("no room")
            return
        }
        #expect(room.coordinates == coordinates)
    }

    @Test(arguments: [
        "Char.Name", "Char.Name []", "Char.Vitals 5", "Char.Items.List {}", #"Char.Items.List {"location":"attic"}"#,
        #"Char.Items.List {"location":"repx"}"#, #"Char.Items.Add {"location":"inv"}"#, "Room.Info {}",
        #"Room.Info {"num":"x"}"#, #"Room.Info {"num":1e300}"#, "Room.Players {}", "Comm.Channel.Text {}",
        "Client.Map {}", "Client.GUI \"x\"", "Client.Media.Play {}", "Char.Login.Result {}", "Char.Skills.List []",
        "Comm.Channel.Start {}", "External.Discord.Info []", "Char.Status 1",
    ])
    func refuses(payload: String) throws {
        let message = try GMCPMessage(parsing: Array(payload.utf8))
        #expect(throws: GMCPFailure.unexpectedBody(of: message.name)) { try GMCPServerMessage(message) }
    }

    @Test func textsCannotCommandATerminal() throws {
        let speech = GMCPServerMessage.speech(
            MUDSpeech(channel: "say", talker: "A\u{1B}[31m", text: "x\r\ny\u{9B}2J\u{7}z\u{2028}é"))
        let octets = speech.message.encoded
        let text = String(decoding: octets, as: UTF8.self)
        #expect(text == #"Comm.Channel.Text {"channel":"say","talker":"A[31m","text":"x y2Jz é"}"#)
        #expect(octets.allSatisfy { $0 >= 0x20 && $0 != 0xFF })
    }

    @Test func namesAreAllDifferent() {
        let names = Self.messages.map { $0.0.name }
        #expect(Set(names).count == 32)
    }
}
