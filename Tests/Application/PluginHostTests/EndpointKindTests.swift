import PluginCore
import ReactorCore
import Testing
import TransportTLS
import Transports

private enum Moat: Plugin {
    static let manifest = PluginManifest(name: "moat", version: "1")
    static func register(in registry: inout PluginRegistry) {
        registry.add(EndpointKind("moat", server: { arguments, registry in try registry.server(arguments.inner()) }))
    }
}

private enum Idle: Plugin {
    static let manifest = PluginManifest(name: "idle", version: "1")
    static func register(in registry: inout PluginRegistry) { registry.add(EndpointKind("idle")) }
}

@Suite struct EndpointKindTests {
    private func endpoints(on reactor: Reactor) -> EndpointRegistry {
        let resolver = SystemNameResolver(on: reactor)
        var endpoints = EndpointRegistry(resolver: resolver)
        endpoints.registerStandard()
        endpoints.registerProxied()
        endpoints.registerAdopted(ActivationSockets(environment: [:], processID: 1))
        endpoints.registerTLS(resolver: resolver) { _ in }
        return endpoints
    }

    @Test func whatEveryServerHasIsReserved() throws {
        let endpoints = endpoints(on: try Reactor())
        #expect(EndpointKind.reserved.isSuperset(of: endpoints.serverKinds + endpoints.clientKinds))
    }

    @Test func aKindOfAPluginIsUnderstood() throws {
        let reactor = try Reactor()
        var endpoints = endpoints(on: reactor)
        #expect(throws: EndpointFailure.self) { try endpoints.server("moat:tcp:0") }
        var registry = PluginRegistry()
        registry.add(Moat.self)
        registry.add(Idle.self)
        #expect(registry.failures.map(\.reason) == ["the endpoint idle neither listens nor connects"])
        for kind in registry.all(EndpointKind.self) { kind.register(in: &endpoints) }
        _ = try endpoints.server("moat:tcp:0")
        #expect(throws: EndpointFailure.self) { try endpoints.client("moat:tcp:localhost:1") }
        #expect(throws: EndpointFailure.self) { try endpoints.server("moat:tcp:x") }
    }
}
