import Testing

@testable import TerminalWire

@Suite struct LineBreakingTests {
    @Test(
        arguments: [
            ("你拿起了棕色酒壶。", 10, ["你拿起了棕", "色酒壶。"]),
            ("你拿起了棕，色酒壶", 10, ["你拿起了", "棕，色酒壶"]),
            ("你拿起了“棕色”酒壶", 10, ["你拿起了", "“棕色”酒壶"]),
            ("你好 Adalbert 来了", 12, ["你好", "Adalbert 来", "了"]),
            ("一二三四五", 10, ["一二三四五"]),
        ] as [(String, Int, [String])])
    func chinese(text: String, width: Int, expected: [String]) {
        #expect(wrapped(text, width) == expected)
    }

    @Test func noLineBeginsWithAClosingSign() {
        let text = String(repeating: "你好，（世界）。", count: 20)
        for width in 10...30 {
            for line in wrapped(text, width) {
                #expect(!"，。）".contains(line.first ?? "x") && !line.hasSuffix("（"), "\(width): \(line)")
            }
        }
    }
}
