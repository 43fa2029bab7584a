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
        problems += overlayServices(environment)
        if !problems.isEmpty { throw DaemonFailure(.configuration, problems.joined(separator: "\n")) }
    }

    /// What stands before the variables of a service that the file describes: `MUDD_SERVICES_MIRROR_`.
    private static func prefix(of service: ServiceEntry) -> String { variable(of: service.path()).hyphensLowered + "_" }

    /// Overlays variables such as `MUDD_SERVICES_MIRROR_OPTIONS_LISTEN`, for services that are there.
    private mutating func overlayServices(_ environment: [String: String]) -> [String] {
        var problems: [String] = []
        for service in services {
            let prefix = Self.prefix(of: service)
            // Of a service `front` and a service `front-tls` the longer name is meant where both would do.
            let longer = services.map(Self.prefix).filter { $0.count > prefix.count && $0.hasPrefix(prefix) }
            for (name, text) in environment.sorted(by: { $0.key < $1.key })
            where name.hasPrefix(prefix) && !longer.contains(where: { name.hasPrefix($0) }) {
                var key = name.dropFirst(prefix.utf8.count).lowercased()
                if key.hasPrefix("options_") {
                    key = "options." + key.dropFirst("options_".utf8.count).split(separator: "_").joined(separator: "-")
                }
                if let problem = setService("\(service.path()).\(key)", to: [text], at: "environment: \(name)") {
                    problems.append("environment: \(name): \(problem)")
                }
            }
        }
        return problems
    }

    /// The variables that look as if they were meant for a key and are not; a service manager's own may be among them.
    package func unknownVariables(in environment: [String: String]) -> [String] {
        let known = Set(ConfigurationKey.all.map { Self.variable(of: $0.path) } + ["MUDD_CONFIG"])
        let prefixes = services.map(Self.prefix)
        return environment.keys.filter { name in
            name.hasPrefix("MUDD_") && !known.contains(name) && !prefixes.contains { name.hasPrefix($0) }
        }.sorted()
    }

    /// Overlays values of the command line.
    ///
    /// - Throws: ``DaemonFailure`` with one line for each that does not fit.
    package mutating func overlay(settings: [ConfigurationSources.Setting]) throws(DaemonFailure) {
        var problems: [String] = []
        for setting in settings {
            if setting.path.hasPrefix(Self.servicesPrefix) {
                let problem = setService(setting.path, to: [setting.text], at: setting.option)
                if let problem { problems.append("\(setting.option): \(problem)") }
                continue
            }
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

extension String {
    /// The same with underscores for hyphens, which variables cannot have.
    fileprivate var hyphensLowered: String {
        split(separator: "-", omittingEmptySubsequences: false).joined(separator: "_")
    }
}

extension ConfigurationKey {
    /// What to say of a path that no key has.
    static func unknown(_ path: String) -> String {
        guard let near = Spelling.nearest(to: path, among: all.map(\.path) + ["services"]) else {
            return "unknown key “\(path)”"
        }
        return "unknown key “\(path)”; did you mean \(near)?"
    }
}
