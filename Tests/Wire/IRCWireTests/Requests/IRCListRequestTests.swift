import Testing

@testable import IRCWire

@Suite("LIST")
struct IRCListRequestTests {
    private func list(_ text: IRCParameter) -> IRCListRequest? {
        guard case .list(let request)? = try? IRCRequest(IRCMessage("LIST", [text])) else { return nil }
        return request
    }

    @Test func all() throws {
        guard case .list(let request) = try IRCRequest(IRCMessage("LIST")) else {
            Issue.record("LIST was read as something else")
            return
        }
        #expect(request == IRCListRequest())
    }

    @Test func names() { #expect(list("#a,#b") == IRCListRequest(channels: ["#a", "#b"])) }

    @Test("conditions may stand in a parameter of their own")
    func twoLists() throws {
        #expect(
            try IRCRequest(IRCMessage("LIST", ["#a", ">3"]))
                == .list(IRCListRequest(channels: ["#a"], conditions: [.morePeople(than: 3)])))
    }

    @Test("every condition of ELIST")
    func conditions() {
        #expect(
            list(">3,<9,C>60,C<5,T>1,t<2,*zen*,!*x*,#a")
                == IRCListRequest(
                    channels: ["#a"],
                    conditions: [
                        .morePeople(than: 3), .fewerPeople(than: 9), .createdBefore(minutes: 60),
                        .createdWithin(minutes: 5), .topicBefore(minutes: 1), .topicWithin(minutes: 2),
                        .matches("*zen*"), .doesNotMatch("*x*"),
                    ]))
    }

    @Test("a condition without a number is a channel's name")
    func noNumber() { #expect(list(">x")?.channels == [">x"]) }
}
