import ReactorCore

/// Complaints that a peer can cause as often as it likes: the first of a text is logged at once, the next ones as a number, once
/// in a second.
final class PacedComplaints {
    private static let interval = Duration.seconds(1)
    /// Different texts that are counted at a time; more are not logged before some of these are.
    private static let mostTexts = 16

    private var waiting: [String: (count: Int, alarm: DelayedCall)] = [:]

    /// Logs a complaint about `count` things, now or soon.
    func add(_ text: String, _ count: Int = 1, on reactor: Reactor) {
        if let before = waiting[text] {
            waiting[text] = (before.count + count, before.alarm)
        } else if waiting.count < Self.mostTexts {
            log(text, count, on: reactor)
        }
    }

    /// Logs what has been counted so far, and waits for nothing any more.
    func finish(on reactor: Reactor) {
        for (text, rest) in waiting {
            rest.alarm.cancel()
            if rest.count > 0 { reactor.log("\(text) (\(rest.count))") }
        }
        waiting = [:]
    }

    private func log(_ text: String, _ count: Int, on reactor: Reactor) {
        let alarm = reactor.callLater(Self.interval) { [weak self, unowned reactor] in
            guard let self, let rest = waiting.removeValue(forKey: text), rest.count > 0 else { return }
            log(text, rest.count, on: reactor)
        }
        waiting[text] = (0, alarm)
        reactor.log("\(text) (\(count))")
    }
}
