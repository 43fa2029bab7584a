import Basics
import Foundation
import GatewayCore
import Testing
import WorldLanguage
import WorldModel
import WorldText
import WorldVerbs

/// The tutorial of the starter world as somebody hears it who made a character with a screen reader.
///
/// What is typed and read is compared with `Tests/Gateways/Transcripts/tutorial-screen-reader.txt`. With MUD_TRANSCRIPTS=1
/// in the environment that file is written anew; read it aloud before you keep it.
@Suite struct ScreenReaderTutorialTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let transcript = root.appending(path: "Tests/Gateways/Transcripts/tutorial-screen-reader.txt")

    private static func content() throws -> WorldContent {
        let folder = root.appending(path: "World")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var sources: [ContentSource] = []
        for case let file as URL in files where ["yaml", "md"].contains(file.pathExtension) {
            sources.append(ContentSource(path: file.path(), text: try String(contentsOf: file, encoding: .utf8)))
        }
        return ContentReader.read(sources).content
    }

    private static func stage() throws -> GameStage {
        let content = try content()
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        _ = ContentLoader.load(content, into: world)
        _ = world.endTurn()
        let entries = content.helpPages.map {
            HelpEntry(topic: $0.topic, aliases: $0.aliases, title: $0.title, body: $0.body)
        }
        return try GameStage(world: world, help: HelpLibrary(entries))
    }

    /// What was typed, and what was read after it.
    private struct Exchange {
        let typed: String
        let read: String
    }

    /// Makes a character with a screen reader and does what each lesson says.
    private static func play() throws -> [Exchange] {
        let stage = try stage()
        let door = try #require(stage.connect())
        var exchanges = [Exchange(typed: "", read: door.takeSeen())]
        func type(_ line: String) {
            let shown = door.isInputHidden ? "" : line
            stage.type(line, door)
            exchanges.append(Exchange(typed: shown, read: door.takeSeen()))
        }
        for line in ["Velda", "yes", "correct horse", "correct horse", "yes"] { type(line) }
        let persona = try #require(door.session?.persona)
        type("tutorial")
        let lessons = try #require(stage.world.root?[.tutorial])
        for _ in lessons {
            let name = persona[.lesson]
            let text = try #require(lessons.first { $0["name"] == name }?["text"])
            for (index, part) in text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            where index % 2 == 1 && persona[.lesson] == name { type(String(part)) }
            #expect(persona[.lesson] != name, "\(name) is not done by what it tells")
        }
        #expect(persona[.lesson].isEmpty)
        return exchanges
    }

    private static func isMark(_ character: Character) -> Bool {
        !character.isLetter && !character.isNumber && !character.isWhitespace
    }

    @Test func isHeardAsItIsWritten() throws {
        let heard = try Self.play().map { exchange in
            "[\(exchange.typed)]\n" + exchange.read.replacing("\r\n", with: "\n")
        }.joined(separator: "\n")
        if ProcessInfo.processInfo.environment["MUD_TRANSCRIPTS"] == "1" {
            try heard.write(to: Self.transcript, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: Self.transcript, encoding: .utf8)
        let lines = (heard.components(separatedBy: "\n"), written.components(separatedBy: "\n"))
        for (number, (isHeard, isWritten)) in zip(lines.0, lines.1).enumerated() where isHeard != isWritten {
            Issue.record("line \(number + 1): heard \"\(isHeard)\", written is \"\(isWritten)\"")
            return
        }
        #expect(lines.0.count == lines.1.count)
    }

    @Test func hasNothingForTheEyesOnly() throws {
        let exchanges = try Self.play()
        let ending = try #require(exchanges.last)
        #expect(ending.read.contains("That was the last lesson."))
        var longest = 0
        for exchange in exchanges {
            for line in exchange.read.split(whereSeparator: \.isNewline) {
                longest = max(longest, line.count)
                let boxes = line.unicodeScalars.filter { (0x2500...0x259F).contains($0.value) || $0.value < 0x20 }
                #expect(boxes.isEmpty, "drawings or colours in: \(line)")
                let marks = line.split { !Self.isMark($0) }.map(\.count).max() ?? 0
                #expect(marks <= 3, "\(marks) marks in a row in: \(line)")
                let body = line.drop { $0 == " " }
                #expect(!body.contains("  ") && !body.contains("\t"), "columns in: \(line)")
            }
        }
        #expect(longest > 120, "lines are broken")
        // The questions at the door end in a line that waits; in play nothing does.
        let welcome = try #require(exchanges.firstIndex { $0.read.contains("Welcome, Velda.") })
        for exchange in exchanges[welcome...] {
            #expect(exchange.read.hasSuffix("\r\n"), "a prompt after \(exchange.typed): \(exchange.read.suffix(40))")
            #expect(!exchange.read.split(whereSeparator: \.isNewline).contains { $0.hasPrefix(">") })
        }
    }
}
