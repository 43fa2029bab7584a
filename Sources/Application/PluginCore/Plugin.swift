/// What a third party adds to `mudd`.
///
/// ```swift
/// public enum Roses: Plugin {
///     public static let manifest = PluginManifest(name: "roses", version: "1.2")
///     public static func register(in registry: inout PluginRegistry) {
///         registry.add(RoseGarden.self)
///     }
/// }
/// ```
public protocol Plugin: SendableMetatype {
    /// What it is.
    static var manifest: PluginManifest { get }

    /// Adds what it provides; nothing may be started yet.
    static func register(in registry: inout PluginRegistry)
}

/// What a plugin says of itself.
public struct PluginManifest: Hashable, Sendable {
    /// The version of what plugins are written against; a plugin of another one is refused.
    public static let currentInterface = 1

    /// Lower-case letters, digits and hyphens.
    public var name: String

    /// In the author's own counting.
    public var version: String

    /// The ``currentInterface`` it was written against.
    public var interface: Int

    /// Makes the manifest of a plugin that is compiled together with the interface it is written against.
    public init(name: String, version: String, interface: Int = PluginManifest.currentInterface) {
        self.name = name
        self.version = version
        self.interface = interface
    }

    /// Whether a text is a name: 1 to 64 lower-case letters, digits and hyphens, and no hyphen first.
    public static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "-")
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
            }
    }

    /// What is to be said to a plugin that was written against another version of the interface.
    package static func objection(toInterface version: Int) -> String {
        "it is written against version \(version) of the interface, and this is version \(currentInterface)"
    }
}

/// Why a plugin, or something it provides, is left out.
public struct PluginFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The plugin's name.
    public var plugin: String

    /// The reason, without a full stop.
    public var reason: String

    /// Both.
    public var description: String { "plugin \(plugin): \(reason)" }

    /// Makes a failure.
    public init(plugin: String, reason: String) {
        self.plugin = plugin
        self.reason = reason
    }
}
