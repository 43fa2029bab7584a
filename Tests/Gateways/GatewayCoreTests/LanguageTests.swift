import Basics
import CredentialCore
import Foundation
import GatewayCore
import ReactorCore
import TerminalWire
import Testing
import WorldLanguage
import WorldModel
import WorldText
import WorldVerbs

/// The doors in another language than English.
@Suite struct LanguageTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func files(in path: String) throws -> [ContentSource] {
        let folder = folder.appending(path: path)
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { !$0.hasDirectoryPath }
            .map { ContentSource(path: $0.path(), text: try String(contentsOf: $0, encoding: .utf8)) }
    }

    private static func chinese() throws -> Language {
        let sources = try files(in: "World/languages/zh") + files(in: "World/languages/zh/messages")
        return try #require(ContentReader.read(sources).content.languages.first { $0.code == "zh" })
    }

    private func stage() throws -> GameStage {
        let stage = try GameStage()
        stage.interpreter.languages = LanguageTable([try Self.chinese()])
        return stage
    }

    /// Words of two Latin letters or more, but for names, what was typed, and what an authenticator is told.
    private func latinWords(_ seen: String, besides typed: [String]) -> [String] {
        let known = Set(
            (typed + [
                "ada", "bryn", "test", "hall a plain hall", "brass lamp iron key", "zh", "guest", "type en english",
            ])
            .joined(separator: " ").folded.split { !$0.isLetter }.map(String.init))
        let lines = seen.split { $0.isNewline }.filter { line in
            let isCode = line.hasPrefix("- ") && line.split(separator: "-").count == 4
            let isSecret = line.allSatisfy { $0.isUppercase || $0.isNumber || $0 == " " }
            return !isCode && !isSecret && !line.hasPrefix("otpauth:") && line != "The Test House"
        }
        return lines.flatMap { line in
            line.split { !($0.isASCII && $0.isLetter) }.map { String($0).folded }.filter {
                $0.count > 1 && !known.contains($0)
            }
            .map { "\($0) in: \(line)" }
        }
    }

    /// Types lines; everything that is read has to be Chinese.
    private func walk(_ lines: [String], _ door: RecordingDoor, _ stage: GameStage) -> String {
        var all = ""
        for line in lines {
            stage.type(line, door)
            let seen = door.takeSeen()
            for word in latinWords(
                seen, besides: [line, "connections characters play claim guest new help admins debian telnet"])
            {
                Issue.record("> \(line)\n\(word)")
            }
            all += seen
        }
        return all
    }

    private static let newcomer = [
        "zh", "帮助", "bryn", "perhaps", "否", "new", "x", "north", "guestly", "name1", "ada", "short",
        "correct horse", "other",
        "correct horse", "correct horse", "perhaps", "否",
    ]

    @Test func aNewcomerChoosesAndKeepsALanguage() throws {
        let stage = try stage()
        let door = try #require(stage.connect())
        #expect(
            door.takeSeen()
                == """
                The Test House
                Type the name of your character, or 'new' to make one, or 'guest' to look around first.
                中文：请输入 'zh'
                Name:\u{20}
                """.replacing("\n", with: "\r\n"))
        let seen = walk(Self.newcomer, door, stage)
        for text in ["请输入你的角色名，或输入 'new'", "English: type 'en'.", "名字：", "欢迎，Ada。", "密码至少要 8 个字符。"] {
            #expect(seen.contains(text), "\(text)")
        }
        let ada = try #require(stage.world.player(named: "ada"))
        #expect(ada[.language] == "zh" && stage.world.account(named: "ada")?[.settings]["language"] == "zh")
        stage.type("character create bryn", door)
        #expect(stage.world.player(named: "bryn")?[.language] == "zh")
    }

    /// Nobody knows the language of a connection that is not let in.
    @Test func thatTheGameIsFullIsReadInEachLanguage() throws {
        let stage = try stage()
        let seen = String(decoding: stage.game.refusal(for: TerminalProfile(), from: "192.0.2.7"), as: UTF8.self)
        let english = "The game is full at present. Please try again in a few minutes.\r\n"
        #expect(seen == english + "游戏现在满员。请过几分钟再试。\r\n")
        let plain = stage.game.refusal(for: TerminalProfile(charset: .ascii), from: "192.0.2.7")
        #expect(String(decoding: plain, as: UTF8.self) == english)
    }

    private func open(_ stage: GameStage, _ locale: String, _ who: GameEntry.Who) -> RecordingDoor {
        let door = RecordingDoor(source: "192.0.2.7")
        door.session = stage.game.makeSession(
            door: door, profile: TerminalProfile(), entry: GameEntry(who), locale: locale)
        stage.settle()
        return door
    }

    @Test func whoHasMadeACharacterKeepsTheLanguageOfTheirClient() throws {
        let stage = try stage()
        var made: GameEntry?
        stage.game.makeCharacter(
            named: "ada", password: "correct horse", from: LoginOrigin(door: "ssh", source: "192.0.2.7")
        ).whenDone { made = try? $0.get() }
        stage.settle()
        let who = try #require(made).who
        let first = open(stage, "zh_CN.UTF-8", who)
        #expect(first.takeSeen().contains("欢迎，Ada。"))
        let ada = try #require(stage.world.player(named: "ada"))
        #expect(ada[.language] == "zh" && stage.world.account(named: "ada")?[.settings]["language"] == "zh")
        stage.type("quit", first)
        #expect(open(stage, "", who).takeSeen().contains("Ada"), "from then on it is the character's own")
        #expect(ada[.language] == "zh")
    }

    @Test(arguments: [GameEntry.Who.guest, .newcomer]) func aLocaleChoosesTheLanguageOfWhoHasNone(who: GameEntry.Who)
        throws
    {
        for locale in ["zh_CN.UTF-8", "zh", "zh-TW@other", "ZH_cn"] {
            let seen = open(try stage(), locale, who).takeSeen()
            #expect(latinWords(seen, besides: ["guest1"]) == [], "\(locale)")
        }
        for locale in ["", "C.UTF-8", "en_GB.UTF-8", "de_DE", "_", "zhx_CN"] {
            let seen = open(try stage(), locale, who).takeSeen()
            #expect(seen.contains(who == .guest ? "a guest" : "Type the name"), "\(locale)")
        }
    }

    @Test func aLocaleIsKeptAsTheSettingOfWhoIsMade() throws {
        let stage = try stage()
        let door = open(stage, "zh_CN.UTF-8", .newcomer)
        for line in ["Bryn", "correct horse", "correct horse", "no"] { stage.type(line, door) }
        let bryn = try #require(stage.world.player(named: "Bryn"))
        #expect(bryn[.language] == "zh")
    }

    @Test func aCharacterGoesOnInItsOwnLanguage() throws {
        let stage = try stage()
        let ada = try stage.enter("Ada")
        stage.type("quit", ada)
        let id = try #require(stage.world.player(named: "Ada")).id
        #expect(open(stage, "zh_CN.UTF-8", .character(id)).takeSeen().contains("Welcome back, Ada"))
    }

    @Test func aTerminalThatMightNotShowItStaysEnglish() throws {
        let stage = try stage()
        let door = RecordingDoor(source: "192.0.2.7")
        door.session = stage.game.makeSession(
            door: door, profile: TerminalProfile(charset: .ascii), entry: GameEntry(.guest), locale: "zh_CN.GBK")
        stage.settle()
        #expect(door.takeSeen().contains("a guest"))
    }

    @Test func everythingInPlayIsChinese() throws {
        let stage = try stage()
        let door = try #require(stage.connect())
        for line in Self.newcomer { stage.type(line, door) }
        _ = door.takeSeen()
        stage.game.claimCode = "AAAA-BBBB"
        let seen = walk(
            [
                "connections", "connections close 9", "connections close this", "connections close others", "password",
                "wrong horse", "password", "correct horse", "battery staple", "other", "password", "correct horse",
                "short",
                "correct horse", "correct horse", "authenticator", "authenticator off", "authenticator on",
                "wrong horse",
                "authenticator on", "correct horse", "12345", "", "claim CCCC", "claim AAAA-BBBB", "claim AAAA-BBBB",
                "character create x", "character create ada", "character create bryn", "play nobody", "play ada",
                "play bryn",
                "play ada",
            ], door, stage)
        for text in ["你的连接", "test（来自 127.0.0.1），就是这个", "Bryn 建好了。", "你上次来是", "这不是认领代码"] {
            #expect(seen.contains(text), "\(text)")
        }
        let second = try stage.comeBack("ada")
        #expect(second.takeSeen().contains("Ada 已经在你的另一个连接上；这个连接也加入了。"))
        #expect(door.takeSeen() == "\r\n你的另一个连接加入了：test（来自 127.0.0.1）。输入 connections 查看全部。\r\n")
        stage.game.broadcast("Tea.")
        #expect(stage.game.kick("ada", reason: "") == 2)
        stage.settle()
        #expect(second.seen.hasSuffix("[致所有人] Tea.\r\n管理员请你离开。\r\n"))
    }

    @Test func aCharactersOwnSettingCounts() throws {
        let stage = try stage()
        let first = try stage.enter("ada")
        stage.type("quit", first)
        let door = try #require(stage.connect())
        for line in ["中文", "ada", "wrong horse"] { stage.type(line, door) }
        #expect(door.takeSeen().contains("这不是 Ada 的密码。"))
        for line in ["ada", "correct horse"] { stage.type(line, door) }
        let seen = door.takeSeen()
        #expect(seen.hasPrefix("密码：") && seen.contains("Welcome back, Ada.") && seen.hasSuffix("> "))
        #expect(stage.world.player(named: "ada")?[.language] == "")
    }

    @Test func aGuestReadsWhatTheyChoseAndEnglishIsAChoiceToo() throws {
        let stage = try stage()
        let door = try #require(stage.connect())
        for line in ["zh", "english"] { stage.type(line, door) }
        #expect(door.takeSeen().hasSuffix("中文：请输入 'zh'\r\nName: "))
        let seen = walk(["zh", "访客", "look"], door, stage)
        #expect(seen.contains("你是访客 Guest1"))
        let guest = try #require(stage.world.player(named: "guest1"))
        #expect(guest[.language] == "zh" && guest[.settings] == ["language": "zh"])
    }

    @Test func whoseTerminalMightNotShowItIsNotOfferedAny() throws {
        let stage = try stage()
        let door = RecordingDoor(source: "127.0.0.1")
        door.session = stage.game.makeSession(door: door, profile: TerminalProfile(charset: .ascii))
        stage.settle()
        #expect(!door.seen.contains("zh"))
    }

    // MARK: Files

    private static func sources() throws -> [String] {
        let rules = folder.appending(path: "Sources/World/WorldVerbs/NameRules.swift")
        return try files(in: "Sources/Gateways/GatewayCore").map(\.text) + [String(contentsOf: rules, encoding: .utf8)]
    }

    /// Each sentence of the sources that a player can read has its Chinese.
    @Test func everySentenceIsTranslated() throws {
        let chinese = try Self.chinese()
        // What `mud-admin` says, and what is said before there is a session.
        let english = ["The password could not be hashed just now. Please try again in a moment."]
        var count = 0
        for source in try Self.sources() {
            for key in SentenceScan.keys(in: source) where !english.contains(key) {
                count += 1
                #expect(chinese.catalogue[key] != nil, "\(key)")
            }
        }
        #expect(count > 100)
    }

    /// Each message of the doors is one that the sources can say.
    @Test func everyMessageIsSaid() throws {
        func collapsed(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        let world = try String(contentsOf: Self.folder.appending(path: "World/world.yaml"), encoding: .utf8)
        // Most of what the SSH door says is for programs and logs; what single commands answer is for players.
        let sources =
            try Self.sources() + Self.files(in: "Sources/Gateways/SSHGateway").map(\.text)
            + Self.files(in: "Sources/Gateways/IRCGateway").map(\.text)
        let all = collapsed((sources + [world]).joined(separator: "\n").replacing(/\\\n\s*/, with: ""))
        let file = Self.folder.appending(path: "World/languages/zh/messages/doors.yaml")
        var count = 0
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where line.hasPrefix("  \"") {
            let key = line.dropFirst(3).prefix { $0 != "\"" }
            count += 1
            for part in key.replacing("\\n", with: " ").split(separator: /\{[0-9]+\}/) {
                #expect(all.contains(collapsed(String(part))), "\(key)")
            }
        }
        #expect(count > 100)
    }
}

/// Finds what looks like a sentence for players among the string literals of a source file.
private struct SentenceScan {
    private var rest: Substring
    private var found: [String] = []

    /// The keys of sentences: those that begin with a capital or what is put in, and end as sentences or prompts do.
    static func keys(in source: String) -> [String] {
        let code = source.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
        var scan = SentenceScan(rest: code[...])
        scan.readCode(upTo: nil)
        return scan.found.filter { key in
            guard let first = key.first, first.isUppercase || "({[".contains(first) else { return false }
            // Anything else put in than by a name for what it is makes a text for records.
            return key.contains(" ") && !key.contains("{?}") && key.contains(/[.:?)\]] ?$/)
                && key.contains(/[A-Za-z]{2}/)
        }
    }

    private init(rest: Substring) { self.rest = rest }

    private mutating func readCode(upTo end: Character?) {
        var depth = 0
        while let character = rest.first {
            if depth == 0, character == end { return }
            if character == "\"" {
                readLiteral()
                continue
            }
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            rest = rest.dropFirst()
        }
    }

    private mutating func readLiteral() {
        let isLong = rest.hasPrefix("\"\"\"\n")
        let mark = isLong ? "\"\"\"" : "\""
        rest = rest.dropFirst(mark.count)
        var key = ""
        var number = 0
        while !rest.isEmpty, !rest.hasPrefix(mark) {
            if rest.hasPrefix("\\(") {
                rest = rest.dropFirst(2)
                number += 1
                let isNamed = rest.prefixMatch(of: /[a-z]+: |[a-z]+\.(told|place)|idle\)|sentence\)|Sentence\(/) != nil
                key += isNamed ? "{\(number)}" : "{?}"
                readCode(upTo: ")")
            } else if rest.hasPrefix("\\n") {
                key += "\n"
                rest = rest.dropFirst()
            } else if rest.hasPrefix("\\\n") {
                key += "\\"
                rest = rest.dropFirst()
                continue
            } else if let character = rest.first {
                key.append(character)
            }
            rest = rest.dropFirst()
        }
        rest = rest.dropFirst(mark.count)
        if isLong {
            let lines = key.split(separator: "\n").map { $0.drop { $0 == " " } }
            key = lines.joined(separator: "\n").replacing("\\\n", with: "")
        }
        found.append(key.hasSuffix("\n") ? String(key.dropLast()) : key)
    }
}
