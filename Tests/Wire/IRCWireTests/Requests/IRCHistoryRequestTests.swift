import Basics
import Testing

@testable import IRCWire

@Suite("CHATHISTORY")
struct IRCHistoryRequestTests {
    private func read(_ words: IRCParameter...) -> Result<IRCHistoryRequest, IRCRequestFailure> {
        do throws(IRCRequestFailure) {
            return .success(try IRCHistoryRequest(words))
        } catch {
            return .failure(error)
        }
    }

    private func code(_ result: Result<IRCHistoryRequest, IRCRequestFailure>) -> String? {
        guard case .failure(let failure) = result else { return nil }
        return failure.reply?.parameters.dropFirst().first?.text
    }

    private let time = WallInstant(milliseconds: 1000)
    private let stamp: IRCParameter = "timestamp=1970-01-01T00:00:01.000Z"

    @Test func latest() throws {
        #expect(try read("LATEST", "#a", "*", "50").get() == .latest(target: "#a", after: nil, limit: 50))
        #expect(try read("latest", "#a", "msgid=x", "5").get() == .latest(target: "#a", after: .message("x"), limit: 5))
    }

    @Test func points() throws {
        #expect(try read("BEFORE", "#a", stamp, "5").get() == .before(target: "#a", .time(time), limit: 5))
        #expect(try read("AFTER", "bob", "msgid=x", "5").get() == .after(target: "bob", .message("x"), limit: 5))
        #expect(try read("AROUND", "#a", "msgid=x", "0").get() == .around(target: "#a", .message("x"), limit: 0))
        #expect(
            try read("BETWEEN", "#a", stamp, "msgid=y", "7").get()
                == .between(target: "#a", .time(time), .message("y"), limit: 7))
        #expect(try read("TARGETS", stamp, stamp, "9").get() == .targets(time, time, limit: 9))
    }

    @Test(
        arguments: [
            .latest(target: "#a", after: nil, limit: 50), .latest(target: "#a", after: .message("x"), limit: 5),
            .before(target: "#a", .time(WallInstant(milliseconds: 1000)), limit: 5),
            .after(target: "bob", .message("x"), limit: 5), .around(target: "#a", .message("x"), limit: 0),
            .between(target: "#a", .time(WallInstant(milliseconds: 1)), .message("y"), limit: 7),
            .targets(WallInstant(milliseconds: 1), WallInstant(milliseconds: 2), limit: 9),
        ] as [IRCHistoryRequest])
    func whatAClientWritesAServerReads(request: IRCHistoryRequest) throws(IRCRequestFailure) {
        let read = try IRCHistoryRequest(request.parameters)
        #expect(read == request)
    }

    @Test func refusals() {
        #expect(code(read()) == "NEED_MORE_PARAMS")
        #expect(code(read("LATEST", "#a", "*")) == "NEED_MORE_PARAMS")
        #expect(code(read("FROB", "#a", "*", "5")) == "UNKNOWN_COMMAND")
        #expect(code(read("LATEST", "#a", "*", "many")) == "INVALID_PARAMS")
        #expect(code(read("LATEST", "#a", "*", "-5")) == "INVALID_PARAMS")
        #expect(code(read("BEFORE", "#a", "*", "5")) == "INVALID_PARAMS")
        #expect(code(read("BEFORE", "#a", "timestamp=yesterday", "5")) == "INVALID_PARAMS")
        #expect(code(read("BEFORE", "#a", "msgid=", "5")) == "INVALID_PARAMS")
        #expect(code(read("TARGETS", "msgid=x", stamp, "5")) == "INVALID_PARAMS")
    }
}
