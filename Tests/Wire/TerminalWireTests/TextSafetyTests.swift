import Testing

@testable import TerminalWire

@Suite struct TextSafetyTests {
    /// The code points for which something holds.
    private static func values(where isTrue: (Unicode.Scalar) -> Bool) -> [UInt32] {
        (0...0x10FFFF).filter { (value: UInt32) in Unicode.Scalar(value).map(isTrue) ?? false }
    }

    @Test func controlsAreC0DELAndC1() {
        let controls = Self.values(where: TextSafety.isControl)
        #expect(controls == [UInt32](0x00...0x1F) + [UInt32](0x7F...0x9F))
    }

    @Test func directionOverrides() {
        let overrides = Self.values(where: TextSafety.isDirectionOverride)
        #expect(overrides == [UInt32](0x202A...0x202E) + [UInt32](0x2066...0x2069))
    }

    @Test func noncharactersTagsAndTheByteOrderMark() {
        let noncharacters = Self.values(where: TextSafety.isNoncharacter)
        #expect(noncharacters.count == 66 + 128 + 1)
        #expect(noncharacters.contains(0xE0041) && noncharacters.contains(0xFEFF))
        #expect(noncharacters.contains(0xFDD0) && noncharacters.contains(0x10FFFF))
        #expect(!noncharacters.contains(0xFFFD))
    }

    @Test(arguments: ["\t", "\u{2028}", "\u{2029}"] as [Unicode.Scalar]) func spaceLike(scalar: Unicode.Scalar) {
        #expect(TextSafety.isSpaceLike(scalar))
    }
}
