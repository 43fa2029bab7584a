import Basics

@testable import TerminalWire

/// The rendering as text.
func rendered(_ text: StyledText, _ profile: TerminalProfile) -> String {
    String(decoding: TerminalRenderer(profile).render(text), as: UTF8.self)
}

/// The lines of a rendering of plain text at a width.
func wrapped(_ text: String, _ width: Int, charset: Charset = .utf8) -> [String] {
    let whole = rendered(StyledText(text), TerminalProfile(width: width, charset: charset))
    return splitLines(whole)
}

func splitLines(_ text: String) -> [String] {
    text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
}

func columns(_ text: String) -> Int {
    text.reduce(0) { $0 + DisplayWidth.columns(of: $1) }
}

/// The text without our own colour sequences.
func withoutStyle(_ octets: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = octets[...]
    while let octet = rest.first {
        if rest.starts(with: [0x1B, 0x5B]), let end = rest.firstIndex(of: UInt8(ascii: "m")),
            rest[rest.index(rest.startIndex, offsetBy: 2)..<end].allSatisfy({ (0x30...0x3B).contains($0) })
        {
            rest = rest[(end + 1)...]
        } else {
            result.append(octet)
            rest = rest.dropFirst()
        }
    }
    return result
}
