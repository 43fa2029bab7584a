import PluginCore
import WorldPlugins

// snippet: plugin
/// Roses: a service, a kind of endpoint, a verb and a capability.
public enum Roses: Plugin {
    public static let manifest = PluginManifest(name: "roses", version: "1.2")

    public static func register(in registry: inout PluginRegistry) {
        registry.add(RoseGarden.self)
        registry.add(hedge)
        registry.add(smell)
        registry.add(fragrant)
    }
}
// snippet ends

// snippet: plugin-entry
@c(mudd_plugin)
public func offerPlugin() -> UnsafeMutableRawPointer { PluginEntry.offer(Roses.self) }
// snippet ends
