import Testing

@testable import HTTPWire

@Suite struct WebSocketCloseCodeTests {
    @Test func someNumbersAreNeverSent() {
        for number: UInt16 in [0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535] {
            #expect(!WebSocketCloseCode(rawValue: number).maySend)
        }
        for number: UInt16 in [1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4999] {
            #expect(WebSocketCloseCode(rawValue: number).maySend)
        }
    }
}
