public import PluginCore

/// What a thing can be or do, by the name that content files give it: `capabilities: [fragrant]`.
///
/// The name is kept with the thing, also while the plugin is not there; what it means is up to the plugin's verbs.
public struct GameCapability: Provision, Hashable {
    /// `capability`.
    public static var kind: String { "capability" }

    /// The name: lower-case letters, digits and hyphens.
    public let name: String

    /// What it means, in a line.
    public let summary: String

    /// Makes a capability.
    public init(_ name: String, summary: String) {
        self.name = name
        self.summary = summary
    }
}
