import ArgumentParser
import CredentialCore
import PluginCore
import ReactorCore
import ServiceCore
import Testing

private struct Nothing: ParsableArguments {}

private protocol Idle: ServiceMaker where Options == Nothing {}

extension Idle {
    static var abstract: String { "Do nothing." }
    static func addServices(to root: ServiceNode, _ options: Nothing, _ context: ServiceContext) throws {}
}

private enum First: Idle { static let name = "first" }
private enum Second: Idle { static let name = "second" }
private enum Shouting: Idle { static let name = "LOUD" }
private enum Serving: Idle { static let name = "serve" }

private enum Good: Plugin {
    static let manifest = PluginManifest(name: "good", version: "1.0")
    static func register(in registry: inout PluginRegistry) { registry.add(First.self) }
}

private enum Twin: Plugin {
    static let manifest = PluginManifest(name: "twin", version: "1.0")
    static func register(in registry: inout PluginRegistry) {
        registry.add(Second.self)
        registry.add(First.self)
    }
}

private enum Namesake: Plugin {
    static let manifest = PluginManifest(name: "good", version: "2.0")
    static func register(in registry: inout PluginRegistry) { registry.add(Second.self) }
}

private enum Stale: Plugin {
    static let manifest = PluginManifest(name: "stale", version: "1.0", interface: 0)
    static func register(in registry: inout PluginRegistry) { registry.add(Second.self) }
}

private enum Nameless: Plugin {
    static let manifest = PluginManifest(name: "no name", version: "1.0")
    static func register(in registry: inout PluginRegistry) { registry.add(Second.self) }
}

private enum Loud: Plugin {
    static let manifest = PluginManifest(name: "loud", version: "1.0")
    static func register(in registry: inout PluginRegistry) { registry.add(Shouting.self) }
}

private enum Usurper: Plugin {
    static let manifest = PluginManifest(name: "usurper", version: "1.0")
    static func register(in registry: inout PluginRegistry) { registry.add(Serving.self) }
}

/// A type of checker, as a plugin adds one; a second one of that name is refused with all its plugin brings.
private enum Oracle: Plugin {
    static let manifest = PluginManifest(name: "oracle", version: "1.0")
    static func register(in registry: inout PluginRegistry) {
        registry.add(
            CheckerType("oracle", arguments: "QUESTION", help: "whoever answers") { arguments, _ in
                throw CheckerFailure("it is silent about \(arguments.next() ?? "")")
            })
    }
}

private enum SecondOracle: Plugin {
    static let manifest = PluginManifest(name: "second-oracle", version: "1.0")
    static func register(in registry: inout PluginRegistry) {
        registry.add(Second.self)
        registry.add(CheckerType("oracle", help: "somebody else") { _, _ in throw CheckerFailure("no") })
    }
}

@Suite struct PluginRegistryTests {
    @Test func pluginsAddTypesOfCheckers() throws {
        var registry = PluginRegistry()
        registry.add(Oracle.self)
        registry.add(SecondOracle.self)
        #expect(registry.all(CheckerType.self).map(\.name) == ["oracle"] && registry.serviceMakers.isEmpty)
        #expect(
            registry.failures.map(\.description) == [
                "plugin second-oracle: there is a checker called oracle already"
            ])
        let context = Portal(reactor: try Reactor(), realm: Realm()).context
        let table = CheckerTable(CheckerTable.standard + registry.all(CheckerType.self))
        #expect(table.help.contains("oracle:QUESTION"))
        #expect(throws: CheckerFailure("oracle: it is silent about x")) { try table.make("oracle:x", context) }
    }

    @Test func pluginsAddWhatTheyProvide() {
        var registry = PluginRegistry()
        registry.add(Good.self)
        #expect(registry.plugins == [Good.manifest] && registry.failures.isEmpty)
        #expect(registry.serviceMakers.map { $0.name } == ["first"])
    }

    @Test(arguments: [
        (Twin.self as any Plugin.Type, "plugin twin: there is a service called first already"),
        (Namesake.self, "plugin good: there is a plugin of this name already"),
        (
            Stale.self,
            "plugin stale: it is written against version 0 of the interface, and this is version "
                + "\(PluginManifest.currentInterface)"
        ),
        (Nameless.self, "plugin no name: this is no name: lower-case letters, digits and hyphens"),
        (Loud.self, "plugin loud: “LOUD” is no name for a service: lower-case letters, digits and hyphens"),
        (Usurper.self, "plugin usurper: there is a service called serve already"),
    ])
    func aBrokenPluginIsLeftOutAndNamed(plugin: any Plugin.Type, complaint: String) {
        var registry = PluginRegistry(reserved: ["service": ["serve"]])
        registry.add(Good.self)
        registry.add(plugin)
        // Nothing of it stays, and the others are there.
        #expect(registry.serviceMakers.map { $0.name } == ["first"] && registry.plugins == [Good.manifest])
        #expect(registry.failures.map(\.description) == [complaint])
    }

    @Test func afterAFailureOthersStillComeIn() {
        var registry = PluginRegistry()
        for plugin in [Loud.self, Good.self, Twin.self] as [any Plugin.Type] { registry.add(plugin) }
        #expect(registry.plugins.map(\.name) == ["good"] && registry.failures.map(\.plugin) == ["loud", "twin"])
    }
}
