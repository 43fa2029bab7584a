import Basics
import MarkupWire
import TerminalWire
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// What the transcripts show, as every kind of door shows it.
@Suite struct RenderedTranscriptTests {
    /// Plays a transcript for what is read, whatever it says that should be.
    private func read(_ transcript: String) -> [StyledText] {
        let stage = House.make()
        var texts: [StyledText] = []
        for line in transcript.split(separator: "\n").map({ String($0).trimmed }) {
            if line.hasPrefix("("), line.hasSuffix(")") { _ = stage.direct(String(line.dropFirst().dropLast())) }
            guard line.hasPrefix("> "), let colon = line.firstIndex(of: ":"),
                let player = stage.player(named: String(line[..<colon].dropFirst(2)))
            else { continue }
            texts += stage.play(String(line[line.index(after: colon)...]), by: player).deliveries.map(\.text)
        }
        #expect(!texts.isEmpty, "nobody reads anything in it")
        return texts
    }

    private func terminal(_ text: StyledText, _ profile: TerminalProfile) -> String {
        String(decoding: TerminalRenderer(profile).render(text), as: UTF8.self).replacing("\r\n", with: "\n")
    }

    /// Without colours.
    private func bare(_ text: String) -> String {
        text.split(separator: "\u{1B}[", omittingEmptySubsequences: false).enumerated().map { index, part in
            index == 0 ? String(part) : String(part.drop { $0 != "m" }.dropFirst())
        }.joined()
    }

    @Test(arguments: Transcripts.all.keys.sorted())
    func saysTheSameOnEveryDoor(_ name: String) {
        for text in read(Transcripts.all[name] ?? "") {
            let plain = terminal(text, TerminalProfile())
            // Where no style tells commands from other words, marks do.
            #expect(plain == text.quotingCommands.plain)
            for depth in [ColourDepth.ansi16, .indexed256, .trueColour] {
                #expect(bare(terminal(text, TerminalProfile(colour: depth))) == text.plain)
            }
            let words = plain.split { $0.isWhitespace }
            let narrow = terminal(text, TerminalProfile(width: 20))
            if words.allSatisfy({ $0.count <= 10 }) { #expect(narrow.split { $0.isWhitespace } == words) }
            #expect(IRCRenderer().render(text).allSatisfy { $0.utf8.count <= IRCRenderer.longestLine })
            let irc = IRCRenderer(isFormatted: false).render(text).joined(separator: " ")
            #expect(irc.split { $0.isWhitespace } == words)
        }
    }

    @Test(arguments: Transcripts.all.keys.sorted())
    func isOneColumnForAScreenReader(_ name: String) {
        for text in read(Transcripts.all[name] ?? "") where name != "map" {
            let spoken = terminal(text, TerminalProfile(width: 20, colour: .none, screenReader: true))
            let quoted = text.quotingCommands.plain
            #expect(spoken.split { $0.isWhitespace } == quoted.split { $0.isWhitespace })
            for line in spoken.split(separator: "\n", omittingEmptySubsequences: false) {
                #expect(!line.isEmpty && !line.hasPrefix(" ") && !line.contains("  "), "\(line)")
            }
        }
    }

    @Test(arguments: Transcripts.all.keys.sorted())
    func isWellFormedAsHTML(_ name: String) {
        for text in read(Transcripts.all[name] ?? "") {
            let page = HTMLRenderer().render(text)
            var shown = ""
            var isTag = false
            var tags: [String] = []
            for character in page {
                switch character {
                case "<":
                    isTag = true
                    tags.append("")
                case ">": isTag = false
                default:
                    if isTag { tags[tags.count - 1].append(character) } else { shown.append(character) }
                }
            }
            var open: [Substring] = []
            for tag in tags {
                let element = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
                if tag.hasPrefix("/") { #expect(open.popLast() == element) } else { open.append(element) }
            }
            #expect(open.isEmpty)
            for (escape, sign) in [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
                shown = shown.replacing(escape, with: sign)
            }
            let plain = text.blocks.map(\.text.plain).joined()
            #expect(shown.filter { !$0.isWhitespace } == plain.filter { !$0.isWhitespace })
        }
    }
}
