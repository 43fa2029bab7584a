import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// Whatever is done with letters, the numbers in a folder rise and none is used twice, as mail programs rely on.
@Suite struct LetterFolderTests {
    /// What was seen of all folders and boards so far.
    private struct History {
        /// By folder: number to letter.
        var owners: [ThingID: [Int: ThingID]] = [:]
        var validities: [ThingID: Int] = [:]

        mutating func check(_ world: World) -> [String] {
            var found: [String] = []
            for thing in world.things.values where thing.hasAny(of: [.folder, .board]) {
                let numbers = thing.contents.filter { $0.has(.letter) }.map { $0[.uid] }
                if numbers != numbers.sorted() || Set(numbers).count != numbers.count {
                    found.append("the numbers of \(thing.id) do not rise: \(numbers)")
                }
                if let first = numbers.first, first < 1 { found.append("\(thing.id) has a letter without a number") }
                if let last = numbers.last, thing[.nextUID] <= last {
                    found.append("\(thing.id) gives out \(last) again")
                }
                for letter in thing.contents where letter.has(.letter) {
                    let known = owners[thing.id]?[letter[.uid]]
                    if let known, known != letter.id { found.append("\(letter[.uid]) of \(thing.id) was another's") }
                    owners[thing.id, default: [:]][letter[.uid]] = letter.id
                }
                if thing.has(.folder) {
                    if let known = validities[thing.id], known != thing[.uidValidity] {
                        found.append("\(thing.id) has another validity")
                    }
                    validities[thing.id] = thing[.uidValidity]
                }
            }
            return found
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func numbersAreNeverUsedAgain(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var stage = House.make()
        let names = stage.players.map(\.name)
        let place = try #require(stage.players.first?.place)
        stage.thing("notice board", in: place, .board)
        var history = History()
        var log: [TurnRecord] = []
        let recovered = World()
        try recovered.restore(stage.world.snapshot(), nextID: stage.world.nextID, sequence: stage.world.sequence)
        for step in 0..<400 {
            let player = try #require(stage.players.randomElement(using: &random))
            let line = line(&random, names)
            let outcome = stage.play(line, by: player)
            #expect(outcome.fault == nil, "seed \(seed), \(player.name): \(line)")
            #expect(stage.failures == [], "seed \(seed), \(player.name): \(line)")
            let wrong = history.check(stage.world)
            #expect(wrong == [], "seed \(seed), \(player.name): \(line)")
            if !wrong.isEmpty || !stage.failures.isEmpty { return }
            if let record = outcome.record {
                log.append(record)
                try recovered.replay(try TurnRecord(decoding: record.encoded()))
            }
            stage.time = WallInstant(
                milliseconds: stage.time.milliseconds + Int64.random(in: -60_000...400_000, using: &random))
            if step == 200 {
                // A start from the store goes on as if nothing had been.
                #expect(recovered.snapshot() == stage.world.snapshot())
                let world = World()
                try world.restore(stage.world.snapshot(), nextID: stage.world.nextID, sequence: stage.world.sequence)
                let next = Stage(world: world)
                (next.time, next.seed) = (stage.time, stage.seed)
                for name in names { next.join(try #require(world.player(named: name))) }
                stage = next
                #expect(world.violations() == [])
            }
        }
        #expect(recovered.snapshot() == stage.world.snapshot())
        // No letter is left that nobody has.
        for thing in stage.world.things.values where thing.has(.letter) && thing.location == nil {
            #expect(!thing.heirs.isEmpty, "\(thing.id) is in no folder")
        }
        #expect(!history.owners.isEmpty)
    }

    private func line(_ random: inout SeededGenerator, _ names: [String]) -> String {
        let number = Int.random(in: 1...6, using: &random)
        let folder = ["inbox", "sent", "drafts", "trash", "plans", "notes"].randomElement(using: &random) ?? "inbox"
        let name = names.randomElement(using: &random) ?? "ada"
        let lines = [
            "mail to \(name) about \(number) = Hello.", "mail to \(name), ada about \(number) = Hello.",
            "mail to \(name) about \(number)", "write Hello.", "mail send", "mail drop", "mail draft \(number)",
            "mail reply \(number) = Hi.", "mail forward \(number) to \(name) = See.", "mail delete \(number)",
            "mail delete \(number) in \(folder)", "mail delete all in \(folder)", "mail empty", "mail \(number)",
            "mail move \(number) to \(folder)", "mail move \(number) in \(folder) to inbox",
            "mail move \(number)-9 in trash to \(folder)", "mail flag \(number)", "mail unread \(number)",
            "mail folder create \(folder)", "mail folder remove \(folder)", "mail attach \(number) = text",
            "mail detach \(number)", "post \(number) = Hello.", "post draft", "board \(number)", "board next",
            ".q", ".q", ".x", ".u", ".d \(number)", "A line.", ".do mail drop", "edit", "edit draft \(number)",
            "post \(number)",
            "board remove \(number)", "board reply \(number) = Hi.", "mail next", "mail list \(folder)",
        ]
        return lines.randomElement(using: &random) ?? "mail"
    }

    @Test func numbersRunOutWithoutATrap() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        let ben = try #require(stage.player(named: "Ben"))
        _ = stage.play("mail to ben about it = Hello.", by: ada)
        let inbox = try #require(Mailbox(of: ben, in: stage.world).folder(.inbox))
        stage.change { $0.set(.nextUID, to: World.lastUID, on: inbox.thing) }
        _ = stage.play("mail to ben about the last = Hello.", by: ada)
        #expect(inbox.letter(World.lastUID)?.subject == "the last")
        let outcome = stage.play("mail to ben about one more = Hello.", by: ada)
        #expect(outcome.deliveries.first?.text.plain == "The mailbox of Ben is full, so nothing was sent.")
        #expect(inbox.count == 2)
        #expect(stage.failures == [])
    }

    @Test func aFolderMadeAgainHasAnotherValidity() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        var validities: [Int] = []
        for _ in 1...3 {
            _ = stage.play("mail folder create plans", by: ada)
            validities.append(try #require(Mailbox(of: ada, in: stage.world).folder(named: "plans")).validity)
            _ = stage.play("mail folder remove plans", by: ada)
            stage.time = WallInstant(milliseconds: stage.time.milliseconds - 5000)
        }
        #expect(validities == validities.sorted())
        #expect(Set(validities).count == 3)
        #expect(Mailbox(of: ada, in: stage.world).folders.isEmpty)
    }
}
