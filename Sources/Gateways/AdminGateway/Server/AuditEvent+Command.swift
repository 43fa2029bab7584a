import AuditCore

extension AuditEvent {
    /// The record of a command and what came of it, without any secret.
    init(_ command: AdminCommand, by caller: AdminCaller, _ answer: AdminAnswer) {
        let request = AdminRequest(command)
        var words = [request.command]
        for (name, value) in [
            ("role", request.role), ("path", request.path), ("seconds", request.seconds.map(String.init)),
            ("text", request.text), ("reason", request.reason),
        ] {
            if let value, !value.isEmpty { words.append("\(name)=\(value)") }
        }
        var outcome = Outcome.done
        if case .failure(let failure) = answer {
            outcome = .refused
            words.append("failure=\(failure.message)")
        }
        self.init(
            .administer, outcome, actor: "uid \(caller.user)", origin: caller.origin, subject: request.name ?? "",
            detail: words.joined(separator: " "))
    }
}
