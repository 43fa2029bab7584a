import Glibc
import ReactorCore
import Testing

@testable import Transports

@Suite struct AdoptedEndpointTests {
    @Test(arguments: [
        (["LISTEN_PID": "7", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "telnet:web"], ["telnet", "web"]),
        (["LISTEN_PID": "7", "LISTEN_FDS": "3", "LISTEN_FDNAMES": "telnet:"], ["telnet", "unknown", "unknown"]),
        (["LISTEN_PID": "7", "LISTEN_FDS": "1"], ["unknown"]), (["LISTEN_PID": "8", "LISTEN_FDS": "1"], []),
        (["LISTEN_FDS": "1"], []), (["LISTEN_PID": "7"], []), ([:], []),
        (["LISTEN_PID": "7", "LISTEN_FDS": "-1"], []), (["LISTEN_PID": "7", "LISTEN_FDS": "0"], []),
        (["LISTEN_PID": "7", "LISTEN_FDS": "1000000"], []), (["LISTEN_PID": "x", "LISTEN_FDS": "1"], []),
    ])
    func readsTheEnvironment(environment: [String: String], names: [String]) {
        #expect(ActivationSockets(environment: environment, processID: 7).names == names)
    }

    @Test func namesMayBeSharedAndMissing() throws {
        let environment = ["LISTEN_PID": "7", "LISTEN_FDS": "3", "LISTEN_FDNAMES": "telnet:web:telnet"]
        let sockets = ActivationSockets(environment: environment, processID: 7)
        #expect(sockets.descriptors(named: "telnet") == [3, 5])
        #expect(sockets.descriptors(named: "irc") == [])
        var registry = EndpointRegistry(resolver: ScriptedResolver())
        registry.registerAdopted(sockets)
        #expect(try registry.server("systemd:name=web").description == "systemd:name=web")
        #expect(try registry.server("systemd:index=2").description == "systemd:index=2")
        #expect((try registry.server("systemd:name=web") as? AdoptedEndpoint)?.descriptor == 4)
        for (text, problem) in [
            ("systemd:name=irc", "there are: telnet, web"), ("systemd:index=3", "only 3 sockets"),
            ("systemd", "name= or"),
            ("fd", "number of a descriptor"), ("fd:x", "number of a descriptor"), ("fd:-1", "number of a descriptor"),
        ] {
            let failure = #expect(throws: EndpointFailure.self) { try registry.server(text) }
            #expect(failure?.description.contains(problem) == true)
        }
    }

    @Test func connectionsOfAGivenSocketAreAcceptedAndItOutlivesUs() throws {
        let given = try Socket.make(family: AF_INET)
        defer { close(given) }
        try Socket.bind(given, to: .ipv4(.loopback, port: 0))
        try Socket.listen(given, backlog: 8)
        let port = UInt16(try #require(Socket.ownAddress(given)?.port))
        let harness = try Harness(.tcp)
        let factory = HarnessFactory(harness: harness)
        for round in 1...2 {
            let listening = try AdoptedEndpoint(descriptor: given).listen(with: factory, on: harness.reactor)
            #expect(listening.address == .ipv4(.loopback, port: port))
            let client = Recorder()
            harness.reactor.connect(EndpointDescription(.tcp(interface: .loopback, port: port)), protocol: client)
                .whenDone { _ in }
            try harness.run { client.isMade && harness.accepted.count == round }
            listening.stopListening()
        }
        #expect(fcntl(given, F_GETFD) >= 0)
    }

    @Test func whatIsNoListeningSocketIsRefused() throws {
        let harness = try Harness(.tcp)
        let idle = try Socket.make(family: AF_INET)
        defer { close(idle) }
        for descriptor in [idle, 0x7FFF_FFF0] {
            let failure = #expect(throws: AdoptionFailure.self) {
                try AdoptedEndpoint(descriptor: descriptor).listen(
                    with: HarnessFactory(harness: harness), on: harness.reactor)
            }
            #expect(failure?.description.contains("fd:\(descriptor)") == true)
        }
    }

    @Test func anySocketWillDoForALook() throws {
        var registry = EndpointRegistry(resolver: ScriptedResolver())
        registry.registerAdopted(ActivationSockets(environment: [:], processID: 1), isTrial: true)
        #expect(try registry.server("systemd:name=telnet").description == "systemd:name=telnet")
        #expect(try registry.server("systemd:index=2").description == "systemd:index=2")
        #expect(throws: EndpointFailure.self) { try registry.server("systemd:nam=telnet") }
    }
}
