import Testing

@testable import IRCWire

@Suite("Modes")
struct IRCModeSetTests {
    private let modes = IRCModeSet(
        list: "beI", always: "k", whenSet: "l", never: "imnst", ranks: [.init("o", "@"), .init("v", "+")])

    @Test func tokens() {
        #expect(modes.channelModesToken == "beI,k,l,imnst")
        #expect(modes.prefixToken == "(ov)@+")
        #expect(modes.lettersWithParameter == "Ibeklov")
        var support = IRCISupport()
        support["CHANMODES"] = modes.channelModesToken
        support["PREFIX"] = modes.prefixToken
        #expect(IRCModeSet(support) == modes)
    }

    @Test("parameters go to the modes that take them, in turn")
    func changes() {
        #expect(
            modes.wishes("+ik-l+ob", ["key", "alice", "*!*@x"])
                == [
                    .change(IRCModeChange("i")), .change(IRCModeChange("k", "key")),
                    .change(IRCModeChange("l", isOn: false)), .change(IRCModeChange("o", "alice")),
                    .change(IRCModeChange("b", "*!*@x")),
                ])
    }

    @Test func asks() {
        #expect(modes.wishes("b", []) == [.show("b")])
        #expect(modes.wishes("+eI", []) == [.show("e"), .show("I")])
    }

    @Test func faults() {
        #expect(modes.wishes("+o", []) == [.incomplete("o", isOn: true)])
        #expect(modes.wishes("+l", []) == [.incomplete("l", isOn: true)])
        #expect(modes.wishes("+k", [""]) == [.incomplete("k", isOn: true)])
        #expect(modes.wishes("-k", []) == [.change(IRCModeChange("k", isOn: false))])
        #expect(modes.wishes("+Xn", []) == [.unknown("X"), .change(IRCModeChange("n"))])
        #expect(modes.wishes("+-", []) == [])
    }

    @Test("one command changes only so much")
    func limit() {
        let many = IRCParameter(cleaning: String(repeating: "n", count: 400))
        #expect(modes.wishes(many, []).count == IRCLimits.modeChanges)
    }

    @Test func composed() {
        let changes = [
            IRCModeChange("n"), IRCModeChange("o", "alice"), IRCModeChange("l", isOn: false),
            IRCModeChange("v", isOn: false, "bob"),
        ]
        #expect(IRCModeSet.composed(changes) == [["+no-lv", "alice", "bob"]])
        #expect(modes.changes(in: ["+no-lv", "alice", "bob"]) == changes)
        #expect(IRCModeSet.composed([]) == [])
    }

    @Test("many changes take several messages, none of them too long")
    func manyComposed() {
        let mask = IRCParameter(cleaning: String(repeating: "m", count: 100))
        let lines = IRCModeSet.composed((0..<20).map { _ in IRCModeChange("b", mask) })
        #expect(lines.count == 7)
        #expect(lines.allSatisfy { $0.reduce(0) { $0 + $1.text.utf8.count + 1 } < 400 && $0.count <= 14 })
        #expect(lines.flatMap { modes.changes(in: $0) }.count == 20)
    }
}
