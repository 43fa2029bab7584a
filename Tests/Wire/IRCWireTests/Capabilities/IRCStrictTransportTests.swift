import Testing

@testable import IRCWire

@Suite("The sts capability")
struct IRCStrictTransportTests {
    @Test func written() {
        let policy = IRCStrictTransport(port: 6697, duration: 60, preload: true)
        #expect(policy.value(isSecure: false) == "port=6697")
        #expect(policy.value(isSecure: true) == "duration=60,preload")
    }

    @Test func read() {
        #expect(IRCStrictTransport(parsing: "port=6697") == IRCStrictTransport(port: 6697))
        #expect(
            IRCStrictTransport(parsing: "duration=0,preload,x=y") == IRCStrictTransport(duration: 0, preload: true))
    }

    @Test("what is no policy", arguments: ["", "port=0", "port=65536", "port=x", "duration=-1", "preload", "x"])
    func nonsense(_ value: String) { #expect(IRCStrictTransport(parsing: value) == nil) }
}
