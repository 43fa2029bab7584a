import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

@Suite struct MailboxTests {
    private let stage = House.make()
    private var ada: Thing { get throws { try #require(stage.player(named: "Ada")) } }
    private var ben: Thing { get throws { try #require(stage.player(named: "Ben")) } }

    private func read(_ line: String, by player: Thing) -> [String] {
        stage.play(line, by: player).deliveries.filter { $0.recipients.contains { $0 === player } }
            .map(\.text.plain)
    }

    private func mailbox(_ player: Thing) -> Mailbox { Mailbox(of: player, in: stage.world) }

    @Test func aLetterToManyIsStoredOnce() throws {
        let before = stage.world.things.count
        let text = String(repeating: "word ", count: 200)
        let outcome = stage.play("mail to ben, cy about it = \(text)", by: try ada)
        let record = try #require(outcome.record)
        // The letter; three copies; two inboxes, Drafts and Sent.
        #expect(stage.world.things.count == before + 8)
        let written = record.changes.count {
            if case .set(_, name: "body", .some) = $0 { true } else { false }
        }
        #expect(written == 1)
        let copies = try [ben, try #require(stage.player(named: "Cy"))].compactMap {
            mailbox($0).folder(.inbox)?.letter(1)
        }
        #expect(copies.count == 2)
        #expect(copies[0].original === copies[1].original)
        #expect(copies.allSatisfy { $0.body == text.trimmed })
        #expect(stage.failures == [])
    }

    @Test func aLetterEndsWithItsLastCopy() throws {
        let before = stage.world.things.count
        _ = stage.play("mail to ben about it = Hello.", by: try ada)
        let letter = try #require(mailbox(ben).folder(.inbox)?.letter(1)?.original)
        for (line, player) in [
            ("mail delete 1", try ben), ("mail empty", try ben), ("mail delete 1 in sent", try ada),
        ] {
            _ = stage.play(line, by: player)
            #expect(letter.exists)
        }
        _ = stage.play("mail empty", by: try ada)
        #expect(!letter.exists)
        // Inbox and Trash of one, Drafts, Sent and Trash of the other.
        #expect(stage.world.things.count == before + 5)
        #expect(stage.failures == [])
    }

    @Test func aMailboxEndsWithItsOwner() throws {
        let before = stage.world.things.count
        let dora = stage.player("Dora", in: try #require(ada.place))
        for _ in 1...3 { _ = stage.play("mail to dora, me about it = Hello.", by: dora) }
        _ = stage.play("mail to dora", by: dora)
        _ = stage.play("mail attach map = North.", by: dora)
        stage.part(dora)
        stage.change { world in
            if let account = world.thing(dora, .account) { world.destroy(account) }
            world.destroy(dora)
        }
        #expect(stage.world.things.count == before)
        #expect(stage.world.violations() == [])
    }

    @Test func aChangeOfAFlagWritesOneProperty() throws {
        for _ in 1...5 { _ = stage.play("mail to ben about it = Hello.", by: try ada) }
        let record = try #require(stage.play("mail flag 3", by: try ben).record)
        #expect(record.changes.count == 1)
    }

    // MARK: Limits

    @Test func aFullMailboxRefusesAndTheTextIsKept() throws {
        let ben = try ben
        stage.isChecking = false
        stage.change { world in
            let letter = world.create(.letter)
            world.set(.body, to: "x", on: letter)
            let box = Mailbox(of: ben, in: world)
            while !box.isFull { _ = try? box.take(letter, into: .inbox) }
        }
        #expect(mailbox(ben).count == LetterLimits.letters)
        #expect(
            read("mail to cy, ben about it = Hello.", by: try ada) == [
                "The mailbox of Ben is full, so nothing was sent.",
                "What you wrote is kept as draft 1; mail send tries again.",
            ])
        #expect(mailbox(try #require(stage.player(named: "Cy"))).count == 0)
        #expect(mailbox(try ada).draft?.body == "Hello.")
        #expect(read("mail send", by: try ada) == ["The mailbox of Ben is full, so nothing was sent."])
        #expect(mailbox(try ada).draft?.body == "Hello.")
        // Whoever is full cannot write either, until there is room.
        #expect(read("mail to cy about it = Hi.", by: ben).first?.hasPrefix("Your mailbox is full.") == true)
        _ = stage.play("mail delete 1-2", by: ben)
        _ = stage.play("mail empty", by: ben)
        #expect(read("mail to cy about it = Hi.", by: ben).first?.hasPrefix("You send a letter") == true)
        #expect(read("mail send", by: try ada).first?.hasPrefix("You send a letter") == true)
        #expect(stage.world.violations() == [])
    }

    @Test func draftsHaveAnEnd() throws {
        for number in 1...(LetterLimits.hourly + LetterLimits.drafts) {
            _ = stage.play("mail to ben about \(number) = Hello.", by: try ada)
        }
        #expect(mailbox(try ada).folder(.drafts)?.count == LetterLimits.drafts)
        let refused = read("mail to ben about it = Hello.", by: try ada)
        #expect(refused.first?.hasPrefix("You have 100 drafts, which is as many as one may.") == true, "\(refused)")
        #expect(mailbox(try ada).folder(.drafts)?.count == LetterLimits.drafts)
        _ = stage.play("mail delete 31-32 in drafts", by: try ada)
        #expect(read("mail draft about it", by: try ada).first == "You begin to write: \"it\".")
        #expect(stage.world.violations() == [])
    }

    @Test func anHourTakesSoManyLetters() throws {
        for number in 1...LetterLimits.hourly {
            #expect(read("mail to ben about \(number) = Hello.", by: try ada).first?.hasPrefix("You send") == true)
        }
        let refused = read("mail to ben about it = Hello.", by: try ada)
        #expect(refused.first?.contains("you can send the next one in 1 hour") == true, "\(refused)")
        #expect(mailbox(try ben).count == LetterLimits.hourly)
        stage.time = WallInstant(milliseconds: stage.time.milliseconds + 3_600_001)
        #expect(read("mail send", by: try ada).first?.hasPrefix("You send") == true)
        // A clock that is put back keeps nobody waiting.
        stage.time = WallInstant(milliseconds: stage.time.milliseconds - 7_200_000)
        #expect(read("mail to ben about it = Hello.", by: try ada).first?.hasPrefix("You send") == true)
    }

    @Test func sizesAreBounded() throws {
        let long = String(repeating: "s", count: LetterLimits.subject + 1)
        #expect(read("mail to ben about \(long) = Hello.", by: try ada) == ["A subject has 200 characters at most."])
        _ = stage.play("mail to ben about it", by: try ada)
        stage.change { world in
            guard let draft = Mailbox(of: (try? ada) ?? .makeNobody(), in: world).draft else { return }
            world.set(.body, to: String(repeating: "x", count: LetterLimits.body - 3), on: draft.thing)
        }
        _ = [stage.play(".q", by: try ada), stage.play(".q", by: try ada)]
        #expect(read("write abc", by: try ada) == ["A letter has 64 KiB of text at most."])
        #expect(read("write ab", by: try ada) == ["Line 2 is written."])
        for number in 1...LetterLimits.attachments {
            #expect(read("mail attach \(number) = text", by: try ada).first?.hasPrefix("You attach") == true)
        }
        #expect(read("mail attach more = text", by: try ada) == ["A letter takes 10 attachments at most."])
        let name = String(repeating: "n", count: LetterLimits.name + 1)
        #expect(read("mail folder create \(name)", by: try ada).first?.hasPrefix("A name here has") == true)
        for number in 1...(LetterLimits.folders - StandardFolder.allCases.count) {
            #expect(read("mail folder create plans \(number)", by: try ada).first?.hasPrefix("You make") == true)
        }
        #expect(read("mail folder create more", by: try ada) == ["A mailbox has 20 folders at most."])
    }

    @Test func recipientsAreBounded() throws {
        let place = try #require(ada.place)
        let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
        let names = (0..<51).map { number -> String in "Player" + letters[number / 26] + letters[number % 26] }
        stage.isChecking = false
        for name in names { stage.player(name, in: place) }
        let all = names.joined(separator: ", ")
        #expect(read("mail to \(all) about it = Hello.", by: try ada) == ["A letter goes to 50 people at most."])
        let some = names.dropLast().joined(separator: ", ")
        #expect(read("mail to \(some) about it = Hello.", by: try ada).first?.hasPrefix("You send") == true)
        #expect(stage.world.violations() == [])
    }

    @Test func buildersDoNotReadLetters() throws {
        _ = stage.play("mail to ben about it = Hello.", by: try ada)
        let folder = try #require(mailbox(ben).folder(.inbox))
        let copy = try #require(folder.letter(1))
        let cy = try #require(stage.player(named: "Cy"))
        for role in [Role.builder, .programmer, .admin] {
            stage.roles[cy.id] = role
            for thing in [copy.thing, copy.original, folder.thing] {
                #expect(read("inspect \(thing.id)", by: cy) == ["Letters are for those who wrote and got them."])
            }
        }
    }

    private func inspect(_ thing: Thing, by player: Thing) -> [String] {
        read("inspect \(thing.id)", by: player).flatMap { $0.split(separator: "\n").map(String.init) }
    }

    /// Owners see what a letter is made of, and not what it says.
    @Test func ownersDoNotReadLetters() throws {
        _ = stage.play("mail to ben about whisper = Murmur.", by: try ada)
        _ = stage.play("alias mutter tell ben Murmur.", by: try ada)
        let copy = try #require(mailbox(ben).folder(.inbox)?.letter(1))
        let cy = try #require(stage.player(named: "Cy"))
        stage.roles[cy.id] = .owner
        for thing in [copy.thing, copy.original, try ada] {
            let lines = inspect(thing, by: cy)
            #expect(lines.count > 1 && !lines.contains { $0.contains("urmur") || $0.contains("whisper") }, "\(lines)")
        }
        #expect(inspect(copy.original, by: cy).contains("- body: not shown"))
    }

    /// Nothing that lets somebody in, and nothing that somebody wrote to another, is shown to anybody.
    @Test(arguments: [
        CoreProperty.passwordHash, .oneTimeSecret, .recoveryCodes, .publicKeys, .knownSources, .subject, .body,
        .bodyEnd,
        .told, .tells, .evidence, .verdict, .ignored, .aliases, .path, .content,
    ])
    func secretsAreNotShown(property: CoreProperty) throws {
        let (ada, cy) = (try ada, try #require(stage.player(named: "Cy")))
        stage.roles[cy.id] = .owner
        stage.change { $0.set(PropertyKey(property), to: .text("hidden"), on: ada) }
        let lines = inspect(ada, by: cy)
        #expect(lines.contains("- \(property): not shown") && !lines.contains { $0.contains("hidden") }, "\(lines)")
    }

    @Test func guestsHaveNoMailbox() throws {
        let ben = try ben
        stage.change { $0.set(.isGuest, to: true, on: ben) }
        #expect(read("mail to ben about it = Hello.", by: try ada) == ["Ben is a guest and has no mailbox."])
    }

    @Test func whoIgnoresTheWriterTakesNoLetter() throws {
        let account = try #require(stage.world.thing(ada, .account))
        let ben = try ben
        stage.change { $0.set(PropertyKey(.ignored), to: .list([account.id.value]), on: $0.holder(of: ben)) }
        #expect(
            read("mail to cy, ben about it = Hello.", by: try ada) == [
                "Ben does not take letters from you, so nothing was sent.",
                "What you wrote is kept as draft 1; mail send tries again.",
            ])
        #expect(mailbox(ben).count == 0)
        #expect(mailbox(try ada).folder(.sent) == nil)
    }

    @Test func readingWorksWhileNothingCanBeKept() throws {
        _ = stage.play("mail to ben about it = Hello.", by: try ada)
        stage.interpreter.readOnlyReason = "the disk is full"
        let text = read("mail 1", by: try ben)
        #expect(text.first?.hasSuffix("Hello.") == true)
        #expect(mailbox(try ben).unread == 1)
    }

    // MARK: Coming into play

    @Test func whoComesInHearsOfNewMail() throws {
        let cy = try #require(stage.player(named: "Cy"))
        for count in 1...2 {
            _ = stage.turn(by: cy) { stage.interpreter.leavePlay(cy, $0) }
            _ = stage.play("mail to cy about it = Hello.", by: try ada)
            let outcome = stage.turn(by: cy) { try stage.interpreter.enterPlay(cy, $0) }
            let told = outcome.deliveries.last { $0.recipients.contains { $0 === cy } }?.text.plain
            #expect(
                told
                    == (count == 1
                        ? "You have an unread letter. mail next shows it."
                        : "You have 2 unread letters. mail lists them."))
        }
        #expect(stage.failures == [])
    }

    // MARK: Hostile values

    @Test func strangeStoredValuesDoNotTrap() throws {
        _ = stage.play("mail to ben about it = Hello.", by: try ada)
        _ = stage.play("mail to ben about draft", by: try ada)
        let copy = try #require(mailbox(ben).folder(.inbox)?.letter(1)?.thing)
        let values: [Value] = [
            .int(.min), .int(.max), .int(-1), .int(0), .text("x"), .list([.int(.max), .text("seen")]), .bool(true),
            .thing(ThingID(0)), .map([:]), .map(["1": .list([.int(.max), .int(.min)])]),
        ]
        let ada = try ada
        let ben = try ben
        stage.isChecking = false
        let cores: [CoreProperty] = [
            .sent, .author, .replyTo, .received, .recipients, .flags, .nextUID, .uid, .uidValidity, .letterFolders,
            .lettersSent, .notesRead, .subject, .body, .draft,
        ]
        for core in cores {
            for value in values {
                for thing in [copy, copy.prototype, copy.location, ada, ben].compactMap({ $0 }) {
                    let old = thing.ownValue(of: PropertyKey(core))
                    stage.change { $0.set(PropertyKey(core), to: value, on: thing) }
                    for line in [
                        "mail", "mail 1", "mail reply 1 = x", "mail flag 1", "mail folders", "mail search hello",
                        "mail draft", "mail forward 1 to cy = x", "mail delete 1", "mail to ada = hi", "board",
                    ] {
                        #expect(stage.play(line, by: ben).fault == nil, "\(core) \(value) \(line)")
                    }
                    stage.change { $0.set(PropertyKey(core), to: old, on: thing) }
                }
            }
        }
    }

    // MARK: Dates

    @Test(arguments: [
        (0, "just now"), (59, "just now"), (60, "1 minute ago"), (3599, "59 minutes ago"), (3600, "1 hour ago"),
        (172_800, "2 days ago"), (31_536_000 * 3, "3 years ago"), (-500, "just now"),
    ])
    func datesAreSaidInWords(_ seconds: Int64, _ words: String) throws {
        _ = stage.play("mail to ben about it = Hello.", by: try ada)
        stage.time = WallInstant(milliseconds: stage.time.milliseconds + seconds * 1000)
        let text = read("mail", by: try ben).joined()
        #expect(text.contains("from Ada, \(words) (14 November 2023, 22:13 UTC)."), "\(text)")
    }

    @Test func longListsShowTheNewest() throws {
        let ben = try ben
        stage.change { world in
            let letter = world.create(.letter)
            world.set(.subject, to: "it", on: letter)
            for _ in 1...45 { _ = try? Mailbox(of: ben, in: world).take(letter, into: .inbox) }
        }
        let lines = read("mail", by: ben)[0].split(separator: "\n")
        #expect(lines.count == 23)
        #expect(lines[2].hasPrefix("- 26, unread"))
        #expect(lines.last == "25 older ones are not shown; mail list inbox before 26 lists more.")
        let more = read("mail list inbox before 26", by: ben)[0].split(separator: "\n")
        #expect(more[2].hasPrefix("- 6, unread"))
        #expect(more.last == "5 older ones are not shown; mail list inbox before 6 lists more.")
    }
}
