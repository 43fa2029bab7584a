import Basics
import IRCWire
import ReactorCore

/// The requests of a client that the server has not answered yet.
///
/// Where `labeled-response` is in force, a label tells which lines answer which request. Elsewhere one request at a time is
/// put between two `PING`s with words of their own: what comes between their answers is its answer, as far as it is numerics,
/// standard replies or history, because a server does one command after the other.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``mostOpen`` requests, ``mostLines`` lines of one answer without a label.
/// - Source: IRCv3 `labeled-response`.
final class IRCClientRequests {
    /// Requests without an answer.
    static let mostOpen = 1000
    /// Lines of one answer between a request and its PONG.
    static let mostLines = 20_000

    private struct Fenced {
        let line: IRCMessage
        /// The words of the two PINGs.
        let before: String
        let after: String
        let outcome: Deferred<IRCClientAnswer>
        let priority: IRCClientPriority
        var answer = IRCClientAnswer(messages: [], heard: [])
    }

    /// Lines to send with nothing in between.
    struct Sending {
        let lines: [IRCMessage]
        let priority: IRCClientPriority
    }

    private enum Fence { case none, sent, passed }

    private var labelled: [String: Deferred<IRCClientAnswer>] = [:]
    private var fenced: [Fenced] = []
    private var fence = Fence.none
    private var lastNumber = 0

    /// Begins a request.
    ///
    /// - Returns: What to send now; the outcome fires with the answer.
    func begin(
        _ message: IRCMessage, _ outcome: Deferred<IRCClientAnswer>, hasLabels: Bool, _ priority: IRCClientPriority
    ) -> Sending? {
        if labelled.count >= Self.mostOpen { labelled = labelled.filter { !$0.value.isFired } }
        if labelled.count + fenced.count >= Self.mostOpen {
            outcome.fail(IRCClientFailure.tooMuch)
            return nil
        }
        lastNumber += 1
        if hasLabels {
            let label = "r\(lastNumber)"
            labelled[label] = outcome
            var message = message
            message.tags["label"] = label
            return Sending(lines: [message], priority: priority)
        }
        fenced.append(
            Fenced(
                line: message, before: "before-\(lastNumber)", after: "after-\(lastNumber)", outcome: outcome,
                priority: priority))
        return nextFenced()
    }

    private func nextFenced() -> Sending? {
        guard case .none = fence else { return nil }
        while let first = fenced.first, first.outcome.isFired { fenced.removeFirst() }
        guard let first = fenced.first else { return nil }
        fence = .sent
        let (before, after) = (IRCParameter(cleaning: first.before), IRCParameter(cleaning: first.after))
        return Sending(
            lines: [IRCMessage("PING", [before]), first.line, IRCMessage("PING", [after])], priority: first.priority)
    }

    /// Takes a line that may be an answer by its label.
    ///
    /// - Returns: Whether it is one.
    func receive(_ message: IRCMessage, _ heard: IRCClientMessage?) -> Bool {
        guard let label = message.tags["label"] else { return false }
        let messages = message.command.name == "ACK" ? [] : [message]
        return finish(label, IRCClientAnswer(messages: messages, heard: heard.map { [$0] } ?? []))
    }

    /// Takes all lines of an answer with a label.
    ///
    /// - Returns: Whether somebody waited for them.
    func finish(_ label: String, _ answer: IRCClientAnswer) -> Bool {
        guard let outcome = labelled.removeValue(forKey: label) else { return false }
        if !outcome.isFired { outcome.succeed(answer) }
        return true
    }

    /// Takes what came between the two PONGs of a request without a label.
    ///
    /// - Returns: Whether a request is waiting for it.
    func note(_ answer: IRCClientAnswer, isHistory: Bool = false) throws(IRCClientFailure) -> Bool {
        guard case .passed = fence, let first = fenced.first else { return false }
        if isHistory, first.line.command.name != "CHATHISTORY" { return false }
        if first.answer.messages.count + answer.messages.count > Self.mostLines {
            throw .excessive("lines of an answer")
        }
        fenced[0].answer.messages += answer.messages
        fenced[0].answer.heard += answer.heard
        return true
    }

    /// Takes the word of a PONG.
    ///
    /// - Returns: What to send next.
    func ponged(_ token: String) -> Sending? {
        guard let first = fenced.first else { return nil }
        switch fence {
        case .sent where token == first.before: fence = .passed
        case .passed where token == first.after:
            fenced.removeFirst()
            fence = .none
            if !first.outcome.isFired { first.outcome.succeed(first.answer) }
            return nextFenced()
        default: break
        }
        return nil
    }

    /// Fails everything that was not answered.
    func fail(_ failure: IRCClientFailure) {
        let open = Array(labelled.values) + fenced.map(\.outcome)
        labelled = [:]
        fenced = []
        fence = .none
        for outcome in open where !outcome.isFired { outcome.fail(failure) }
    }
}
