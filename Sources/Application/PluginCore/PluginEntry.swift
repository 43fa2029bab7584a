/// How a shared library hands its plugin to the program that loads it.
///
/// ```swift
/// @c(mudd_plugin)
/// public func offerPlugin() -> UnsafeMutableRawPointer { PluginEntry.offer(Roses.self) }
/// ```
///
/// The program finds the function by its C name; the object it gives carries the plugin's type across.
public final class PluginEntry: Sendable {
    /// The C name of the function that a library has to have.
    public static let symbol = "mudd_plugin"

    /// What the library offers.
    public let plugin: any Plugin.Type

    private init(_ plugin: any Plugin.Type) {
        self.plugin = plugin
    }

    /// Wraps a plugin for the way through C; the caller owns what is returned.
    public static func offer(_ plugin: any Plugin.Type) -> UnsafeMutableRawPointer {
        Unmanaged.passRetained(PluginEntry(plugin)).toOpaque()
    }
}
