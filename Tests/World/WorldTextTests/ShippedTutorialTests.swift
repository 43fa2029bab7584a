import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldText
import WorldVerbs

/// The tutorial of the starter world, done by nothing but what it tells.
@Suite struct ShippedTutorialTests {
    /// Learners who are all connected.
    private final class School: Attendance {
        let world: World
        let interpreter: Interpreter
        private(set) var learners: [Thing] = []
        var present: [Presence] { learners.map { Presence(persona: $0, idle: .zero, door: "test") } }

        func isPresent(_ persona: Thing) -> Bool { learners.contains { $0 === persona } }

        func usesScreenReader(_ persona: Thing) -> Bool { false }

        init(_ content: WorldContent) {
            world = makeWorld(content)
            interpreter = Interpreter(
                world: world,
                help: HelpLibrary(
                    content.helpPages.map {
                        HelpEntry(topic: $0.topic, aliases: $0.aliases, title: $0.title, body: $0.body)
                    }))
            interpreter.attendance = self
            interpreter.languages = LanguageTable(content.languages)
        }

        /// Brings in a guest, and returns what the guest reads first.
        func enter(_ number: Int) throws -> (guest: Thing, text: String) {
            var guest: Thing?
            let outcome = interpreter.turn(
                by: Thing.makeNobody(), role: .guest, at: WallInstant(milliseconds: 1), seed: 1
            ) { turn in
                let made = Accounts.createGuest(number: number, turn: turn)
                learners.append(made)
                guest = made
                turn.goOn(as: made, role: .guest)
                try interpreter.enterPlay(made, turn)
            }
            let made = try #require(guest)
            return (made, Self.text(outcome, for: made))
        }

        func play(_ line: String, _ guest: Thing) -> String {
            let outcome = interpreter.perform(
                line, by: guest, role: .guest, at: WallInstant(milliseconds: 1), seed: 1)
            #expect(outcome.fault == nil)
            return Self.text(outcome, for: guest)
        }

        private static func text(_ outcome: Outcome, for guest: Thing) -> String {
            outcome.deliveries.filter { $0.recipients.contains { $0 === guest } }.map(\.text.plain)
                .joined(separator: "\n")
        }

        /// Ends what was lent to a guest, as leaving the game does.
        func loseWhatWasLent(to guest: Thing) {
            world.beginTurn(at: WallInstant(milliseconds: 2), seed: 1)
            for thing in guest[.lent].compactMap({ world[$0] }) { world.destroy(thing) }
            _ = world.endTurn()
        }

        /// Types the commands of the step a guest is at until it is done.
        ///
        /// - Parameters:
        ///   - guest: Who learns.
        ///   - key: Whether the `text` of the step is followed, or its `hint` where it has one.
        ///   - language: What the guest reads instead of English.
        /// - Returns: Everything that was typed and read.
        func doStep(_ guest: Thing, telling key: String = "text", in language: Language? = nil) -> [String] {
            let name = guest[.lesson]
            guard let step = world.root?[.tutorial].first(where: { $0["name"] == name }) else { return [] }
            var read: [String] = []
            let told = step[key] ?? step["text"] ?? ""
            let parts = (language?.content(told) ?? told).split(separator: "`", omittingEmptySubsequences: false)
            for (index, part) in parts.enumerated() where index % 2 == 1 && guest[.lesson] == name {
                read.append("> \(part)")
                read.append(play(String(part), guest))
            }
            #expect(guest[.lesson] != name, "\(name) is not done by what it tells:\n\(read.joined(separator: "\n"))")
            return read
        }
    }

    @Test func isCompletedByExactlyWhatItTells() throws {
        let school = School(try ShippedWorld.read())
        let (guest, welcome) = try school.enter(1)
        #expect(welcome.hasSuffix("Are you new here? Type tutorial to learn playing in ten minutes."))
        var read = [school.play("tutorial", guest)]
        var steps = 0
        while !guest[.lesson].isEmpty, steps < 50 {
            read += school.doStep(guest)
            steps += 1
        }
        let text = read.joined(separator: "\n")
        #expect(steps == school.world.root?[.tutorial].count)
        for told in [
            "The Schoolroom", "Lesson 1 of 20", "Two feet across", "You are given a school satchel.", "Lesson 20 of 20",
            "The School Yard", "I ring it at nine and at noon", "You smile at Tam.", "Your settings", "Candle Lane",
            "You give back what was lent to you.", "That was the last lesson. You know how to play.",
        ] { #expect(text.contains(told), "\(told) is not in\n\(text)") }
        #expect(guest.contents.isEmpty)
        #expect(school.world.violations() == [])
    }

    /// Lesson by lesson, what the Chinese text says is typed, and what it says when one asks for a hint.
    @Test(arguments: ["text", "hint"]) func isCompletedInChineseByExactlyWhatItTells(key: String) throws {
        let content = try ShippedWorld.read()
        let chinese = LanguageTable(content.languages)["zh"]
        let school = School(content)
        let (guest, _) = try school.enter(1)
        _ = school.play("set language zh", guest)
        var read = [school.play("教程", guest)]
        var steps = 0
        while !guest[.lesson].isEmpty, steps < 50 {
            read += school.doStep(guest, telling: key, in: chinese)
            steps += 1
        }
        let text = read.joined(separator: "\n")
        #expect(steps == school.world.root?[.tutorial].count)
        for told in ["教室", "两尺宽", "学校院子", "我九点敲", "蜡烛巷"] {
            #expect(text.contains(told), "\(told) is not in\n\(text)")
        }
        #expect(guest.contents.isEmpty)
    }

    @Test func whatElseIsTypedForItIsChineseToo() throws {
        let school = School(try ShippedWorld.read())
        let (guest, _) = try school.enter(1)
        for line in ["set language zh", "教程"] { _ = school.play(line, guest) }
        for (line, answer) in [
            ("教程 提示", "打 看 这个字"), ("教程 那个", "教程 提示"), ("教程 跳过", "地球仪"), ("教程下一课", "书包"),
            ("打开我的书包", "你打开了书包"), ("看 我的书包", "书包"), ("看我的书包里面", "围巾"), ("教程 停止", "教程"),
            ("嘿嘿嘿", "命令"), ("帮助 教程", "教程 下一课"),
        ] {
            let text = school.play(line, guest)
            #expect(text.contains(answer), "> \(line)\n\(text)")
            #expect(!text.contains("tutorial") || line.hasPrefix("帮助"), "> \(line)\n\(text)")
        }
        let line = school.interpreter.statusLine(of: guest, at: WallInstant(milliseconds: 1))?.plain
        #expect(line?.contains("[北]") == true, "\(line ?? "none")")
    }

    /// Whoever leaves in the middle gets new things, on which the rest can be done.
    @Test(arguments: ["get", "open", "look-in", "take-out", "wear", "put"]) func isGoneOnWithAfterLeaving(
        at step: String
    ) throws {
        for key in ["text", "hint"] {
            let school = School(try ShippedWorld.read())
            let (guest, _) = try school.enter(1)
            _ = school.play("tutorial", guest)
            while guest[.lesson] != step, !guest[.lesson].isEmpty { _ = school.doStep(guest) }
            school.loseWhatWasLent(to: guest)
            let text = school.play("tutorial", guest)
            #expect(text.contains(step == "get" ? "There is a school satchel on the ground for you." : "You are given"))
            _ = school.doStep(guest, telling: key)
            #expect(guest[.lesson] != step && !guest[.lesson].isEmpty)
            #expect(school.world.violations() == [])
        }
    }

    /// Several learn at once, each a step behind the other, and one takes what another lays down.
    @Test func learnersDoNotBlockEachOther() throws {
        let school = School(try ShippedWorld.read())
        var guests: [Thing] = []
        for number in 1...3 { guests.append(try school.enter(number).guest) }
        for guest in guests { _ = school.play("tutorial", guest) }
        for _ in 0..<2 { _ = school.doStep(guests[0]) }
        _ = school.doStep(guests[1])
        for _ in 0..<30 {
            for guest in guests where !guest[.lesson].isEmpty { _ = school.doStep(guest) }
        }
        for guest in guests { #expect(guest[.lesson].isEmpty, "\(guest.name) is still at \(guest[.lesson])") }
        #expect(school.world.violations() == [])
        let (thief, victim) = (try school.enter(4).guest, try school.enter(5).guest)
        for guest in [thief, victim] {
            _ = school.play("tutorial", guest)
            while guest[.lesson] != "drop", !guest[.lesson].isEmpty { _ = school.doStep(guest) }
        }
        _ = school.play("drop satchel", victim)
        _ = school.play("get satchel", thief)
        _ = school.play("north", thief)
        #expect(victim[.lesson] == "get")
        _ = school.play("tutorial", victim)
        _ = school.play("drop satchel", victim)
        _ = school.play("get satchel", victim)
        #expect(victim[.lesson] == "open")
    }

    @Test func everyStepNamesVerbsThatExist() throws {
        for step in try ShippedWorld.read().tutorial {
            for verb in (step["verb"] ?? "").split(separator: ",") where verb != "social" {
                #expect(VerbTable.standard.verb(exactly: String(verb))?.name == String(verb), "\(step["name"] ?? "")")
            }
        }
    }
}
