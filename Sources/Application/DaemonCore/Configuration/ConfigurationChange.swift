/// A key that two configurations differ in.
package struct ConfigurationChange: Equatable, Sendable, CustomStringConvertible {
    package let path: String
    package let old: String
    package let new: String
    /// Whether a server that runs can take the new value.
    package let isLive: Bool

    /// The change in a line: `limits.idle: 1h → 2h`.
    package var description: String { "\(path): \(old) → \(new)" }
}

extension Configuration {
    /// Takes over from another configuration what a server that runs can change.
    package mutating func takeLive(from other: Configuration) {
        for key in ConfigurationKey.all where key.isLive {
            _ = key.read(key.write(other), into: &self)
            origins[key.path] = other.origins[key.path]
        }
    }

    /// The keys in which another configuration differs, in the order of the reference file.
    package func changes(to other: Configuration) -> [ConfigurationChange] {
        ConfigurationKey.all.compactMap { key in
            if key.write(self) == key.write(other) { return nil }
            return ConfigurationChange(
                path: key.path, old: key.show(self), new: key.show(other), isLive: key.isLive)
        } + serviceChanges(to: other)
    }

    private func serviceChanges(to other: Configuration) -> [ConfigurationChange] {
        var names = services.map(\.name)
        names += other.services.map(\.name).filter { !names.contains($0) }
        return names.flatMap { name in
            let (old, new) = (services.first { $0.name == name }, other.services.first { $0.name == name })
            if let old, let new { return old.changes(to: new) }
            return [
                ConfigurationChange(
                    path: "services.\(name)", old: old?.kind ?? "none", new: new?.kind ?? "none", isLive: false)
            ]
        }
    }
}
