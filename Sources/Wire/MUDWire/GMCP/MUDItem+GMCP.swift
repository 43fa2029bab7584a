import JSONWire

extension MUDItem {
    /// An element of `Char.Items.List`: `{"id":12,"name":"a lamp","attrib":"ct"}`.
    var gmcp: JSONValue {
        var body = JSONObject()
        body.set("id", number)
        body.set("name", name)
        let letters = Attribute.allCases.filter { attributes.contains($0) }.map(\.rawValue)
        if !letters.isEmpty { body.set("attrib", String(letters)) }
        body.set("icon", icon)
        return .object(body)
    }

    /// Reads such an element; nil without a number.
    init?(gmcp body: JSONValue) {
        guard let number = body["id"]?.looseInteger else { return nil }
        self.init(number: number, name: body["name"]?.looseText ?? "", icon: body["icon"]?.looseText)
        attributes = Set((body["attrib"]?.stringValue ?? "").compactMap(Attribute.init(rawValue:)))
    }
}

extension MUDItem.Location {
    /// `inv`, `room`, or `rep` and the container's number.
    var gmcp: String {
        switch self {
        case .inventory: "inv"
        case .room: "room"
        case .container(let number): "rep\(number)"
        }
    }

    /// Reads a place; nil for one that is unknown.
    init?(gmcp text: String) {
        switch text {
        case "inv": self = .inventory
        case "room": self = .room
        default:
            guard text.hasPrefix("rep"), let number = Int(text.dropFirst(3)) else { return nil }
            self = .container(number)
        }
    }
}
