import ReactorCore
import Testing
import Transports

@Suite struct NameResolverTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1:7"), ("::1", "[::1]:7"), ("[::1]", "[::1]:7"), ("fe80::1%1", "[fe80::1%1]:7"),
    ])
    func numbersAreNotLookedUp(text: String, expected: String) throws {
        #expect(try HostName(text).address(port: 7)?.description == expected)
    }

    @Test(arguments: [
        "localhost", "mud.example.org", "mud.example.org.", "xn--mller-kva.de", "müller.de", "1.2.3", "a_b",
    ])
    func namesAreNames(text: String) throws {
        #expect(try HostName(text) == .name(text))
        #expect(try HostName(text).address(port: 7) == nil)
    }

    @Test(arguments: [
        "", " ", "a b", "a\u{0}b", "a\tb", ".a", "a..b", "a\u{2028}b", String(repeating: "a", count: 254),
    ])
    func whatIsNoNameIsRefused(text: String) throws {
        #expect(throws: NameFailure.badName(text)) { try HostName(text) }
    }

    @Test func theMachinesOwnNameIsFoundOffTheLoop() throws {
        let reactor = try Reactor()
        let resolver = SystemNameResolver(on: reactor)
        var found: [SocketAddress] = []
        resolver.resolve("localhost", port: 4000).whenDone { found = (try? $0.get()) ?? [] }
        #expect(found.isEmpty)
        for _ in 0..<1000 where found.isEmpty { reactor.runOnePass(waitingAtMost: .milliseconds(10)) }
        #expect(found.contains(.ipv4(.loopback, port: 4000)) || found.contains(.ipv6(.loopback, port: 4000)))
        #expect(Set(found).count == found.count)
    }

    @Test func aNameThatCannotExistIsUnknown() throws {
        let reactor = try Reactor()
        let resolver = SystemNameResolver(on: reactor)
        var failure: (any Error)?
        // RFC 6761 reserves it; a name with an empty label never leaves the machine.
        resolver.resolve("no-such-host.invalid", port: 1).whenDone {
            if case .failure(let error) = $0 { failure = error }
        }
        for _ in 0..<2000 where failure == nil { reactor.runOnePass(waitingAtMost: .milliseconds(10)) }
        switch failure as? NameFailure {
        case .unknown("no-such-host.invalid"), .unavailable("no-such-host.invalid", _): break
        default: Issue.record("\(String(describing: failure))")
        }
    }

    @Test func anAnswerAfterCancellingIsDropped() throws {
        let reactor = try Reactor()
        let resolver = SystemNameResolver(on: reactor)
        var results = 0
        let lookUp = resolver.resolve("localhost", port: 1)
        lookUp.whenDone { _ in results += 1 }
        lookUp.cancel()
        #expect(results == 1)
        for _ in 0..<50 { reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
        #expect(results == 1)
    }
}
