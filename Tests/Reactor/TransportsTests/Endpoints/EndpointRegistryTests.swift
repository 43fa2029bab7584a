import ReactorCore
import Testing
import Transports

/// Answers look-ups as the test says.
final class ScriptedResolver: NameResolver {
    var questions: [String] = []
    var answers: [Deferred<[SocketAddress]>] = []

    func resolve(_ name: String, port: UInt16) -> Deferred<[SocketAddress]> {
        questions.append("\(name):\(port)")
        let answer = Deferred<[SocketAddress]>()
        answers.append(answer)
        return answer
    }
}

@Suite struct EndpointRegistryTests {
    private let registry = EndpointRegistry(resolver: ScriptedResolver())

    @Test(arguments: [
        "tcp:4000:interface=127.0.0.1", #"tcp6:4000:interface=\:\:1"#, "unix:/run/mud:mode=600", "tcp:80:backlog=7",
    ])
    func serversRoundTrip(text: String) throws {
        #expect(try registry.server(text).description == text)
    }

    @Test(arguments: [
        ("tcp:mud.example.org:4000", "tcp:mud.example.org:4000"),
        ("tcp:host=mud.example.org:port=4000:timeout=5", "tcp:mud.example.org:4000"),
        (#"tcp:\:\:1:4000"#, #"tcp:\:\:1:4000"#), ("tcp:127.0.0.1:1", "tcp:127.0.0.1:1"),
        ("unix:/run/mud", "unix:/run/mud"), ("tcp4:mud.example.org:1", "tcp4:mud.example.org:1"),
        (#"tcp6:mud.example.org:1:bind=\:\:1"#, #"tcp6:mud.example.org:1:bind=\:\:1"#),
    ])
    func clientsRoundTrip(text: String, expected: String) throws {
        #expect(try registry.client(text).description == expected)
    }

    @Test(arguments: [
        ("", "unknown kind; known are tcp, tcp4, tcp6, unix"), ("udp:x:1", "unknown kind"),
        ("tcp", "the host is missing"),
        ("tcp::1", "the host is missing"), ("tcp:example.org", "the port is missing"),
        ("tcp:example.org:0", "from 1 to 65535"), ("tcp:example.org:65536", "from 1 to 65535"),
        ("tcp:exa mple:1", "no host name"), ("tcp:a..b:1", "no host name"),
        ("tcp:example.org:1:timeout=0", "from 1 to 86400"), ("tcp:example.org:1:timeout=x", "from 1 to 86400"),
        ("tcp:example.org:1:2", "one field too many"), ("tcp:example.org:1:tiemout=5", "unknown or repeated option"),
        ("unix:", "the path is missing"), ("tcp:example.org:1:bind=here", "numeric"),
        (#"tcp4:example.org:1:bind=\:\:1"#, "of the other family"),
    ])
    func saysWhatIsWrong(text: String, problem: String) throws {
        let failure = #expect(throws: EndpointFailure.self) { try registry.client(text) }
        #expect(failure?.description.contains(problem) == true, "\(failure?.description ?? "")")
        #expect(failure?.text == text)
    }

    @Test func ownKindsAndWrappersAreParsed() throws {
        struct Wrapped: ServerEndpoint {
            let level: Int
            let inner: any ServerEndpoint
            var description: String { "wrap(\(level)):\(inner)" }

            func listen(with factory: any ProtocolFactory, on reactor: Reactor) throws -> any ListeningPort {
                try inner.listen(with: factory, on: reactor)
            }
        }
        var registry = registry
        registry.registerServer("wrap") { arguments, registry in
            let level = try arguments.number("level", in: 1...9) ?? 5
            return Wrapped(level: level, inner: try registry.server(arguments.inner()))
        }
        #expect(registry.serverKinds == ["tcp", "tcp4", "tcp6", "unix", "wrap"])
        let text = #"wrap:level=2:wrap:unix:/a\:b:mode=7"#
        #expect(try registry.server(text).description == #"wrap(2):wrap(5):unix:/a\:b:mode=7"#)
        #expect(throws: EndpointFailure.self) { try registry.server("wrap:level=10:tcp:1") }
        #expect(throws: EndpointFailure.self) { try registry.server("wrap") }
        #expect(throws: EndpointFailure.self) { try registry.server("wrap:tcp:1:wrong=2") }
    }

    @Test(
        arguments: [
            ("wrap:a=1:b=2:tcp:80:a=3", "tcp", ["1"]), ("wrap:tcp:80", "tcp", []), ("wrap:80:a=1", nil, ["1"]),
            ("wrap:a=1", nil, ["1"]), ("wrap", nil, []),
        ] as [(String, String?, [String])])
    func optionsInFrontOfAnInnerDescriptionAreTheWrappers(text: String, inner: String?, own: [String]) {
        var arguments = EndpointArguments(text)
        let wrapped = arguments.wrapped()
        #expect(wrapped?.kind == inner)
        #expect([arguments.option("a")].compactMap { $0 } == own)
        var rest = wrapped ?? EndpointArguments("")
        #expect(inner != "tcp" || rest.positional() == "80")
    }

    @Test func argumentsAreTakenOnce() throws {
        var arguments = EndpointArguments(#"kind:one:two:a=1:on=yes:off=no:odd=perhaps:n=7"#)
        #expect(arguments.kind == "kind")
        #expect(arguments.positional() == "one")
        #expect(arguments.option("a") == "1")
        #expect(arguments.option("a") == nil)
        #expect(try arguments.flag("on") == true)
        #expect(try arguments.flag("off") == false)
        #expect(try arguments.flag("missing") == nil)
        #expect(throws: EndpointFailure.self) { try arguments.flag("odd") }
        #expect(try arguments.number("n", in: 0...9) == 7)
        #expect(throws: EndpointFailure.self) { try arguments.finish() }
        #expect(arguments.positional() == "two")
        #expect(throws: Never.self) { try arguments.finish() }
    }
}
