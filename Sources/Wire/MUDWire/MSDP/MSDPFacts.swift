/// All that MSDP can say to one client, from the same facts as GMCP.
///
/// | Variable | From |
/// | --- | --- |
/// | `SERVER_ID`, `SERVER_TIME` | ``serverName``, ``serverTime`` |
/// | `CHARACTER_NAME` | ``character`` |
/// | `HEALTH`, `HEALTH_MAX`, `MANA`, `MOVEMENT` …, others by their name in capitals | ``vitals`` |
/// | `RACE`, `LEVEL` … by their name in capitals | ``status`` |
/// | `ROOM`, `ROOM_VNUM`, `ROOM_NAME`, `ROOM_AREA`, `ROOM_TERRAIN`, `ROOM_EXITS` | ``room`` |
package struct MSDPFacts: Hashable, Sendable {
    package var serverName: String
    /// Seconds since 1970; nil leaves it out, so that it is not reported each time.
    package var serverTime: Int64?
    package var character: MUDPerson?
    package var vitals: MUDVitals
    package var status: MUDStatus
    package var room: MUDRoom?

    package init(
        serverName: String, serverTime: Int64? = nil, character: MUDPerson? = nil,
        vitals: MUDVitals = MUDVitals(), status: MUDStatus = MUDStatus(), room: MUDRoom? = nil
    ) {
        self.serverName = serverName
        self.serverTime = serverTime
        self.character = character
        self.vitals = vitals
        self.status = status
        self.room = room
    }

    /// The names of all variables that have a value now, and of those that have one in the game.
    var names: [String] {
        let known = variables.map(\.name)
        return known + Self.namesInGame.filter { !known.contains($0) }
    }

    private static let namesInGame = [
        "CHARACTER_NAME", "ROOM", "ROOM_VNUM", "ROOM_NAME", "ROOM_AREA", "ROOM_TERRAIN", "ROOM_EXITS",
    ]

    /// Every variable that has a value now, each name once.
    package var variables: [MSDPVariable] {
        var variables = [MSDPVariable("SERVER_ID", .text(serverName))]
        if let serverTime { variables.append(MSDPVariable("SERVER_TIME", .text(String(serverTime)))) }
        if let character { variables.append(MSDPVariable("CHARACTER_NAME", .text(character.name))) }
        variables += vitals.msdp
        variables += status.msdp
        if let room { variables += room.msdp }
        var names: Set<String> = []
        return variables.filter { names.insert($0.name).inserted }
    }
}
