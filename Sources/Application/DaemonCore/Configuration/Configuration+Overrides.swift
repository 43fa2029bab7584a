import Basics

extension Configuration {
    /// The variable of the environment that overrides a key: `MUDD_LIMITS_IDLE` for `limits.idle`.
    static func variable(of path: String) -> String {
        "MUDD_" + path.uppercased().split(separator: ".").joined(separator: "_")
    }

    /// Overlays the values of an environment; variables that belong to no key are left alone.
    ///
    /// - Throws: ``DaemonFailure`` with one line for each value that does not fit.
    package mutating func overlay(environment: [String: String]) throws(DaemonFailure) {
        var problems: [String] = []
        for key in ConfigurationKey.all {
            let name = Self.variable(of: key.path)
            guard let text = environment[name] else { continue }
            if let expectation = key.read(text, into: &self) {
                problems.append("environment: \(name): expected \(expectation), not \(key.shown(text))")
            } else {
                origins[key.path] = "environment: \(name)"
            }
        }
        if !problems.isEmpty { throw DaemonFailure(.configuration, problems.joined(separator: "\n")) }
    }

    /// The variables that look as if they were meant for a key and are not; a service manager's own may be among them.
    package static func unknownVariables(in environment: [String: String]) -> [String] {
        let known = Set(ConfigurationKey.all.map { variable(of: $0.path) } + ["MUDD_CONFIG"])
        return environment.keys.filter { $0.hasPrefix("MUDD_") && !known.contains($0) }.sorted()
    }

    /// Overlays values of the command line.
    ///
    /// - Throws: ``DaemonFailure`` with one line for each that does not fit.
    package mutating func overlay(settings: [ConfigurationSources.Setting]) throws(DaemonFailure) {
        var problems: [String] = []
        for setting in settings {
            guard let key = ConfigurationKey.all.first(where: { $0.path == setting.path }) else {
                problems.append("\(setting.option): \(ConfigurationKey.unknown(setting.path))")
                continue
            }
            if let expectation = key.read(setting.text, into: &self) {
                problems.append("\(setting.option): expected \(expectation), not \(key.shown(setting.text))")
            } else {
                origins[setting.path] = nil
            }
        }
        if !problems.isEmpty { throw DaemonFailure(.usage, problems.joined(separator: "\n")) }
    }
}

extension ConfigurationKey {
    /// What to say of a path that no key has.
    static func unknown(_ path: String) -> String {
        guard let near = Spelling.nearest(to: path, among: all.map(\.path)) else { return "unknown key “\(path)”" }
        return "unknown key “\(path)”; did you mean \(near)?"
    }
}
