import Basics
import Testing

@testable import TerminalWire

/// What whole screens of a game look like on different terminals.
@Suite struct TerminalTranscriptTests {
    private static var room: StyledText {
        var text = StyledText("The Miller\u{2019}s Kitchen", .title)
        text.append("\nFlour lies on everything\u{2014}even the cat. A ")
        text.append("stair", .exit)
        text.append(" leads up; a low door stands open to the ")
        text.append("south", .exit)
        text.append(".\nYou see:\n")
        text.append("  - ")
        text.append("a sack of the finest rye flour", .thing)
        text.append(", half open\n  - ")
        text.append("a caf\u{E9} cup", .thing)
        text.append("\n")
        text.append("J\u{FC}rgen", .person)
        text.append(" says, ")
        text.append("\u{201C}Gr\u{FC}\u{DF} dich! \u{1F600}\u{201D}", .speech)
        text.append("\n> ")
        return text
    }

    @Test func wideUTF8() {
        #expect(
            splitLines(rendered(Self.room, TerminalProfile(width: 80))) == [
                "The Miller\u{2019}s Kitchen",
                "Flour lies on everything\u{2014}even the cat. A stair leads up; a low door stands open",
                "to the south.",
                "You see:",
                "  - a sack of the finest rye flour, half open",
                "  - a caf\u{E9} cup",
                "J\u{FC}rgen says, \u{201C}Gr\u{FC}\u{DF} dich! \u{1F600}\u{201D}",
                "> ",
            ])
    }

    @Test func narrowASCII() {
        #expect(
            splitLines(rendered(Self.room, TerminalProfile(width: 32, charset: .ascii))) == [
                "The Miller's Kitchen",
                "Flour lies on everything--even",
                "the cat. A stair leads up; a low",
                "door stands open to the south.",
                "You see:",
                "  - a sack of the finest rye",
                "    flour, half open",
                "  - a cafe cup",
                "Juergen says, \"Gruess dich!",
                "[grinning face]\"",
                "> ",
            ])
    }

    @Test func latin1WithColour() {
        let profile = TerminalProfile(width: 40, colour: .ansi16, charset: .latin1)
        #expect(
            splitLines(rendered(Self.room, profile)) == [
                "\u{1B}[1mThe Miller's Kitchen\u{1B}[0m",
                "Flour lies on everything--even the cat.",
                "A \u{1B}[36mstair\u{1B}[0m leads up; a low door stands open",
                "to the \u{1B}[36msouth\u{1B}[0m.",
                "You see:",
                "  - \u{1B}[32ma sack of the finest rye flour\u{1B}[0m, half",
                "    open",
                "  - \u{1B}[32ma caf\u{E9} cup\u{1B}[0m",
                "\u{1B}[35mJ\u{FC}rgen\u{1B}[0m says, \u{1B}[33m\"Gr\u{FC}\u{DF} dich! [grinning",
                "face]\"\u{1B}[0m",
                "> ",
            ])
    }

    @Test func screenReader() {
        let profile = TerminalProfile(width: 32, screenReader: true)
        let plain = Self.room.plain.replacing("  - ", with: "- ")
        #expect(rendered(Self.room, profile) == plain.replacing("\n", with: "\r\n"))
    }

    @Test func oneRunOrManyTheWordsBreakAlike() {
        for width in 10...90 {
            for charset in Charset.allCases {
                let profile = TerminalProfile(width: width, charset: charset)
                let oneRun = StyledText(Self.room.plain)
                #expect(rendered(Self.room, profile) == rendered(oneRun, profile), "width \(width)")
            }
        }
    }
}
