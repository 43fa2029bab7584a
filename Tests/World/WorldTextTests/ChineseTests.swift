import Basics
import Foundation
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldText
import WorldVerbs

/// The shipped world as somebody who reads Chinese sees it, beside somebody who reads English.
@Suite struct ChineseTests {
    /// Mei reads Chinese, Ada English; both begin where everybody does.
    private static func company() throws -> Stage {
        let content = try ShippedWorld.read()
        let pages = content.helpPages.map {
            HelpEntry(topic: $0.topic, aliases: $0.aliases, title: $0.title, body: $0.body)
        }
        let stage = Stage(help: HelpLibrary(pages))
        stage.isChecking = false
        stage.change { world in _ = ContentLoader.load(content, into: world) }
        stage.interpreter.languages = LanguageTable(content.languages)
        let start = try #require(stage.world.startPlace)
        stage.player("Mei", "she", in: start)
        stage.player("Ada", "she", in: start)
        return stage
    }

    /// What somebody reads of a line, without names of players and what may be typed literally.
    private static func read(_ outcome: Outcome, by reader: Thing) -> [String] {
        outcome.deliveries.filter { $0.recipients.contains { $0 === reader } }.flatMap { delivery in
            delivery.text.runs.filter { $0.style != .command && $0.style != .speech }.map { run in
                run.text.replacing("Ada", with: "").replacing("Mei", with: "")
            }
        }
    }

    /// Whether a text is the name of a command, as in the heading of its page.
    private static func isCommand(_ text: String, in stage: Stage) -> Bool {
        stage.interpreter.verbs.verb(exactly: text) != nil || stage.world.root?[.socials][text] != nil
    }

    /// Whether a text has Latin words, other than those of settings.
    private static func hasLatin(_ text: String) -> Bool {
        text.split { !$0.isASCII || !$0.isLetter }
            .contains { $0.count > 1 && !SettingName.latinWords.contains(String($0).folded) }
    }

    private static func hasHan(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    /// What a player does, with something of what she has to read.
    private static let script: [(line: String, answer: String)] = [
        ("看", "毛边酒馆"), ("看猫", "陈墨"), ("细看 萨布拉", "老板娘"), ("看 壁炉", "苹果木"), ("看 我", "你"),
        ("看 这里", "毛边酒馆"), ("往北看", ""), ("往下看", "活板门"), ("物品", "什么也没带"), ("装备", "衣服"),
        ("拿酒壶", "你从柜台上拿起了棕色酒壶。"), ("从柜台上拿面包", "拿起了小圆面包"), ("物品", "一把棕色酒壶和一个小圆面包"),
        ("把面包放在柜台上", "你把小圆面包放在了柜台上。"), ("放 全部", "放下了"), ("拿 全部", "拿起了"),
        ("放 酒壶", "放下了"), ("拿围巾", "红围巾"), ("戴 围巾", "穿戴上了红围巾"), ("看 我", "红围巾"), ("装备", "红围巾"),
        ("脱 围巾", "脱下了红围巾"), ("把围巾给 Ada", "把红围巾给了"), ("给 围巾", "没有"), ("拿 柜台", "六个人"),
        ("拿 没有的东西", "没看到"), ("嘿嘿嘿", "没有“嘿嘿嘿”"), ("问萨布拉关于钟", "萨布拉说：“十一点五十一分"), ("说 你好", "你说：“你好”"),
        ("说 钥匙在哪里？", "一把在我地窖里"), ("问墨点关于鱼", ""),
        ("喊 有人吗", "大喊"), ("告诉 Ada 你好", "你告诉"), ("耳语 Ada 嘘", "耳语"), ("微笑", "你微微一笑。"),
        ("微笑 Ada", "微微一笑"), ("微笑 我", "暗自微笑"), ("拥抱 Ada", "你拥抱了 "), ("谁", "有"), ("帮助", "入门"),
        ("帮助 拿", "捡起东西"), ("帮助 光", "光亮"), ("帮助 微笑", "动作"), ("帮助 没有的页面", "没有关于"), ("命令", "观察"),
        ("动作", "动作"), ("设置", "你的设置"), ("别名", "别名"), ("alias gl 看猫", "gl"), ("gl", "陈墨"),
        ("unalias gl", "忘掉"), ("为什么不能拿柜台", "六个人"), ("再来", "六个人"), ("时间", "大约"), ("天气", "天空"),
        ("读 账本", "万圣节"), ("打开活板门", "你打开了橡木活板门。"), ("打开活板门", "已经是开着的了"), ("下", "漆黑"),
        ("看", "漆黑"), ("拿 酒桶", "黑"), ("上", "毛边酒馆"), ("关上活板门", "关上了"), ("下", "是关着的"), ("走 北", "不能往北走"),
        ("东", "厨房"), ("拿提灯", "铁皮提灯"), ("点亮提灯", "你点亮了铁皮提灯。"), ("点亮提灯", "已经亮着了"), ("西", "毛边酒馆"),
        ("打开活板门", "打开了"), ("下", "酒馆地窖"), ("拿铁钥匙", "拿起了铁钥匙"), ("打开 酒桶", "打开了旧酒桶"), ("看酒桶里面", "彩旗"),
        ("从酒桶里拿彩旗", "拿出了卷好的彩旗"), ("把彩旗放进酒桶里", "放进了"), ("关上酒桶", "关上了"), ("把钥匙放进酒桶", "是关着的"),
        ("熄灭提灯", "现在黑了"), ("上", "毛边酒馆"), ("南", "椴树广场"), ("看", "石水槽"), ("看 椴树", "拳头"), ("地图", "椴树广场"),
        ("西", "蜡烛巷"), ("走 帽子铺", "帽檐招牌店"), ("看 帽子", "你指的是哪一个"), ("看 签", "托利弗"), ("拿 帽子", "你指的是哪一个"), ("毡帽", "拿起了毡帽"),
        ("戴毡帽", "穿戴上了毡帽"), ("北", "蜡烛巷"), ("北", "阅览室"), ("看 玻璃柜", "瓢虫"), ("打开玻璃柜", "锁着"),
        ("开锁 玻璃柜", "没有能开玻璃柜的钥匙"), ("拿 租约", "关着"), ("读租约", "正午"), ("更正 灯", ""),
        ("set theme", "深色"), ("set prompt", "百分号"), ("set co", "你指的是哪一个"), ("set color 光 红", "文字种类"),
        ("编辑 plan", "你开始写：“打算”"), ("晚上常在。", ""), ("明天也在。", ""), (".l", "晚上常在"), ("。p", "打算："),
        (".h", "编辑器"), (".z", "这里没有"), (".d 9", "没有第 9 行"), (".m 2 1", "现在是第 1 行"), (".u", "撤销了"),
        (".c", "真的要删去"), ("no", "你接着写"), (".q", "再打一次"), (".q", "存为草稿"), ("编辑", "已经有"),
        (".do 说 等一下", "你说"), ("。x", "你的打算现在是"), ("编辑 我", "开始写"), ("一位老人", ""), ("。x", "一位老人"),
        ("退出", "再见"),
    ]

    @Test func aPlayerReadsNothingButChinese() throws {
        let stage = try Self.company()
        let mei = try #require(stage.player(named: "Mei"))
        var problems = Self.read(stage.play("set language zh", by: mei), by: mei).filter(Self.hasLatin)
        for (line, answer) in Self.script {
            let outcome = stage.play(line, by: mei)
            let runs = Self.read(outcome, by: mei)
            for run in runs where Self.hasLatin(run) && !Self.isCommand(run, in: stage) {
                problems.append("> \(line)\n  \(run)")
            }
            let text = runs.joined()
            let all = outcome.deliveries.filter { $0.recipients.contains { $0 === mei } }.map(\.text.plain).joined()
            if !answer.isEmpty, !all.contains(answer), !text.contains(answer) {
                problems.append("> \(line): \(all) lacks \(answer)")
            }
        }
        for problem in problems + stage.failures { Issue.record("\(problem)") }
    }

    @Test func theSameDeedIsReadInTwoLanguages() throws {
        let stage = try Self.company()
        let (mei, ada) = (try #require(stage.player(named: "Mei")), try #require(stage.player(named: "Ada")))
        _ = stage.play("set language zh", by: mei)
        func both(_ line: String, by player: Thing) -> [String] {
            let outcome = stage.play(line, by: player)
            return [mei, ada].map { reader in
                outcome.deliveries.filter { $0.recipients.contains { $0 === reader } }.map(\.text.plain)
                    .joined(separator: "\n")
            }
        }
        #expect(both("get jug", by: ada)[0] == "Ada 从柜台上拿起了棕色酒壶。")
        #expect(both("放下 什么", by: mei)[1].isEmpty)
        #expect(both("smile warmly at mei", by: ada) == ["Ada 热情地对你微微一笑。", "You warmly smile at Mei."])
        #expect(both("微笑 Ada", by: mei) == ["你对 Ada 微微一笑。", "Mei smiles at you."])
        #expect(both("say Good evening!", by: ada)[0].hasPrefix("Ada 说：“Good evening!”"))
        #expect(both("quietly drop jug", by: ada) == ["Ada 悄悄地放下了棕色酒壶。", "You quietly drop the brown jug."])
        #expect(both("east", by: ada)[0] == "Ada 往东离开了。")
        #expect(both("west", by: ada)[0] == "Ada 从东边来了。")
        #expect(both("set language zh", by: ada)[1].contains("language"))
        #expect(both("get jug", by: ada) == ["Ada 拿起了棕色酒壶。", "你拿起了棕色酒壶。"])
        #expect(both("set language auto", by: ada)[1].hasPrefix("You set"))
    }

    @Test func lettersAndEmotesHaveNothingLeftInEnglish() throws {
        let stage = try Self.company()
        let (mei, ada) = (try #require(stage.player(named: "Mei")), try #require(stage.player(named: "Ada")))
        _ = stage.play("set language zh", by: mei)
        func read(_ line: String, by player: Thing) -> String {
            stage.play(line, by: player).deliveries.filter { $0.recipients.contains { $0 === mei } }
                .map(\.text.plain).joined(separator: "\n")
        }
        #expect(read("mail to mei = Hello.", by: ada).contains("“无标题”"))
        #expect(read("mail folders", by: mei).contains("收件箱："))
        let listed = read("mail list inbox", by: mei)
        #expect(listed.hasPrefix("收件箱") && listed.contains("无标题"))
        #expect(read("mail list 收件箱", by: mei) == listed)
        #expect(read("emote pats @ada's back", by: ada).contains("的 back"))
    }

    @Test func everyGestureIsReadInChinese() throws {
        let stage = try Self.company()
        let (mei, ada) = (try #require(stage.player(named: "Mei")), try #require(stage.player(named: "Ada")))
        _ = stage.play("set language zh", by: mei)
        let socials = try ShippedWorld.read().socials
        var problems: [String] = []
        for name in socials.keys.sorted() {
            for line in [name, name + " mei", name + " me", name + " slowly mei", name + " all"] {
                let outcome = stage.play(line, by: ada)
                for run in Self.read(outcome, by: mei) where Self.hasLatin(run) { problems.append("> \(line): \(run)") }
                for run in Self.read(outcome, by: ada) where Self.hasHan(run) { problems.append("> \(line): \(run)") }
            }
        }
        for problem in problems { Issue.record("\(problem)") }
    }

    /// Everything the shipped content says can be read in Chinese, but for what only builders and writers see.
    @Test func everyPlaceAndThingHasItsTexts() throws {
        let content = try ShippedWorld.read()
        let chinese = try #require(content.languages.first { $0.code == "zh" })
        var problems: [String] = []
        for declaration in content.rooms + content.doors + content.things + content.prototypes {
            if declaration.kind == .note { continue }
            for property in [CoreProperty.name, .description, .initial, .fixed, .readable, .greeting, .defaultReply] {
                guard case .text(let text)? = declaration.looks[property] ?? declaration.state[property] else {
                    continue
                }
                if !Self.hasHan(chinese.content(text)) { problems.append("\(declaration.key) \(property): \(text)") }
            }
            for property in [CoreProperty.details, .topics, .descriptions] {
                guard case .map(let entries)? = declaration.looks[property] else { continue }
                for case .text(let text) in entries.values where !Self.hasHan(chinese.content(text)) {
                    problems.append("\(declaration.key) \(property): \(text)")
                }
            }
        }
        for problem in problems { Issue.record("\(problem)") }
    }

    @Test func everyCommandIsExplained() throws {
        let chinese = try #require(try ShippedWorld.read().languages.first { $0.code == "zh" })
        for verb in VerbTable.standard.verbs {
            let text = chinese.verbs[verb.name]
            #expect(text?.summary.isEmpty == false && text?.help.isEmpty == false, "\(verb.name)")
        }
    }

    @Test func everyWordThatMayBeTypedMeansACommand() throws {
        let stage = try Self.company()
        let chinese = try #require(stage.interpreter.languages["zh"])
        #expect(!chinese.commands.verbs.isEmpty)
        for (word, command) in chinese.commands.verbs {
            let verb = command.split(separator: " ").first.map(String.init) ?? ""
            #expect(Self.isCommand(verb, in: stage) || Direction(word: verb) != nil, "\(word): \(command)")
        }
    }

    @Test func whoRunsTheGameReadsChineseToo() throws {
        let stage = try Self.company()
        let (mei, ada) = (try #require(stage.player(named: "Mei")), try #require(stage.player(named: "Ada")))
        stage.roles[mei.id] = .admin
        _ = stage.play("set language zh", by: mei)
        for line in ["say noise", "report mei about 吵闹", "report mei about 又吵闹"] { _ = stage.play(line, by: ada) }
        for (line, answer) in [
            ("举报列表", "未结的报告"), ("举报列表 1", "吵闹"), ("reports close", "请说明是哪些报告"), ("reports close 1 已谈过", "你结了报告 1"),
            ("reports close 9 已谈过", "没有报告 9"), ("reports close all by ada", "你结了报告 2"), ("举报列表", "没有未结的报告"),
            ("帮助 举报列表", "结案"), ("帮助 channel", "禁言"), ("帮助 admins", "claim"), ("channel chat mute ada", "被禁言了，直到你打"),
            ("channel chat mute ada 10m", "10 分钟"), ("channel chat log", "无限期"), ("channel chat guests off", "访客"),
        ] {
            let outcome = stage.play(line, by: mei)
            let text = outcome.deliveries.filter { $0.recipients.contains { $0 === mei } }.map(\.text.plain).joined()
            #expect(text.contains(answer), "> \(line)\n\(text)")
        }
    }

    /// A page of one language without one in the other, and a body left in English, are mistakes.
    @Test func everyPageOfHelpIsInChinese() throws {
        let content = try ShippedWorld.read()
        let chinese = try #require(content.languages.first { $0.code == "zh" })
        #expect(chinese.pages.map(\.topic).sorted() == content.helpPages.map(\.topic).sorted())
        for page in chinese.pages {
            #expect(Self.hasHan(page.title) && Self.hasHan(page.body), "\(page.topic)")
        }
    }

    @Test func thoseWhoReadEnglishNoticeNothing() throws {
        let stage = try Self.company()
        let ada = try #require(stage.player(named: "Ada"))
        for line in ["look", "get jug", "smile", "help light", "commands", "set", "why counter", "south", "look"] {
            let runs = Self.read(stage.play(line, by: ada), by: ada)
            #expect(!runs.contains(where: Self.hasHan), "\(line): \(runs)")
        }
    }
}
