import Basics
import Testing

@testable import HTTPWire

@Suite struct WebSocketTextCheckTests {
    private func isText(_ octets: [UInt8]) -> Bool {
        var check = WebSocketTextCheck()
        for octet in octets where !check.take([octet][...]) { return false }
        return check.isAtBoundary
    }

    @Test(arguments: 0..<50) func itAgreesWithTheStandardLibrary(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let likely: [UInt8] = [
            0x41, 0x80, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xA0, 0xED, 0x9F, 0xEF, 0xF0, 0x90, 0xF4, 0x8F, 0xF5,
        ]
        for _ in 0..<300 {
            let octets = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? likely.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
            }
            #expect(isText(octets) == (String(validating: octets, as: UTF8.self) != nil), "\(octets)")
        }
    }

    @Test func theFirstWrongOctetShows() {
        var check = WebSocketTextCheck()
        let couldGoOn = check.take([0x41, 0xE2, 0x82][...])
        #expect(couldGoOn && !check.isAtBoundary)
        let isText = check.take([0x41][...])
        #expect(!isText)
    }
}
