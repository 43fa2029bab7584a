import AuditCore
import Basics
import Logging
import ReactorCore
package import TerminalWire
package import WorldLanguage
package import WorldModel
import WorldVerbs

/// What a single command came to.
package struct ErrandAnswer: Equatable, Sendable {
    /// What its player reads, rendered.
    package var text: [UInt8]
    /// Whether it was refused, or not understood.
    package var isRefused: Bool
}

/// Single commands whose player waits for the answer and is gone, as by `ssh HOST look`.
extension Game {
    /// Plays one command of a character, and gives the answer when all that it tells of is durable.
    ///
    /// A character in play goes on undisturbed: what only asks is answered here alone, what does something is shown at its other
    /// connections like anything that is typed at one. One that is out of play does not come in for it; see
    /// ``Interpreter/performErrand(_:by:role:at:seed:)``.
    ///
    /// - Parameters:
    ///   - line: The command.
    ///   - persona: Whose it is.
    ///   - profile: What the client shows; the player's own settings are put over it.
    ///   - then: Gets the answer, later than this call returns or before.
    package func runErrand(
        _ line: String, as persona: Thing, profile: TerminalProfile, then: @escaping (ErrandAnswer) -> Void
    ) {
        whenErrandsMayRun { [self] in
            guard persona.exists else { return then(ErrandAnswer(text: [], isRefused: true)) }
            var profile = profile
            profile.apply(world.preferences(of: persona))
            var answer = ErrandAnswer(text: [], isRefused: false)
            var sequence: UInt64 = 0
            spend(.command) {
                (answer, sequence) = play(line, as: persona, profile)
            }
            whenDurable(sequence) { then(answer) }
        }
    }

    /// Plays one command of a guest, who may only look and ask, and gives the answer when all that it tells of is durable.
    ///
    /// No body stays behind, and nobody sees one; see ``Interpreter/performGlance(_:settings:at:seed:)``.
    ///
    /// - Parameters:
    ///   - line: The command.
    ///   - profile: What the client shows.
    ///   - locale: What the client says its user reads, as POSIX names it.
    ///   - then: Gets the answer, later than this call returns or before.
    package func runGlance(
        _ line: String, profile: TerminalProfile, locale: String, then: @escaping (ErrandAnswer) -> Void
    ) {
        whenErrandsMayRun { [self] in
            measurements.commands += 1
            let settings = language(ofLocale: locale, for: profile).map { ["language": $0.code] } ?? [:]
            var answer = ErrandAnswer(text: [], isRefused: false)
            spend(.command) {
                let (outcome, guest) = interpreter.performGlance(
                    line, settings: settings, at: wallTime(), seed: random.next())
                if let fault = outcome.fault { log.error("fault", metadata: ["detail": "\(fault)"]) }
                answer.isRefused = outcome.fault != nil
                for delivery in outcome.deliveries where delivery.recipients.contains(where: { $0 === guest }) {
                    if delivery.category == .refusal { answer.isRefused = true }
                    answer.text += render(delivery.text, for: profile)
                }
            }
            whenDurable(world.sequence) { then(answer) }
        }
    }

    /// Waits, as lines of sessions do, while others have their turn or everybody waits for the archive.
    private func whenErrandsMayRun(_ body: @escaping () -> Void) {
        guard !isOverloaded, mayTakeTurnAtOnce else {
            reactor.callLater(isOverloaded ? Self.errandRest : .zero) { [weak self] in self?.whenErrandsMayRun(body) }
            return
        }
        body()
    }

    /// What somebody reads of whom there is no session.
    ///
    /// - Parameters:
    ///   - sentence: What is said.
    ///   - persona: Who reads it, in their language; nil for English.
    ///   - profile: What their client shows.
    /// - Returns: The octets for that client.
    package func text(_ sentence: Sentence, for persona: Thing?, _ profile: TerminalProfile) -> [UInt8] {
        let language = persona.flatMap { interpreter.languages.language(of: $0) }
        return render(sentence.phrase(for: nobody, in: language) { _ in true }, for: profile)
    }

    /// How long an errand waits while everybody waits for the archive.
    private static let errandRest = Duration.milliseconds(50)

    private func play(_ line: String, as persona: Thing, _ profile: TerminalProfile) -> (ErrandAnswer, UInt64) {
        measurements.commands += 1
        var outcome = interpreter.performErrand(
            line, by: persona, role: role(of: persona), at: wallTime(), seed: random.next())
        var answer = ErrandAnswer(text: [], isRefused: outcome.fault != nil)
        for delivery in outcome.deliveries where delivery.recipients.contains(where: { $0 === persona }) {
            if delivery.category == .refusal { answer.isRefused = true }
            answer.text += render(timed(delivery.text, delivery.category, at: wallTime(), for: profile), for: profile)
        }
        // What is said is a deed also where nobody else hears it.
        let tellsOthers = outcome.deliveries.contains {
            $0.category.isTalk || $0.recipients.contains { $0 !== persona }
        }
        if persona.exists, persona.location != nil, outcome.record != nil || tellsOthers {
            echo(line, from: nil, persona)
        } else {
            outcome.deliveries = outcome.deliveries.compactMap { Self.delivery($0, without: persona) }
        }
        let requests = outcome.requests
        for case .settingsChanged in requests { applySettings(of: persona) }
        let sequence = run(outcome, by: persona)
        return (answer, sequence)
    }

    private static func delivery(_ delivery: Delivery, without persona: Thing) -> Delivery? {
        let others = delivery.recipients.filter { $0 !== persona }
        if others.isEmpty { return nil }
        return Delivery(
            recipients: others, text: delivery.text, category: delivery.category, speaker: delivery.speaker,
            utterance: delivery.utterance)
    }
}
