import ReactorCore
import SSHKeys
import SSHWire
import ShellPeers

/// Who runs `mudd ssh`: asked at the terminal, and not at all where there is none.
final class SSHPerson: SSHClientPrompter {
    /// Who asks, as `ada@mud.example.org`.
    private let origin: String
    private let reactor: Reactor
    private let note: (String) -> Void

    init(for origin: String, on reactor: Reactor, note: @escaping (String) -> Void) {
        self.origin = origin
        self.reactor = reactor
        self.note = note
    }

    func show(_ text: String) { note(text.hasSuffix("\n") ? String(text.dropLast()) : text) }

    func trusts(_ key: SSHPublicKey, of host: String, isNewKind: Bool) -> Deferred<Bool> {
        let known =
            isNewKind
            ? "Other keys of \(host) are known; this one, of another kind, is not." : "The key of \(host) is not known."
        note("\(known)\n  \(key)\n" + key.randomArt.map { "  \($0)" }.joined(separator: "\n"))
        return isTrusted(key)
    }

    /// Asks until the answer is one.
    private func isTrusted(_ key: SSHPublicKey) -> Deferred<Bool> {
        TerminalQuestion.ask("Trust it from now on? Type yes, no, or its fingerprint: ", isShown: true, on: reactor)
            .flatMap { [self] line in
                let answer = (line ?? "no").split(whereSeparator: \.isWhitespace).joined(separator: " ")
                if answer == key.fingerprint || answer.lowercased() == "yes" { return .succeeded(true) }
                if answer.lowercased() == "no" { return .succeeded(false) }
                return isTrusted(key)
            }
    }

    func password(of user: String, attempt: Int) -> Deferred<String?> {
        ask(attempt == 1 ? "Password of \(origin): " : "That was not right. Password of \(origin): ")
    }

    func newPassword(prompt: String) -> Deferred<String?> {
        if !prompt.isEmpty { note("(\(origin)) \(prompt)") }
        return ask("New password: ").flatMap { [self] first in
            guard let first else { return .succeeded(nil) }
            return ask("The same again: ").flatMap { [self] second in
                if second == first { return .succeeded(first) }
                note("These were two different ones.")
                return newPassword(prompt: "")
            }
        }
    }

    func passphrase(of file: String, attempt: Int) -> Deferred<String?> {
        ask(attempt == 1 ? "Passphrase of \(file): " : "That was not right. Passphrase of \(file): ")
            // Nothing typed leaves the key out.
            .map { $0?.isEmpty == true ? nil : $0 }
    }

    func answers(to questions: SSHLoginQuestions) -> Deferred<[String]?> {
        for text in [questions.name, questions.instruction] where !text.isEmpty { note(text) }
        return answer(questions.questions[...], [])
    }

    private func answer(_ questions: ArraySlice<SSHLoginQuestions.Question>, _ answers: [String]) -> Deferred<[String]?>
    {
        guard let question = questions.first else { return .succeeded(answers) }
        // Marked as the server's, which may else pass for a question of this program's after a passphrase.
        return ask("(\(origin)) \(question.text)", isShown: question.isShown).flatMap { [self] line in
            guard let line else { return .succeeded(nil) }
            return answer(questions.dropFirst(), answers + [line])
        }
    }

    private func ask(_ question: String, isShown: Bool = false) -> Deferred<String?> {
        TerminalQuestion.ask(question, isShown: isShown, on: reactor)
    }
}
