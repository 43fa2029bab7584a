package import ReactorCore

/// What the event loop waits with, as an operator chooses it.
package enum ReactorSetting {
    /// The kind that is asked for, or the best of the platform.
    package static func kind(_ configuration: Configuration) throws(DaemonFailure) -> PollerKind {
        guard let name = configuration.reactor else { return .preferred }
        func complaint(_ text: String) -> DaemonFailure {
            configuration.complaint(about: "reactor", option: "--reactor", text)
        }
        let kind: PollerKind
        do throws(PollerFailure) {
            kind = try PollerKind(named: name)
        } catch {
            throw complaint("\(error)")
        }
        guard let reason = kind.reasonUnavailable else { return kind }
        let names = PollerKind.names(PollerKind.available)
        throw complaint("\(kind) is not available: \(reason); this machine has \(names)")
    }

    /// One line for each kind: its name, what it is, and whether this machine has it.
    package static var table: String {
        let width = PollerKind.allCases.map(\.rawValue.count).max() ?? 0
        return PollerKind.allCases.map { kind in
            let name = kind.rawValue + String(repeating: " ", count: width - kind.rawValue.count)
            return "\(name)  \(kind.summary) (\(standing(of: kind)))"
        }.joined(separator: "\n")
    }

    private static func standing(of kind: PollerKind) -> String {
        if let reason = kind.reasonUnavailable { return "not on this machine: \(reason)" }
        return kind == .preferred ? "available, the default" : "available"
    }
}
