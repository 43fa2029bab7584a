/// What all plugins of a program provide, those built in and those loaded.
///
/// A plugin that is not as it should be, or provides what is there already, is left out and named in ``failures``; the others
/// are not disturbed.
public struct PluginRegistry: Sendable {
    /// A plugin that is in.
    public struct Member: Sendable {
        /// What it says of itself.
        public let manifest: PluginManifest

        /// The folder it was loaded from; nil for one that is built in.
        public let folder: String?

        /// What it provides, in the order of registration, each as `KIND NAME`.
        public let provides: [String]
    }

    private struct Row: Sendable {
        let plugin: String
        let provision: any Provision
        var kind: String { type(of: provision).kind }
    }

    /// The plugins that are in, in the order in which they came.
    public private(set) var members: [Member] = []

    /// What was left out.
    public private(set) var failures: [PluginFailure] = []

    private var rows: [Row] = []
    /// By kind, the names that no plugin may give, because the program has them.
    private let reserved: [String: Set<String>]
    private var current: String?
    private var complaint: String?

    /// Makes an empty registry.
    ///
    /// - Parameter reserved: By the kind of provision, the names that no plugin may give.
    public init(reserved: [String: Set<String>] = [:]) {
        self.reserved = reserved
    }

    /// The manifests of the plugins that are in.
    public var plugins: [PluginManifest] { members.map(\.manifest) }

    /// Makers of services, in the order of registration.
    public var serviceMakers: [any ServiceMaker.Type] { all(ServiceProvision.self).map(\.maker) }

    /// All provisions of a type, in the order of registration.
    public func all<Kind: Provision>(_: Kind.Type) -> [Kind] { rows.compactMap { $0.provision as? Kind } }

    /// Adds all that a plugin provides, or nothing.
    ///
    /// - Parameters:
    ///   - plugin: What to add.
    ///   - folder: Where it was loaded from; nil for one that is built in.
    ///   - promised: What it has to provide, neither more nor less, as ``Member/provides`` has it; nil for anything.
    /// - Returns: Whether it is in; if not, ``failures`` says why.
    @discardableResult
    public mutating func add(
        _ plugin: any Plugin.Type, from folder: String? = nil, providing promised: [String]? = nil
    ) -> Bool {
        let manifest = plugin.manifest
        let before = rows
        var reason = objection(to: manifest)
        if reason == nil {
            (current, complaint) = (manifest.name, nil)
            plugin.register(in: &self)
            (reason, current, complaint) = (complaint, nil, nil)
        }
        let provides = rows.dropFirst(before.count).map { "\($0.kind) \($0.provision.name)" }
        if reason == nil, let promised { reason = Self.difference(provides, promised) }
        if let reason {
            rows = before
            leaveOut(PluginFailure(plugin: manifest.name, reason: reason))
            return false
        }
        members.append(Member(manifest: manifest, folder: folder, provides: provides))
        return true
    }

    /// Notes that something is left out.
    public mutating func leaveOut(_ failure: PluginFailure) {
        failures.append(failure)
    }

    /// Forgets what was left out, before it is looked at again.
    public mutating func forgetFailures() {
        failures = []
    }

    /// Adds something that a plugin provides; for a plugin's `register`, and without effect elsewhere.
    public mutating func add(_ provision: some Provision) {
        guard let current else { return }
        let kind = type(of: provision).kind
        let names = [provision.name] + provision.aliases
        if let objection = provision.objection {
            complain(objection)
        } else if let taken = names.first(where: { isTaken($0, kind) }) {
            complain("there is a \(kind) called \(taken) already")
        } else if Set(names).count < names.count {
            complain("the \(kind) \(provision.name) has a name twice")
        } else {
            rows.append(Row(plugin: current, provision: provision))
        }
    }

    /// Adds a maker of services; for a plugin's `register`.
    public mutating func add(_ maker: any ServiceMaker.Type) {
        add(ServiceProvision(maker))
    }

    private func isTaken(_ name: String, _ kind: String) -> Bool {
        reserved[kind, default: []].contains(name)
            || rows.contains { $0.kind == kind && ($0.provision.name == name || $0.provision.aliases.contains(name)) }
    }

    private mutating func complain(_ reason: String) {
        if complaint == nil { complaint = reason }
    }

    private func objection(to manifest: PluginManifest) -> String? {
        if !PluginManifest.isName(manifest.name) { return "this is no name: lower-case letters, digits and hyphens" }
        if plugins.contains(where: { $0.name == manifest.name }) { return "there is a plugin of this name already" }
        guard manifest.interface == PluginManifest.currentInterface else {
            return PluginManifest.objection(toInterface: manifest.interface)
        }
        return nil
    }

    private static func difference(_ provided: [String], _ promised: [String]) -> String? {
        if let extra = provided.first(where: { !promised.contains($0) }) {
            return "it provides a \(extra), which its manifest does not name"
        }
        if let missing = promised.first(where: { !provided.contains($0) }) {
            return "it provides no \(missing), which its manifest names"
        }
        return nil
    }
}
