extension MUDVitals {
    /// Two variables a gauge, its value and what it may be at most.
    var msdp: [MSDPVariable] {
        gauges.flatMap { gauge in
            let name = Self.msdpNames[gauge.name] ?? MUDText.variableName(gauge.name)
            let value = MSDPVariable(name, .text(String(gauge.value)))
            return [value] + (gauge.maximum.map { [MSDPVariable(name + "_MAX", .text(String($0)))] } ?? [])
        }
    }

    /// What the gauges that both protocols know are called in MSDP.
    private static let msdpNames = [
        "hp": "HEALTH", "mp": "MANA", "mv": "MOVEMENT", "ep": "ENDURANCE", "wp": "WILLPOWER",
    ]
}

extension MUDStatus {
    /// A variable each, without the captions.
    var msdp: [MSDPVariable] {
        variables.map { MSDPVariable(MUDText.variableName($0.name), .text($0.value)) }
    }
}

extension MUDRoom {
    /// The room as a whole, as clients' maps take it, and its parts.
    var msdp: [MSDPVariable] {
        let parts = [
            MSDPVariable("VNUM", .text(String(number))), MSDPVariable("NAME", .text(name)),
            MSDPVariable("AREA", .text(area)), MSDPVariable("TERRAIN", .text(environment)),
            MSDPVariable("EXITS", msdpExits),
        ]
        return [MSDPVariable("ROOM", .table(parts + msdpCoordinates))]
            + parts.map { MSDPVariable("ROOM_" + $0.name, $0.value) }
    }

    private var msdpExits: MSDPValue {
        .table(exits.map { MSDPVariable($0.direction, .text(String($0.number))) })
    }

    private var msdpCoordinates: [MSDPVariable] {
        guard let coordinates else { return [] }
        let axes = [("X", coordinates.x), ("Y", coordinates.y), ("Z", coordinates.z)]
        return [MSDPVariable("COORDS", .table(axes.map { MSDPVariable($0.0, .text(String($0.1))) }))]
    }

    /// Reads the value of `ROOM`; nil without a number.
    package init?(msdp value: MSDPValue) {
        guard let number = value["VNUM"]?.textValue.flatMap({ Int($0) }) else { return nil }
        self.init(number: number, name: value["NAME"]?.textValue ?? "")
        area = value["AREA"]?.textValue ?? ""
        environment = value["TERRAIN"]?.textValue ?? ""
        if case .table(let ways)? = value["EXITS"] {
            exits = ways.compactMap { way in
                way.value.textValue.flatMap { Int($0) }.map { Exit(direction: way.name, number: $0) }
            }
        }
        if let place = value["COORDS"], let x = place["X"]?.textValue.flatMap({ Int($0) }),
            let y = place["Y"]?.textValue.flatMap({ Int($0) })
        {
            coordinates = Coordinates(x: x, y: y, z: place["Z"]?.textValue.flatMap { Int($0) } ?? 0)
        }
    }
}
