import Testing

@testable import TelnetWire

@Suite struct TelnetWindowSizeTests {
    @Test(
        arguments: [
            ([0, 80, 0, 24], 80, 24),
            ([0, 0, 0, 0], nil, nil),
            ([0, 0, 0, 24], nil, 24),
            ([0, 1, 0, 1], 20, 5),
            ([255, 255, 255, 255], 500, 500),
            ([1, 244, 1, 244], 500, 500),
            ([1, 245, 0, 4], 500, 5),
            ([0, 20, 0, 5], 20, 5),
        ] as [([UInt8], Int?, Int?)]) func clamped(payload: [UInt8], columns: Int?, rows: Int?)
    {
        #expect(TelnetWindowSize(payload: payload) == TelnetWindowSize(columns: columns, rows: rows))
    }

    @Test(arguments: [[], [0], [0, 80, 0], [0, 80, 0, 24, 0]] as [[UInt8]]) func wrongLength(payload: [UInt8]) {
        #expect(TelnetWindowSize(payload: payload) == nil)
    }

    @Test(
        arguments: [
            (80, 24, [0, 80, 0, 24]), (nil, nil, [0, 0, 0, 0]), (-5, 100_000, [0, 0, 255, 255]),
            (300, 1, [1, 44, 0, 1]),
        ] as [(Int?, Int?, [UInt8])]) func encoded(columns: Int?, rows: Int?, payload: [UInt8])
    {
        #expect(TelnetWindowSize(columns: columns, rows: rows).payload == payload)
    }
}
