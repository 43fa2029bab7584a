import WorldModel

/// Whether exits and doors join the rooms into one place.
struct PassageCheck {
    private let content: WorldContent
    private let sink: DiagnosticSink
    private let exitsByRoom: [String: [Declaration]]
    private let exitsByDoor: [String: [Declaration]]

    init(_ content: WorldContent, _ sink: DiagnosticSink) {
        self.content = content
        self.sink = sink
        exitsByRoom = Dictionary(grouping: content.exits) { $0.location?.key ?? "" }
        exitsByDoor = Dictionary(grouping: content.exits) { $0.references[.door]?.key ?? "" }
    }

    func run() {
        for exit in content.exits { checkWayBack(exit) }
        for door in content.doors { checkDoor(door) }
        checkReach()
    }

    private func checkWayBack(_ exit: Declaration) {
        guard !exit.isOneWay, let from = exit.location?.key, let destination = exit.references[.destination],
            content[destination.key]?.kind == .room
        else { return }
        let back = exitsByRoom[destination.key] ?? []
        if back.contains(where: { $0.references[.destination]?.key == from }) { return }
        sink.warning(
            exit.position,
            "\(exit.label) leads to \(destination.key), from which no exit leads back; if so meant, add `oneway: true`")
    }

    private func checkDoor(_ door: Declaration) {
        let exits = exitsByDoor[door.key] ?? []
        switch exits.count {
        case 0: sink.error(door.position, "\(door.label) is in no exit; name it by `door: …` in one")
        case 1:
            if exits[0].isOneWay { return }
            sink.warning(door.position, "\(door.label) bars only \(exits[0].label), not the way back")
        case 2:
            let ends = exits.map { [$0.location?.key, $0.references[.destination]?.key] }
            if ends[0] != ends[1].reversed() {
                sink.error(
                    door.position,
                    "\(door.label) is in \(exits[0].label) and \(exits[1].label), which are not the two sides of one way"
                )
            }
        default: sink.error(door.position, "\(door.label) is in \(exits.count) exits; a door has two sides")
        }
    }

    private func checkReach() {
        guard !sink.missesFile, let start = content.startPlace, content[start.key]?.kind == .room else { return }
        var reached: Set<String> = [start.key]
        var frontier = [start.key]
        while let room = frontier.popLast() {
            for exit in exitsByRoom[room] ?? [] where exit.text(.impassable).isEmpty {
                guard let destination = exit.references[.destination]?.key else { continue }
                if reached.insert(destination).inserted { frontier.append(destination) }
            }
        }
        for room in content.rooms where !reached.contains(room.key) {
            sink.warning(room.position, "\(room.label) cannot be reached from \(start.key)")
        }
    }
}
