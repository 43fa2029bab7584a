import Testing
import WorldLanguage
import WorldModel
import WorldText

/// Whose things are, who may do what to them, and what their own verbs do, as content files say.
@Suite struct PermissionFilesTests {
    /// The good file with entries more in the chest, which are line 15.
    private static func cove(_ lines: String) -> String {
        Cove.good.replacing(
            "        description: Teak.\n", with: "        description: Teak.\n        \(lines)\n")
    }

    @Test func readsLocksOwnersAndVerbs() throws {
        let (content, diagnostics) = Cove.read(
            Self.cove(
                "owner: ada\n        locks: {open: carries small-key or name ben, take: {to: nobody, because: It is "
                    + "nailed down.}}\n"
                    + "        verbs: {knock: <knock> on <you>., shake: {does: <shake> <you>., tells: It rattles., beyond: Thud., "
                    + "reach: 2, requires: it is closed, refusal: No., with: hat, once: true, spent: Enough., sets: {full: yes}, "
                    + "also: {gate: {open: true}}, moves: {small-key: hands, hat: pier}}}"))
        #expect(diagnostics == [])
        let world = makeWorld(content)
        let chest = try #require(world.thing(forContentKey: "cove/chest"))
        #expect(world.owner(of: chest) === world.thing(forContentKey: "cove/ada"))
        #expect(
            chest[.locks] == [
                "open": ["to": "carries small-key or name ben"],
                "take": ["to": "nobody", "because": "It is nailed down."],
            ])
        #expect(chest.behaviors.map(\.verb) == ["knock", "shake"])
        let shake = try #require(chest.behavior(for: "shake")?.behavior)
        #expect(shake[.does] == "<shake> <you>." && shake[.with] == "cove/hat" && shake[.requires] == "it is closed")
        #expect(shake.reach == 2 && shake.isOnce && shake.sets == ["full": "yes"])
        #expect(shake.also == ["cove/gate": ["open": "yes"]])
        #expect(shake.moves == ["cove/small-key": "hands", "cove/hat": "cove/pier"])
    }

    @Test func roomsWaysAndDoorsHaveLocksToo() throws {
        let text = Cove.good
            .replacing("    description: Sand.\n", with: "    description: Sand.\n    locks: {enter: not guest}\n")
            .replacing("text: Up you go.}", with: "text: Up you go., locks: {enter: role player}}")
            .replacing("description: Rust.}", with: "description: Rust., locks: {open: name ben}}")
        let (content, diagnostics) = Cove.read(text)
        #expect(diagnostics == [])
        let world = makeWorld(content)
        for (key, lock) in [
            ("cove/beach", "not guest"), ("cove/beach:north", "role player"), ("cove/gate", "name ben"),
        ] {
            let thing = try #require(world.thing(forContentKey: key))
            #expect(thing[.locks].values.map { $0["to"] } == [lock], "\(key)")
        }
    }

    /// What stands among the chest's entries, and what is wrong with it.
    @Test(arguments: [
        (
            "locks: {opne: anyone}",
            ["15:17: error: opne of thing cove/chest is no deed that a lock can be for (did you mean open?)"]
        ),
        (
            "locks: {open: carries}",
            ["15:23: error: lock open of thing cove/chest, at its character 8: expected the name of a thing"]
        ),
        ("locks: {open: [ada]}", ["15:23: error: lock open of thing cove/chest must be a map, not a list"]),
        (
            "locks: {open: {because: No.}}",
            ["15:23: error: lock open of thing cove/chest does not say who may; give it `to`"]
        ),
        ("locks: {open: {to: anyone, why: x}}", ["15:36: error: lock open of thing cove/chest has no key why"]),
        (
            "owner: adda",
            ["15:16: error: the owner of thing cove/chest is cove/adda, which does not exist (did you mean cove/ada?)"]
        ),
        ("owner: pier", ["15:16: error: the owner of thing cove/chest is room cove/pier, which is not a thing"]),
        (
            "verbs: {Push: <push>.}",
            ["15:17: error: Push cannot name a verb; use 2 to 20 lower-case letters, and no direction"]
        ),
        (
            "verbs: {push: pushes.}",
            ["15:23: error: does of verb push of thing cove/chest has no verb, such as <smile>"]
        ),
        (
            "verbs: {push: {requires: frob}}",
            [
                "15:34: error: requires of verb push of thing cove/chest is wrong at its character 1: frob is no condition; "
                    + "there are anyone, nobody, owner, guest, role, name, carries, wears, in, it, its"
            ]
        ),
        (
            "verbs: {push: {sets: {role: owner}}}",
            ["15:37: error: role of sets of verb push of thing cove/chest is not for a verb to change"]
        ),
        (
            "verbs: {push: {sets: {open: ajar}}}",
            ["15:37: error: open of sets of verb push of thing cove/chest must be yes or no"]
        ),
        (
            "verbs: {push: {also: {gaet: {open: yes}}}}",
            [
                "15:31: error: a verb of thing cove/chest speaks of cove/gaet, which does not exist (did you mean "
                    + "cove/gate?)"
            ]
        ),
        (
            "verbs: {push: {also: {gate: open}}}",
            ["15:37: error: also of verb push of thing cove/chest must say what changes, such as {open: yes}"]
        ),
        (
            "verbs: {push: {moves: {hat: nowhere at all}}}",
            [
                "15:37: error: moves of verb push of thing cove/chest must lead here, to hands or to a key, not to "
                    + "nowhere at all"
            ]
        ),
        (
            "verbs: {push: {reach: 99}}",
            ["15:31: error: reach of verb push of thing cove/chest must be a number from 1 to 9"]
        ),
        (
            "verbs: {push: {dose: x}}",
            ["15:24: error: verb push of thing cove/chest has no key dose (did you mean does?)"]
        ),
    ])
    func saysWhereAMistakeIs(_ entry: String, _ mistakes: [String]) {
        let (_, diagnostics) = Cove.read(Self.cove(entry))
        #expect(diagnostics == mistakes.map { "cove.yaml:" + $0 })
    }

    @Test func aReloadKeepsWhatPlayMadeAndFollowsTheFilesInTheRest() throws {
        let first = Self.cove("locks: {open: nobody, take: nobody}\n        verbs: {knock: <knock>., kick: <kick>.}")
        let world = makeWorld(Cove.read(first).0)
        let chest = try #require(world.thing(forContentKey: "cove/chest"))
        world.beginTurn(at: world.now, seed: 1)
        world.setLock(Lock(.condition(.guest)), for: .read, on: chest)
        var behavior = Behavior()
        #expect(behavior.set(.does, to: "<hug> <you>.") == nil)
        world.setBehavior(behavior, for: "hug", on: chest)
        _ = world.endTurn()
        let changed = Self.cove("locks: {open: anyone}\n        verbs: {kick: <boot> <you>.}")
        _ = load(Cove.read(changed).0, into: world)
        #expect(chest[.locks] == ["open": ["to": "anyone"], "read": ["to": "guest"]])
        #expect(chest.behaviors.map(\.verb) == ["hug", "kick"])
        #expect(chest.behavior(for: "kick")?.behavior[.does] == "<boot> <you>.")
        #expect(load(Cove.read(changed).0, into: world).updated == 0)
        _ = load(Cove.read(Cove.good).0, into: world)
        #expect(chest[.locks] == ["read": ["to": "guest"]])
        #expect(chest.behaviors.map(\.verb) == ["hug"])
    }

    @Test func readsWhatBecomesOfReferrers() throws {
        let text = "start: cove/beach\ntitle: Cove\ncascades: {spouse: clear, egg: destroy}\n"
        let (content, diagnostics) = Cove.read(Cove.good, with: [ContentSource(path: "world.yaml", text: text)])
        #expect(diagnostics == [])
        let root = try #require(makeWorld(content).root)
        #expect(root[.cascades] == ["spouse": "clear", "egg": "destroy"])
    }

    @Test(arguments: [
        (
            "egg: destory",
            ["3:17: error: cascade of egg must be clear, forbid or destroy, not destory (did you mean destroy?)"]
        ),
        ("owner: clear", ["3:12: error: owner is a property of the game's own, whose cascade is fixed"]),
        ("an egg: clear", ["3:12: error: an egg cannot name a property; use letters, digits and hyphens"]),
        ("egg: [clear]", ["3:17: error: cascade of egg must be text, not a list"]),
    ])
    func saysWhatIsWrongWithACascade(_ entry: String, _ mistakes: [String]) {
        let text = "start: cove/beach\ntitle: Cove\ncascades: {\(entry)}\n"
        let (_, diagnostics) = Cove.read(Cove.good, with: [ContentSource(path: "world.yaml", text: text)])
        #expect(diagnostics == mistakes.map { "world.yaml:" + $0 })
    }

    @Test func verbsAndReasonsAreReadInOtherLanguages() throws {
        let cove = Self.cove(
            "locks: {take: {to: nobody, because: It is nailed down.}}\n        verbs: {shake: {does: <shake> <you>., "
                + "tells: It rattles., spent: Enough.}, knock: <knock> on <you>.}")
        func read(_ texts: String) -> (Language?, [String]) {
            let (content, diagnostics) = ContentReader.read([
                Cove.world, ContentSource(path: "areas/cove.yaml", text: cove),
                ContentSource(path: "languages/zh/language.yaml", text: "language: zh\nname: 中文"),
                ContentSource(path: "languages/zh/cove.yaml", text: "area: cove\ntexts:\n  chest: {\(texts)}"),
            ])
            return (content.languages.first, diagnostics.map(\.description))
        }
        let (language, diagnostics) = read(
            "locks: {take: 钉住了。}, verbs: {shake: {does: 摇了摇<you>。, tells: 咯咯响。, spent: 够了。}, knock: 敲了敲<you>。}")
        #expect(diagnostics == [])
        let chinese = try #require(language)
        #expect(chinese.content("It is nailed down.") == "钉住了。" && chinese.content("It rattles.") == "咯咯响。")
        #expect(chinese.catalogue[Language.key(ofForm: "<shake> <you>.")] == Catalogue.Pattern("{1}摇了摇{5}。"))
        #expect(chinese.catalogue[Language.key(ofForm: "<knock> on <you>.")] != nil)
        #expect(
            read("verbs: {kick: 踢。}, locks: {open: 不。}").1 == [
                "languages/zh/cove.yaml:3:3: warning: thing cove/chest has no reason for open",
                "languages/zh/cove.yaml:3:3: warning: thing cove/chest has no verb kick",
            ])
    }
}
