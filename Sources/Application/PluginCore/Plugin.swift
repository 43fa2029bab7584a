public import CredentialCore

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

/// What all plugins of a program provide, those built in and those loaded.
///
/// A plugin that is not as it should be, or provides what is there already, is left out and named in ``failures``; the others
/// are not disturbed.
public struct PluginRegistry: Sendable {
    /// The plugins that are in.
    public private(set) var plugins: [PluginManifest] = []

    /// Makers of services, in the order of registration.
    public private(set) var serviceMakers: [any ServiceMaker.Type] = []

    /// Types of checkers for `--auth`, in the order of registration.
    public private(set) var checkerTypes: [CheckerType] = []

    /// What was left out.
    public private(set) var failures: [PluginFailure] = []

    /// Names that subcommands may not have, because the program has them.
    private let reserved: Set<String>
    private var current: String?
    private var complaint: String?

    /// Makes an empty registry.
    ///
    /// - Parameter reserved: Names that subcommands may not have.
    public init(reserved: Set<String> = []) {
        self.reserved = reserved
    }

    /// Adds all that a plugin provides, or nothing.
    public mutating func add(_ plugin: any Plugin.Type) {
        let manifest = plugin.manifest
        let before = self
        if let reason = objection(to: manifest) {
            failures.append(PluginFailure(plugin: manifest.name, reason: reason))
            return
        }
        current = manifest.name
        plugin.register(in: &self)
        if let complaint {
            self = before
            failures.append(PluginFailure(plugin: manifest.name, reason: complaint))
            return
        }
        current = nil
        plugins.append(manifest)
    }

    /// Adds a maker of services; for a plugin's `register`.
    public mutating func add(_ maker: any ServiceMaker.Type) {
        if !Self.isName(maker.name) {
            complain("“\(maker.name)” is no name for a service: lower-case letters, digits and hyphens")
        } else if reserved.contains(maker.name) || serviceMakers.contains(where: { $0.name == maker.name }) {
            complain("there is a service called \(maker.name) already")
        } else {
            serviceMakers.append(maker)
        }
    }

    /// Adds a type of checker; for a plugin's `register`.
    public mutating func add(_ type: CheckerType) {
        if !Self.isName(type.name) {
            complain("“\(type.name)” is no name for a type of checker: lower-case letters, digits and hyphens")
        } else if checkerTypes.contains(where: { $0.name == type.name }) {
            complain("there is a type of checker called \(type.name) already")
        } else {
            checkerTypes.append(type)
        }
    }

    private mutating func complain(_ reason: String) {
        if complaint == nil { complaint = reason }
    }

    private func objection(to manifest: PluginManifest) -> String? {
        if !Self.isName(manifest.name) { return "this is no name: lower-case letters, digits and hyphens" }
        if plugins.contains(where: { $0.name == manifest.name }) { return "there is a plugin of this name already" }
        guard manifest.interface == PluginManifest.currentInterface else {
            return
                "it is written against version \(manifest.interface) of the interface, and this is version "
                + "\(PluginManifest.currentInterface)"
        }
        return nil
    }

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "-")
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}
