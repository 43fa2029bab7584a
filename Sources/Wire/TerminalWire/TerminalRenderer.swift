package import Basics

/// Writes styled text for one kind of screen: wrapped, coloured, in its charset, and safe.
///
/// Lines end in CR LF here and nowhere else; a telnet door only doubles IAC.
///
/// - Isolation: none; a value without state.
/// - Complexity: O(*n*) in the text.
package struct TerminalRenderer: Sendable {
    package init() {}

    /// The colours of the styles, in one place; every style also reads well without.
    private static func graphics(_ style: TextStyle) -> StaticString? {
        switch style {
        case .plain: nil
        case .title: "\u{1B}[1;33m"
        case .exit: "\u{1B}[32m"
        case .thing: "\u{1B}[36m"
        case .person: "\u{1B}[1;36m"
        case .speech: "\u{1B}[1;37m"
        case .emphasis: "\u{1B}[1m"
        case .warning: "\u{1B}[1;31m"
        case .command: "\u{1B}[4m"
        case .faint: "\u{1B}[37m"
        }
    }

    /// Appends a text without a line end of its own.
    package func append(_ text: StyledText, _ profile: TerminalProfile, to bytes: inout [UInt8]) {
        if appendSimple(text, profile, to: &bytes) { return }
        var lines = Wrapping(width: profile.width)
        for run in text.runs { lines.add(run.text, run.style) }
        for (number, line) in lines.finished().enumerated() {
            if number > 0 { bytes += [0x0D, 0x0A] }
            appendLine(line, profile, to: &bytes)
        }
    }

    /// Appends a prompt; one line, in no style.
    package func appendPrompt(_ text: String, _ profile: TerminalProfile, to bytes: inout [UInt8]) {
        appendCharacters(text, profile.charset, to: &bytes)
    }

    /// The common case, lines of ASCII that fit, without looking at characters.
    private func appendSimple(_ text: StyledText, _ profile: TerminalProfile, to bytes: inout [UInt8]) -> Bool {
        let width = profile.width > 0 ? profile.width : Int.max
        var column = 0
        var hasLineEnd = false
        var previous: UInt8 = 0
        for run in text.runs {
            for octet in run.text.utf8 {
                defer { previous = octet }
                if octet == 0x0A {
                    if previous == 0x20 { return false }
                    hasLineEnd = true
                    column = 0
                    continue
                }
                if octet < 0x20 || octet >= 0x7F { return false }
                column += 1
                if column > width { return false }
            }
        }
        for run in text.runs {
            let graphics = profile.colour == .none ? nil : Self.graphics(run.style)
            if let graphics { Self.append(graphics, to: &bytes) }
            if hasLineEnd {
                for octet in run.text.utf8 {
                    if octet == 0x0A { bytes.append(0x0D) }
                    bytes.append(octet)
                }
            } else {
                bytes.append(contentsOf: run.text.utf8)
            }
            if graphics != nil { Self.append("\u{1B}[0m", to: &bytes) }
        }
        return true
    }

    private func appendLine(_ line: [StyledText.Run], _ profile: TerminalProfile, to bytes: inout [UInt8]) {
        for run in line {
            let graphics = profile.colour == .none ? nil : Self.graphics(run.style)
            if let graphics { Self.append(graphics, to: &bytes) }
            appendCharacters(run.text, profile.charset, to: &bytes)
            if graphics != nil { Self.append("\u{1B}[0m", to: &bytes) }
        }
    }

    private func appendCharacters(_ text: String, _ charset: TerminalCharset, to bytes: inout [UInt8]) {
        if charset == .utf8 {
            for scalar in text.unicodeScalars where !SafeText.isForbidden(scalar) {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
            return
        }
        for character in text {
            if let first = character.unicodeScalars.first, SafeText.isForbidden(first) { continue }
            Transliteration.append(character, in: charset, to: &bytes)
        }
    }

    private static func append(_ sequence: StaticString, to bytes: inout [UInt8]) {
        sequence.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
}
