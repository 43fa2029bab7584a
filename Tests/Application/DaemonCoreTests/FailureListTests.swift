import Testing

@testable import DaemonCore

@Suite struct FailureListTests {
    @Test func allIsToldWithTheStatusOfTheFirst() throws {
        var list = FailureList()
        try list.throwIfAny()
        let seven = list.attempt { () throws(DaemonFailure) -> Int in 7 }
        #expect(seven == 7 && list.failures.isEmpty)
        let none: Int? = list.attempt { () throws(DaemonFailure) -> Int in throw DaemonFailure(.usage, "One.") }
        #expect(none == nil)
        list.add(DaemonFailure(.damaged, "Two."))
        #expect(throws: DaemonFailure(.usage, "One.\nTwo.")) { try list.throwIfAny() }
    }
}
