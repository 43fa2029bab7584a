import Logging
import PluginCore
import ReactorCore
import Testing
import Transports

@Suite("Service context")
struct ServiceContextTests {
    private struct Harbour: Equatable {
        let name: String
    }

    @Test("What the program offers is found by its type, the latest of each")
    func offers() throws {
        let reactor = try Reactor()
        var context = ServiceContext(
            reactor: reactor, endpoints: EndpointRegistry(resolver: SystemNameResolver(on: reactor))
        ) { Logger(label: $0) }
        #expect(context.offered(Harbour.self) == nil)
        context.offer(Harbour(name: "old"))
        context.offer(Harbour(name: "new"))
        context.offer(7)
        #expect(context.offered(Harbour.self) == Harbour(name: "new"))
        #expect(context.offered(Int.self) == 7 && context.offered(String.self) == nil)
    }
}
