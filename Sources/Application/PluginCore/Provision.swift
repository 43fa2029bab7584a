/// Something that a plugin provides: a maker of services, a kind of endpoint, a verb.
///
/// A program asks the ``PluginRegistry`` for all of one type. A new type of provision takes nothing but a conformance, so each
/// part of a program can have its own.
public protocol Provision: Sendable {
    /// What it is, in the word that a plugin's manifest uses for it: lower-case letters.
    static var kind: String { get }

    /// What it is called; no two of a kind may share a name.
    var name: String { get }

    /// What else it is called.
    var aliases: [String] { get }

    /// What is wrong with it, as a clause about it without a full stop; nil when nothing is.
    var objection: String? { get }
}

extension Provision {
    /// Nothing else.
    public var aliases: [String] { [] }

    /// A name that is none.
    public var objection: String? {
        ([name] + aliases).first { !PluginManifest.isName($0) }.map {
            "“\($0)” is no name for a \(Self.kind): lower-case letters, digits and hyphens"
        }
    }
}

/// A ``ServiceMaker`` as a row of the registry.
public struct ServiceProvision: Provision {
    /// `service`.
    public static var kind: String { "service" }

    /// The type that makes the services.
    public let maker: any ServiceMaker.Type

    /// The name of the subcommand.
    public var name: String { maker.name }

    /// Makes a row.
    public init(_ maker: any ServiceMaker.Type) {
        self.maker = maker
    }
}
