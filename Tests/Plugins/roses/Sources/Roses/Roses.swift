import CredentialCore
import PluginCore
import WorldPlugins

// snippet: plugin
/// Roses: a service, a kind of endpoint, a verb, a capability and a checker.
public enum Roses: Plugin {
    /// The same as in `plugin.yaml`.
    public static let manifest = PluginManifest(name: "roses", version: "1.2")

    /// Adds everything.
    public static func register(in registry: inout PluginRegistry) {
        registry.add(RoseGarden.self)
        registry.add(hedge)
        registry.add(smell)
        registry.add(fragrant)
        registry.add(thorns)
    }
}
// snippet ends

// snippet: plugin-entry
/// Hands the plugin to a program that loads it from a library.
@c(mudd_plugin)
public func offerPlugin() -> UnsafeMutableRawPointer { PluginEntry.offer(Roses.self) }
// snippet ends
