import JSONWire

extension MUDRoom {
    /// The body of `Room.Info`.
    ///
    /// ```text
    ///   {"num":12,"name":"A yard","area":"Home","environment":"city","coords":"0,3,-1,0",
    ///    "exits":{"n":13,"in":14},"details":["shop"]}
    /// ```
    ///
    /// The coordinates are, as Iron Realms' clients take them, the area's number, x, y and z.
    var gmcp: JSONValue {
        var body = JSONObject()
        body.set("num", number)
        body.set("name", name)
        body.set("area", area)
        body.set("environment", environment)
        if let coordinates {
            body.set("coords", "\(coordinates.area),\(coordinates.x),\(coordinates.y),\(coordinates.z)")
        }
        var ways = JSONObject()
        for exit in exits { ways.set(MUDText.line(exit.direction), exit.number) }
        body["exits"] = .object(ways)
        if !details.isEmpty { body["details"] = .lines(details) }
        return .object(body)
    }

    /// Reads the body of `Room.Info`; nil without a number.
    init?(gmcp body: JSONValue) {
        guard let fields = body.objectValue, let number = fields.integer("num") else { return nil }
        self.init(number: number, name: fields.text("name") ?? "")
        area = fields.text("area") ?? ""
        environment = fields.text("environment") ?? ""
        coordinates = fields["coords"].flatMap(Coordinates.init(gmcp:))
        exits = (fields["exits"]?.objectValue?.members ?? []).compactMap { way in
            way.value.looseInteger.map { Exit(direction: way.name, number: $0) }
        }
        details = fields.texts("details")
    }
}

extension MUDRoom.Coordinates {
    /// Reads coordinates as the servers in use write them: a text or an array of three or four numbers, or an object.
    init?(gmcp value: JSONValue) {
        if let fields = value.objectValue {
            guard let x = fields.integer("x"), let y = fields.integer("y") else { return nil }
            self.init(x: x, y: y, z: fields.integer("z") ?? 0)
            return
        }
        let numbers: [Int?]
        if let text = value.stringValue {
            numbers = text.split(separator: ",", omittingEmptySubsequences: false).prefix(5).map { Int($0) }
        } else {
            numbers = value.elements.prefix(5).map(\.looseInteger)
        }
        let known = numbers.compactMap(\.self)
        guard known.count == numbers.count else { return nil }
        switch known.count {
        case 2: self.init(x: known[0], y: known[1])
        case 3: self.init(x: known[0], y: known[1], z: known[2])
        case 4: self.init(x: known[1], y: known[2], z: known[3], area: known[0])
        default: return nil
        }
    }
}
