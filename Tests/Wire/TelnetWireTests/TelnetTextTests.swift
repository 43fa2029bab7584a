import Testing

@testable import TelnetWire

@Suite struct TelnetTextTests {
    @Test(
        arguments: [
            ([], []),
            (bytes("plain"), bytes("plain")),
            (bytes("a\nb"), bytes("a\r\nb")),
            (bytes("a\r\nb\r\n"), bytes("a\r\nb\r\n")),
            (bytes("a\rb\r"), bytes("a\r\0b\r\0")),
            (bytes("\r\r\n\n"), bytes("\r\0\r\n\r\n")),
            ([65, 255, 66, 255, 255], [65, 255, 255, 66, 255, 255, 255, 255]),
            (bytes("\u{1B}[1mh\u{E9}\u{1B}[0m\r\n"), bytes("\u{1B}[1mh\u{E9}\u{1B}[0m\r\n")),
        ] as [([UInt8], [UInt8])]) func encoded(text: [UInt8], expected: [UInt8])
    {
        #expect(TelnetText.encode(text) == expected)
    }

    @Test func textWithoutChangeIsNotCopied() {
        let text = bytes("The quick brown fox jumps over the lazy dog.\r\n")
        let encoded = TelnetText.encode(text)
        let same = text.withUnsafeBufferPointer { left in
            encoded.withUnsafeBufferPointer { right in left.baseAddress == right.baseAddress }
        }
        #expect(same)
    }
}
