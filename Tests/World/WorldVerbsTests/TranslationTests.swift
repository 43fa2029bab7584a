import Basics
import Foundation
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldText
import WorldVerbs

/// The transcripts with everybody reading Chinese: what the game says in its own words has to be translated.
@Suite struct TranslationTests {
    /// Transcripts of what only builders, moderators and writers of letters read, which is in English still.
    private static let english: Set<String> = [
        "inspect", "attach", "making channels", "map", "permit", "mail attach", "behave",
    ]

    private static let sources: [ContentSource] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "World")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        return files.compactMap { $0 as? URL }.filter { ["yaml", "md"].contains($0.pathExtension) }.compactMap { file in
            (try? String(contentsOf: file, encoding: .utf8)).map { ContentSource(path: file.path(), text: $0) }
        }
    }()
    private static let languages = ContentReader.read(sources).content.languages

    /// The house with everything in it called and described in one word of Chinese.
    private static func house() throws -> Stage {
        let stage = House.make()
        let chinese = try #require(languages.first { $0.code == "zh" })
        var content = ContentTexts()
        func take(_ value: Value) {
            switch value {
            case .text(let text):
                content.texts[text] = "物"
                content.texts[text.replacing("*", with: "")] = "物"
            case .list(let values): for value in values { take(value) }
            case .map(let entries): for value in entries.values { take(value) }
            default: break
            }
        }
        let texts: Set<CoreProperty> = [
            .name, .description, .initial, .fixed, .readable, .greeting, .defaultReply, .topics, .details, .otherNames,
            .passageText, .impassable,
        ]
        for thing in stage.world.things.values where !thing.has(.player) {
            content.names[thing.name] = ContentTexts.Name(name: "物")
            for (key, value) in thing.ownProperties where key.core.map(texts.contains) == true { take(value) }
        }
        stage.interpreter.languages = LanguageTable([chinese.adding(content)])
        for player in stage.players {
            stage.change { world in world.set(.language, to: "zh", on: player) }
        }
        return stage
    }

    /// The words of Latin letters in a text, folded.
    private static func latinWords(_ text: String) -> Set<String> {
        var words: Set<String> = []
        var word = ""
        for character in text + " " {
            if character.isASCII, character.isLetter {
                word.append(character)
            } else {
                if word.count > 1 { words.insert(word.folded) }
                word = ""
            }
        }
        return words
    }

    @Test(arguments: Transcripts.all.keys.sorted().filter { !english.contains($0) })
    func isReadInChinese(_ name: String) throws {
        let stage = try Self.house()
        // Names of players, of what is typed, of protocols, and dates.
        var known: Set<String> = [
            "ada", "ben", "cy", "auto", "on", "off", "zh", "en", "utc", "november", "inbox", "trash", "hall", "torch",
            "chat", "news", "trade", "slate", "board", "gmcp", "msdp", "kib", "sftp", "txt",
        ]
        known.formUnion(SettingName.latinWords)
        var untranslated: Set<String> = []
        Transcript(Transcripts.all[name] ?? "").rehearse(on: stage) { line, _, outcome in
            known.formUnion(Self.latinWords(line))
            for delivery in outcome.deliveries {
                for run in delivery.text.runs where ![.command, .speech, .title].contains(run.style) {
                    if !Self.latinWords(run.text).subtracting(known).isEmpty {
                        untranslated.insert("> \(line)\n  \(run.text)")
                    }
                }
            }
        }
        for text in untranslated.sorted().prefix(20) { Issue.record("\(text)") }
    }
}
