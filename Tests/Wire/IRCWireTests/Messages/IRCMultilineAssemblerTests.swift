import Testing

@testable import IRCWire

@Suite("Messages of several lines")
struct IRCMultilineAssemblerTests {
    private func start(_ reference: IRCParameter = "+1", _ target: IRCParameter = "#a") -> IRCMessage {
        IRCMessage("BATCH", [reference, "draft/multiline", target], tags: ["label": "L", "+x": "y"])
    }

    private func line(
        _ text: IRCParameter, to target: IRCParameter = "#a", _ command: IRCCommand = "PRIVMSG", joined: Bool = false
    ) -> IRCMessage {
        IRCMessage(
            command, [target, text], tags: joined ? ["batch": "1", "draft/multiline-concat": ""] : ["batch": "1"])
    }

    private let end = IRCMessage("BATCH", ["-1"])

    private func code(_ outcome: IRCMultilineAssembler.Outcome) -> String? {
        guard case .failed(let reply, _) = outcome else { return nil }
        return reply.parameters.dropFirst().map(\.text).joined(separator: " ")
    }

    @Test("lines are joined by line breaks, or without")
    func whole() {
        var assembler = IRCMultilineAssembler()
        #expect(assembler.take(IRCMessage("PRIVMSG", ["#a", "x"])) == .notPart)
        for message in [start(), line("hello"), line(""), line("how is "), line("everyone?", joined: true)] {
            #expect(assembler.take(message) == .taken)
        }
        let wasOpen = assembler.isOpen
        #expect(wasOpen)
        guard case .complete(let request, let tags) = assembler.take(end) else {
            Issue.record("the batch is not complete")
            return
        }
        #expect(request.text == "hello\n\nhow is everyone?")
        #expect(request.kind == .privmsg && request.target == "#a" && request.tags == ["+x": "y"])
        #expect(tags["label"] == "L")
        let isOpen = assembler.isOpen
        #expect(!isOpen)
    }

    @Test("what is wrong ends the batch, and the rest of it is dropped")
    func faults() {
        let cases: [(IRCMessage, String)] = [
            (line("x", to: "#b"), "MULTILINE_INVALID_TARGET #a #b"),
            (line("x", "NOTICE"), "MULTILINE_INVALID"), (line("", joined: true), "MULTILINE_INVALID"),
            (line("x", "TOPIC"), "MULTILINE_INVALID"),
            (line(IRCParameter(cleaning: String(repeating: "x", count: 40))), "MULTILINE_MAX_BYTES 20"),
        ]
        for (message, expected) in cases {
            var assembler = IRCMultilineAssembler(octetLimit: 20, lineLimit: 3)
            _ = assembler.take(start())
            _ = assembler.take(line("a"))
            #expect(code(assembler.take(message)) == expected)
            #expect(assembler.take(line("more")) == .taken)
            #expect(assembler.take(end) == .taken)
            #expect(code(assembler.take(end)) == "MULTILINE_INVALID")
        }
    }

    @Test("octets count the line breaks, lines count all")
    func limits() {
        var assembler = IRCMultilineAssembler(octetLimit: 5, lineLimit: 3)
        for message in [start(), line("a"), line("b"), line("c")] { #expect(assembler.take(message) == .taken) }
        #expect(code(assembler.take(line("d"))) == "MULTILINE_MAX_BYTES 5")
        var lines = IRCMultilineAssembler(octetLimit: 50, lineLimit: 3)
        for message in [start(), line("a"), line("b"), line("c")] { #expect(lines.take(message) == .taken) }
        #expect(code(lines.take(line("d"))) == "MULTILINE_MAX_LINES 3")
        let value = lines.capabilityValue
        #expect(value == "max-bytes=50,max-lines=3")
    }

    @Test("blank lines alone say nothing")
    func blank() {
        var assembler = IRCMultilineAssembler()
        for message in [start(), line(""), line("")] { _ = assembler.take(message) }
        #expect(code(assembler.take(end)) == "MULTILINE_INVALID")
        _ = assembler.take(start())
        #expect(code(assembler.take(end)) == "MULTILINE_INVALID")
    }

    @Test("batches that can't be")
    func badBatches() {
        var assembler = IRCMultilineAssembler()
        #expect(code(assembler.take(IRCMessage("BATCH", ["+1", "netsplit"]))) == "UNKNOWN_TYPE netsplit")
        #expect(code(assembler.take(IRCMessage("BATCH", ["+1", "draft/multiline"]))) == "MULTILINE_INVALID")
        #expect(code(assembler.take(IRCMessage("BATCH", ["1"]))) != nil)
        #expect(code(assembler.take(IRCMessage("BATCH", []))) != nil)
        #expect(code(assembler.take(IRCMessage("BATCH", [""]))) != nil)
        #expect(code(assembler.take(IRCMessage("PRIVMSG", ["#a", "x"], tags: ["batch": "9"]))) == "MULTILINE_INVALID")
        #expect(assembler.take(start()) == .taken)
        #expect(code(assembler.take(start("+2"))) == "MULTILINE_INVALID")
    }

    @Test func whatAClientWritesAServerReads() {
        let request = IRCMultilineRequest(
            .notice, to: "#a",
            lines: [
                IRCMultilineRequest.Line("one"), IRCMultilineRequest.Line(""),
                IRCMultilineRequest.Line("two", isConcatenated: true),
            ], tags: ["+draft/reply": "m1"])
        var assembler = IRCMultilineAssembler()
        let outcomes = request.messages(reference: "r").map { assembler.take($0) }
        #expect(outcomes.count == 5 && outcomes.dropLast().allSatisfy { $0 == .taken })
        guard case .complete(let read, _)? = outcomes.last else { return #expect(Bool(false)) }
        #expect(read == request)
    }
}
