import Basics
import WorldModel

/// Reads one area file into declarations; what refers to other declarations is checked later.
struct AreaReader {
    let sink: DiagnosticSink
    let area: String
    private(set) var title = ""
    /// The region whose weather its places have; empty for the usual one.
    private var climate = ""
    var declarations: [Declaration] = []

    init(area: String, _ sink: DiagnosticSink) {
        self.area = area
        self.sink = sink
    }

    mutating func read(_ fields: inout Fields) {
        title = fields.text("title") ?? area
        climate = fields.text("climate") ?? ""
        for entry in fields.map("rooms") { readRoom(entry) }
        for entry in fields.map("doors") { readDoor(entry) }
        for entry in fields.map("things") { readThing(entry, in: nil) }
        for entry in fields.map("prototypes") { readPrototype(entry) }
    }

    /// The complete key of a declared name.
    func key(_ entry: TextNode.Entry, _ kind: Declaration.Kind) -> String? {
        if KeyText.isValid(entry.key) { return "\(area)/\(entry.key)" }
        sink.error(
            entry.keyPosition,
            "\(entry.key) cannot name a \(kind.rawValue); use lower-case letters, digits and hyphens")
        return nil
    }

    // MARK: Rooms and exits

    mutating func readRoom(_ entry: TextNode.Entry) {
        guard let key = key(entry, .room) else { return }
        var room = Declaration(.room, key, at: entry.keyPosition)
        guard var fields = Fields(entry.value, of: room.label, sink) else { return }
        room.faculties = .place
        room.looks[.area] = .text(title)
        for (name, property) in [("name", CoreProperty.name), ("description", .description)] {
            if let text = fields.text(name) {
                room.looks[property] = .text(text)
            } else if !fields.has(name) {
                sink.error(entry.keyPosition, "\(room.label) has no \(name)")
            }
        }
        // A room's name is a title, complete as it stands.
        room.looks[.article] = .text("")
        if fields.flag("dark") == true { room.looks[.dark] = .bool(true) }
        readSky(&fields, into: &room)
        readDetails(&fields, into: &room)
        readRules(&fields, into: &room)
        let exits = fields.map("exits")
        let things = fields.map("things")
        fields.finish()
        declarations.append(room)
        for exit in exits { readExit(exit, in: Reference(key: key, position: room.position)) }
        for thing in things { readThing(thing, in: Reference(key: key, position: room.position)) }
    }

    /// What time and weather do to a room.
    private func readSky(_ fields: inout Fields, into room: inout Declaration) {
        if fields.flag("outdoors") == true { room.looks[.outdoors] = .bool(true) }
        if fields.flag("nightdark") == true { room.looks[.nightDark] = .bool(true) }
        let climate = fields.text("climate") ?? climate
        if !climate.isEmpty { room.looks[.climate] = .text(climate) }
        if let sound = fields.text("ambience") {
            if World.isSoundName(sound) {
                room.looks[.ambience] = .text(sound)
            } else {
                sink.error(
                    fields.position(of: "ambience"),
                    "ambience of \(room.label) must be the name of a file such as rain.mp3, with folders before it at most"
                )
            }
        }
        var variants: [String: Value] = [:]
        for entry in fields.map("descriptions") {
            if let text = Fields.text(entry.value, what: "description for \(entry.key) of \(room.label)", sink) {
                variants[entry.key] = .text(text)
            }
        }
        if !variants.isEmpty { room.looks[.descriptions] = .map(variants) }
    }

    func readDetails(_ fields: inout Fields, into declaration: inout Declaration) {
        var details: [String: Value] = [:]
        for entry in fields.map("details") {
            guard let text = Fields.text(entry.value, what: "detail \(entry.key) of \(declaration.label)", sink) else {
                continue
            }
            let nouns = Fields.split(entry.key)
            if nouns.isEmpty { sink.error(entry.keyPosition, "a detail of \(declaration.label) has no noun") }
            for noun in nouns where details.updateValue(.text(text), forKey: noun) != nil {
                sink.error(entry.keyPosition, "\(declaration.label) has two details called \(noun)")
            }
        }
        if !details.isEmpty { declaration.looks[.details] = .map(details) }
    }

    mutating func readExit(_ entry: TextNode.Entry, in room: Reference) {
        guard let direction = Direction(rawValue: entry.key) else {
            let hint = sink.hint(for: entry.key, among: Direction.allCases.map(\.rawValue))
            sink.error(entry.keyPosition, "\(entry.key) of room \(room.key) is not a direction\(hint)")
            return
        }
        var exit = Declaration(.exit, "\(room.key):\(direction.rawValue)", at: entry.keyPosition)
        exit.faculties = .exit
        exit.looks[.direction] = .text(direction.rawValue)
        exit.location = room
        if case .text = entry.value.content {
            exit.references[.destination] = reference(entry.value, what: "exit \(entry.key) of \(room.key)")
        } else {
            guard var fields = Fields(entry.value, of: exit.label, sink) else { return }
            exit.references[.destination] = reference(&fields, "to")
            if !fields.has("to") { sink.error(entry.keyPosition, "\(exit.label) leads nowhere; give it `to`") }
            if let door = reference(&fields, "door") { exit.references[.door] = door }
            if let names = fields.words("names") { exit.looks[.otherNames] = names.value }
            if let text = fields.text("text") { exit.looks[.passageText] = .text(text) }
            readView(&fields, into: &exit)
            exit.isOneWay = fields.flag("oneway") ?? false
            readRules(&fields, into: &exit)
            fields.finish()
        }
        declarations.append(exit)
    }

    /// What passes a way beside people: sight and sound.
    private func readView(_ fields: inout Fields, into exit: inout Declaration) {
        let isView = fields.flag("view") ?? false
        if isView { exit.looks[.view] = .bool(true) }
        // What one sees one hears, unless it is said otherwise.
        if fields.flag("sound") ?? isView { exit.looks[.sound] = .bool(true) }
        if let distance = fields.number("distance", in: 1...9) { exit.looks[.distance] = distance.value }
        if let text = fields.text("impassable") { exit.looks[.impassable] = .text(text) }
    }

    // MARK: References

    func reference(_ fields: inout Fields, _ key: String) -> Reference? {
        fields.entry(key).flatMap { reference($0.value, what: "\(key) of \(fields.owner)") }
    }

    func reference(_ node: TextNode, what: String) -> Reference? {
        guard let text = Fields.text(node, what: what, sink) else { return nil }
        guard let key = KeyText.complete(text, in: area) else {
            sink.error(node.position, "\(what) must be a key such as pier or cove/pier, not \(text)")
            return nil
        }
        return Reference(key: key, position: node.position)
    }
}
