import Testing

@testable import ShellPeers

@Suite struct TelnetTracerTests {
    private static let stream: [UInt8] =
        Array("hello ".utf8) + [255, 255, 255, 251, 25, 255, 254, 200, 255, 241, 255, 250, 24, 0]
        + Array("xterm".utf8) + [255, 240, 255, 250, 24, 1, 255, 240, 255, 250, 31, 0, 80, 1, 255, 255, 255, 240]
        + [255, 250, 201] + Array("Core.Hello \"x\"\n".utf8) + [255, 240, 255, 250, 42, 2] + Array("UTF-8".utf8)
        + [255, 240, 255, 250, 86, 255, 240, 255, 249]

    private static let names = [
        "WILL EOR", "DONT option 200", "NOP", "SB TTYPE IS \"xterm\"", "SB TTYPE SEND", "SB NAWS 80 x 511",
        "SB GMCP \"Core.Hello \\\"x\\\"<10>\" (15 octets)", "SB CHARSET ACCEPTED \"UTF-8\"", "SB MCCP2", "GA",
    ]

    @Test func everythingButTextIsNamedHoweverItIsCut() {
        for place in 0...Self.stream.count {
            var tracer = TelnetTracer()
            let names = tracer.names(in: Self.stream[..<place]) + tracer.names(in: Self.stream[place...])
            #expect(names == Self.names, "cut at \(place)")
        }
        var tracer = TelnetTracer()
        #expect(Self.stream.flatMap { tracer.names(in: [$0]) } == Self.names)
    }

    @Test func aSubnegotiationWithoutEndIsNotKept() {
        var tracer = TelnetTracer()
        #expect(tracer.names(in: [255, 250, 201]).isEmpty)
        #expect(tracer.names(in: [UInt8](repeating: 0x61, count: 1 << 20)).isEmpty)
        let names = tracer.names(in: [255, 240])
        #expect(names.count == 1 && names[0].utf8.count < 120 && names[0].hasSuffix("(1048576 octets)"))
    }

    @Test func whatForgotItsEndIsFollowed() {
        var tracer = TelnetTracer()
        #expect(
            tracer.names(in: [255, 250, 24, 0, 255, 251, 31, 255, 250, 255, 255, 240]) == [
                "WILL NAWS", "SB option 255",
            ])
    }
}
