import WorldModel

/// Whether regions and the times that descriptions are for are known to the world.
struct ClimateCheck {
    private let content: WorldContent
    private let sink: DiagnosticSink

    init(_ content: WorldContent, _ sink: DiagnosticSink) {
        self.content = content
        self.sink = sink
    }

    func run() {
        let seasons = (content.calendar ?? .standard).seasons.map(\.name)
        let words = Sky.allCases.map(\.rawValue) + Daylight.allCases.map(\.rawValue) + seasons
        for room in content.rooms {
            let climate = room.text(.climate)
            if !climate.isEmpty, !content.climates.isEmpty, content.climates[climate] == nil {
                let hint = sink.hint(for: climate, among: content.climates.keys.sorted())
                sink.error(room.position, "\(room.label) has a climate \(climate) that world.yaml does not name\(hint)")
            }
            guard case .map(let variants)? = room.looks[.descriptions] else { continue }
            for word in variants.keys.sorted() where !words.contains(word) {
                let hint = sink.hint(for: word, among: words)
                sink.error(
                    room.position,
                    "\(room.label) has a description for \(word), which is no sky, light or season\(hint)")
            }
        }
    }
}
