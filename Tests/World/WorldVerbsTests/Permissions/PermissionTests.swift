import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// Who may do what to what.
@Suite struct PermissionTests {
    let stage = Stage()
    let hall: Thing
    let chest: Thing
    let ada: Thing
    let ben: Thing

    init() {
        hall = stage.room("Hall")
        chest = stage.thing("chest", in: hall, .container)
        ada = stage.player("Ada", "she", in: hall)
        ben = stage.player("Ben", "he", in: hall)
    }

    private func verdict(_ actor: Thing, _ role: Role, _ deed: Deed, on thing: Thing? = nil) -> Verdict {
        Permission.verdict(of: actor, role: role, deed: deed, on: thing ?? chest, in: stage.world)
    }

    private func kind(_ actor: Thing, _ role: Role, _ deed: Deed, on thing: Thing? = nil) -> RefusalKind? {
        if case .refused(let denial) = verdict(actor, role, deed, on: thing) { denial.kind } else { nil }
    }

    private func lock(_ deed: Deed, _ text: String, because reason: String = "", on thing: Thing? = nil) throws {
        let lock = Lock(try LockExpression(text), reason: reason)
        stage.change { $0.setLock(lock, for: deed, on: thing ?? chest) }
    }

    @Test func nobodyKeepsBuildersFromTheirBody() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        _ = stage.play("permit inspect on me to nobody", by: ada)
        #expect(ada[.locks].isEmpty)
        _ = stage.play("permit use on me to nobody", by: ada)
        #expect(!ada[.locks].isEmpty)
    }

    @Test func withoutALockTheRoleDecides() {
        for deed in Deed.allCases {
            for role in Role.allCases {
                #expect(
                    verdict(ada, role, deed).isAllowed == (role >= min(deed.defaultRole, .admin)), "\(role) \(deed)")
            }
        }
        #expect(kind(ada, .guest, .join) == .needsAccount)
        #expect(kind(ada, .player, .edit) == .needsRole)
    }

    @Test func theOwnerMayDoEverythingAndNobodyElseChangesTheThing() {
        stage.change { $0.set(.owner, to: ada, on: chest) }
        for deed in Deed.allCases {
            #expect(verdict(ada, .player, deed).isAllowed, "\(deed)")
            #expect(kind(ben, .builder, deed) == (deed.isOwners ? .ownedByAnother : nil), "\(deed)")
            #expect(verdict(ben, .admin, deed).isAllowed, "\(deed)")
        }
    }

    @Test func anotherCharacterOfTheAccountOwnsItToo() {
        stage.change { world in
            world.set(.owner, to: ada, on: chest)
            world.set(.account, to: world.thing(ada, .account), on: ben)
        }
        #expect(verdict(ben, .player, .edit).isAllowed)
        stage.change { $0.set(.owner, to: $0.thing(ada, .account), on: chest) }
        #expect(verdict(ada, .player, .destroy).isAllowed)
    }

    @Test func aLockDecidesInPlaceOfTheRole() throws {
        try lock(.edit, "role player")
        #expect(verdict(ada, .player, .edit).isAllowed)
        #expect(kind(ada, .guest, .edit) == .locked)
        try lock(.open, "nobody")
        #expect(kind(ada, .programmer, .open) == .locked)
        #expect(verdict(ada, .admin, .open).isAllowed)
        stage.change { $0.set(.owner, to: ada, on: chest) }
        #expect(verdict(ada, .player, .open).isAllowed)
    }

    @Test func locksAreInheritedEachForItself() throws {
        let kind = stage.thing("kind", in: nil, .prototype)
        stage.change { $0.set(.prototype, to: kind, on: chest) }
        try lock(.open, "nobody", on: kind)
        try lock(.take, "nobody")
        #expect(self.kind(ada, .player, .open) == .locked)
        #expect(self.kind(ada, .player, .take) == .locked)
        try lock(.open, "anyone")
        #expect(verdict(ada, .player, .open).isAllowed)
        stage.change { $0.setLock(nil, for: .open, on: chest) }
        #expect(self.kind(ada, .player, .open) == .locked)
        // What the prototype had, its heir has of its own when it ends.
        stage.change { $0.destroy(kind) }
        #expect(self.kind(ada, .player, .open) == .locked)
        #expect(self.kind(ada, .player, .take) == .locked)
    }

    @Test func anOwnerWhoIsGoneOwnsNothing() {
        stage.change { world in
            world.set(.owner, to: ada, on: chest)
            world.destroy(ada)
        }
        #expect(stage.world.owner(of: chest) == nil)
        #expect(verdict(ben, .builder, .edit).isAllowed)
    }

    @Test func peopleAndAccountsAreNobodyElses() throws {
        #expect(kind(ben, .builder, .describe, on: ada) == .ownedByAnother)
        #expect(verdict(ada, .player, .describe, on: ada).isAllowed)
        let account = try #require(stage.world.thing(ada, .account))
        for deed in [Deed.edit, .own, .destroy, .inspect] {
            #expect(kind(ada, .programmer, deed, on: account) == .needsRole, "\(deed)")
        }
        let root = try #require(stage.world.root)
        #expect(kind(ada, .builder, .edit, on: root) == .needsRole)
    }

    @Test func aLockThatCannotBeReadLetsNobodyIn() {
        let stored: [Value] = [
            .text("anyone"), .map([:]), .map(["to": .text("frobs")]), .map(["to": .int(1)]), .bool(true),
            .map(["to": .text(String(repeating: "(", count: 1000))]),
        ]
        for value in stored {
            stage.change { $0.set(PropertyKey(.locks), to: .map(["open": value]), on: chest) }
            #expect(kind(ada, .player, .open) == .unreadable, "\(value)")
            #expect(verdict(ada, .admin, .open).isAllowed)
        }
        stage.change { $0.set(PropertyKey(.locks), to: .list([]), on: chest) }
        #expect(verdict(ada, .player, .open).isAllowed)
    }

    static let conditions: [(text: String, holds: Bool)] = [
        ("anyone", true), ("nobody", false), ("owner", false), ("guest", false), ("role player", true),
        ("role builder", false), ("name ben, ADA", true), ("name ben", false), ("carries key", true),
        ("carries the iron key", true), ("carries iron keys", true), ("carries a brass key", false),
        ("carries coin", true),
        ("wears hat", true), ("wears key", false), ("wears coin", false), ("in hall", true), ("in the Hall", true),
        ("in garden", false), ("in mill", true), ("in mill/hall", true), ("in mil", false), ("carries mill/key", true),
        ("carries mill/kind", true), ("carries mill/hat", false), ("it is open", false), ("it is closed", true),
        ("it is turning", true), ("its turning is yes", true), ("its turning is no", false),
        ("its name is chest", true),
        ("its passwordHash is x", false), ("its nonsense is x", false), ("not nobody and (owner or anyone)", true),
    ]

    @Test func conditionsHoldOrDoNot() throws {
        stage.change { world in
            world.set(.contentKey, to: "mill/hall", on: hall)
            world.set(.marks, to: ["turning": "yes"], on: chest)
            world.set(.passwordHash, to: "x", on: chest)
        }
        let kind = stage.thing("kind", in: nil, .prototype) { $0.set(.contentKey, "mill/kind") }
        let key = stage.thing("iron key", in: ada) { $0.set(.contentKey, "mill/key") }
        stage.change { $0.set(.prototype, to: kind, on: key) }
        let purse = stage.thing("purse", in: ada, .container)
        stage.thing("copper coin", in: purse, .wearable) { $0.set(.isWorn, true) }
        stage.thing("felt hat", in: ada, .wearable) { $0.set(.isWorn, true) }
        for (text, holds) in Self.conditions {
            try lock(.use, text)
            #expect(verdict(ada, .player, .use).isAllowed == holds, "\(text)")
        }
        try lock(.use, "carries #\(key.id.number)")
        #expect(verdict(ada, .player, .use).isAllowed)
        #expect(!verdict(ben, .player, .use).isAllowed)
    }

    static let needs: [(text: String, needs: [String])] = [
        ("nobody", ["nobody"]), ("name ben and carries key", ["name ben"]),
        ("name ada and carries key", ["carries key"]),
        ("role builder or carries key", ["role builder", "carries key"]), ("not name ada", ["not name ada"]),
        ("not (name ada or guest)", ["not name ada"]),
        ("not (name ada and role player)", ["not name ada", "not role player"]),
        ("not not owner", ["owner"]),
    ]

    @Test func saysWhichPartFails() throws {
        for (text, expected) in Self.needs {
            try lock(.use, text, because: "Because.")
            guard case .refused(let denial) = verdict(ada, .player, .use) else {
                Issue.record("\(text) let her")
                continue
            }
            #expect(denial.needs.map { "\($0.isNegated ? "not " : "")\($0.condition)" } == expected, "\(text)")
            #expect(denial.reason == "Because.")
        }
    }

    @Test func locksAndOwnersAreThereAfterAStart() throws {
        stage.change { $0.set(.owner, to: ada, on: chest) }
        try lock(.open, "carries key or name ben", because: "No.")
        let recovered = World()
        try recovered.restore(
            stage.world.snapshot(), nextID: stage.world.nextID, sequence: stage.world.sequence)
        let again = try #require(recovered[chest.id])
        guard case .lock(let lock, on: _) = again.lock(for: .open) else {
            Issue.record("the lock is gone")
            return
        }
        #expect(lock.expression.description == "carries key or name ben" && lock.reason == "No.")
        #expect(recovered.owner(of: again)?.id == ada.id)
    }

    @Test func everyDoorLearnsWhatKindOfNoItIs() throws {
        stage.change { world in
            world.set(.isOpenable, to: true, on: chest)
            world.set(.fixed, to: "Too heavy.", on: chest)
        }
        #expect(stage.play("describe chest as Oak.", by: ada).refusal == .needsRole)
        try lock(.open, "nobody")
        #expect(stage.play("open chest", by: ada).refusal == .locked)
        #expect(stage.play("get chest", by: ada).refusal == nil)
        stage.change { $0.set(PropertyKey(.locks), to: .map(["open": .text("?")]), on: chest) }
        #expect(stage.play("open chest", by: ada).refusal == .unreadable)
        stage.change { $0.set(.owner, to: ben, on: chest) }
        #expect(stage.play("describe chest as Oak.", by: ada).refusal == .ownedByAnother)
        #expect(stage.play("open chest", by: ben).refusal == nil)
        #expect(chest[.isOpen])
        #expect(stage.failures == [])
    }

    @Test func everyRefusalHasItsWords() throws {
        let refusals: [(deed: Deed, text: String)] = [
            (.take, "You may not take the chest."), (.put, "You may not put anything in or on the chest."),
            (.open, "You may not open or close the chest."), (.enter, "You may not enter the chest."),
            (.read, "You may not read the chest."), (.use, "You may not use the chest."),
            (.speak, "You may not speak on the chest."), (.join, "You may not join the chest."),
            (.post, "You may not post to the chest."), (.moderate, "You may not moderate the chest."),
            (.inspect, "You may not inspect the chest."), (.describe, "You may not describe the chest."),
            (.edit, "You may not change the chest."), (.program, "You may not program the chest."),
            (.destroy, "You may not destroy the chest."), (.own, "You may not say who may do what to the chest."),
        ]
        #expect(refusals.map(\.deed) == Deed.allCases)
        for (deed, text) in refusals {
            try lock(deed, "nobody")
            #expect(told(deed) == text)
        }
        let needs: [(rule: String, text: String)] = [
            ("owner", "It is for the owner."), ("not role player", "It is not for the role player."),
            ("guest", "It is for guests."), ("role builder", "It takes at least the role builder."),
            ("name ben, cy", "It is for Ben and Cy."), ("not name ada", "It is not for Ada."),
            ("carries a key", "It would help to carry a key."), ("not in hall", "It would help not to be in hall."),
            ("wears hat", "It would help to wear hat."), ("in mill", "It would help to be in mill."),
            ("it is open", "It would help if the chest were open."),
            ("not it is closed", "It would help if the chest were not closed."),
            ("its lid is off", "It would help if the lid of the chest were off."),
            ("not anyone", ""),
        ]
        for (rule, text) in needs {
            try lock(.open, rule)
            #expect(told(.open) == "You may not open or close the chest." + (text.isEmpty ? "" : " " + text), "\(rule)")
        }
        #expect(told(.join, as: .guest, on: hall) == "You may not join the Hall. It is not for guests.")
    }

    /// What Ada reads who may not.
    private func told(_ deed: Deed, as role: Role = .player, on thing: Thing? = nil) -> String {
        stage.roles[ada.id] = role
        let outcome = stage.turn(by: ada) { turn in
            let verdict = verdict(ada, role, deed, on: thing)
            if case .refused(let denial) = verdict { throw turn.refusal(denial) }
        }
        return outcome.deliveries.map(\.text.plain).joined()
    }
}
