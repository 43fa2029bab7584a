import Testing

@testable import DaemonCore

@Suite struct CompactDurationTests {
    static let readings: [(String, Int64?)] = [
        ("90s", 90), ("5m", 300), ("1h30m", 5400), ("2d", 172_800), ("1d1h1m1s", 90_061), ("0s", 0),
        ("3650d", 315_360_000),
        ("", nil), ("5", nil), ("m", nil), ("5 m", nil), ("-5m", nil), ("5x", nil), ("1m1h", nil), ("1m1m", nil),
        ("5m3", nil), ("3651d", nil), ("99999999999999999999s", nil), ("9223372036854775807d", nil), ("٣m", nil),
    ]

    @Test(arguments: readings) func read(text: String, seconds: Int64?) {
        #expect(CompactDuration.read(text) == seconds.map { Duration.seconds($0) })
    }

    @Test func whatIsWrittenIsRead() {
        for seconds in [0, 1, 59, 60, 61, 3600, 3661, 86_400, 90_061] {
            #expect(CompactDuration.read(CompactDuration.write(.seconds(seconds))) == .seconds(seconds))
        }
        #expect(CompactDuration.write(.seconds(5400)) == "1h30m")
    }
}
