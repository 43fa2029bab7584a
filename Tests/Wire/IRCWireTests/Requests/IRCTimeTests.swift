import Basics
import Testing

@testable import IRCWire

@Suite("Times of IRC")
struct IRCTimeTests {
    @Test(
        "a time is read as it is written",
        arguments: [
            0, 1, 999, 1_796_040_000_123, 951_782_400_000, 4_102_444_799_999, 253_402_300_799_999, -1,
        ] as [Int64])
    func roundTrip(_ milliseconds: Int64) {
        let time = WallInstant(milliseconds: milliseconds)
        #expect(WallInstant(ircTime: time.ircTime) == time)
    }

    @Test("part of a second may be missing or finer")
    func fractions() {
        #expect(WallInstant(ircTime: "1970-01-01T00:00:01Z") == WallInstant(milliseconds: 1000))
        #expect(WallInstant(ircTime: "1970-01-01T00:00:01.5Z") == WallInstant(milliseconds: 1500))
        #expect(WallInstant(ircTime: "1970-01-01T00:00:01.123456Z") == WallInstant(milliseconds: 1123))
    }

    @Test(
        "what is no time",
        arguments: [
            "", "Z", "1970", "1970-13-01T00:00:00Z", "1970-00-01T00:00:00Z", "1970-01-32T00:00:00Z",
            "1970-01-01T24:00:00Z",
            "1970-01-01T00:60:00Z", "1970-01-01T00:00:00", "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.1234567890Z",
            "1970-01-01T00:00:00.000Zx", "0000-01-01T00:00:00Z", "1970-01-01 00:00:00Z", "1970-01-01T00:00:00+01:00",
        ])
    func nonsense(_ text: String) { #expect(WallInstant(ircTime: text) == nil) }
}
