import WorldModel

/// Checks that what the tutorial names is there.
struct TutorialCheck {
    private let content: WorldContent
    private let sink: DiagnosticSink

    init(_ content: WorldContent, _ sink: DiagnosticSink) {
        self.content = content
        self.sink = sink
    }

    func run() {
        for place in content.tutorialPlaces where content[place.key]?.kind != .room {
            sink.error(place.position, "the tutorial names \(place.key), which is no room")
        }
        for thing in content.tutorialThings where content[thing.key]?.kind != .prototype {
            sink.error(thing.position, "the tutorial lends \(thing.key), which is no prototype")
        }
    }
}
