import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

@Suite struct ComplaintTests {
    private func player(_ name: String, _ stage: Stage) throws -> Thing {
        try #require(stage.player(named: name))
    }

    @Test func theEvidenceIsWhatWasHeardOfLate() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        _ = stage.play("say long ago", by: ben)
        stage.time = WallInstant(milliseconds: stage.time.milliseconds + 16 * 60_000)
        for number in 1...40 { _ = stage.play("say \(number)", by: ben) }
        _ = stage.play("get brass lamp", by: ben)
        _ = stage.play("report ben about counting", by: ada)
        let complaint = try #require(Complaint(number: 1, in: stage.world))
        #expect(complaint.evidence.map(\.text) == (11...40).map { "Ben says, \"\($0)\"" })
        #expect(complaint.evidence.allSatisfy { $0.speaker == ben.id && $0.name == "Ben" })
        #expect(complaint.subject.id == ben.id && complaint.reporter == "Ada" && complaint.place == "Hall")
        #expect(stage.failures == [])
    }

    @Test func theEvidenceSaysWhoReallySaidIt() throws {
        let stage = House.make()
        for name in ["Ada", "Ben"] { _ = stage.direct("\(name) stands in the Cellar") }
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        _ = stage.play("say guess who", by: ben)
        _ = stage.play("report ben about that", by: ada)
        let line = try #require(Complaint(number: 1, in: stage.world)?.evidence.first)
        #expect(line.text == "Someone says, \"guess who\"")
        #expect(line.name == "Ben")
    }

    @Test func privateWordsOfOthersAreNoEvidence() throws {
        let stage = House.make()
        let (ada, ben, cy) = (try player("Ada", stage), try player("Ben", stage), try player("Cy", stage))
        for (line, speaker) in [
            ("tell ada my secret is Ben", cy), ("tell cy about Ben", ada), ("whisper to ada Ben is odd", cy),
            ("tell ada I hate you", ben), ("tell ben please stop", ada), ("whisper ada never", ben),
            ("chat ha", cy), ("say hm", cy), ("smile", cy), ("tell me not a word", ada),
            ("mail to ada about Ben = Ben says so.", cy), ("mail to ada about you = Ha.", ben),
        ] {
            _ = stage.play(line, by: speaker)
        }
        _ = stage.play("report ben about that", by: ada)
        let complaint = try #require(Complaint(number: 1, in: stage.world))
        #expect(
            complaint.evidence.map(\.text) == [
                "Ben tells you, \"I hate you\"", "You tell Ben, \"please stop\"", "Ben whispers to you, \"never\"",
                "[chat] Cy: ha", "Cy says, \"hm\"", "Cy smiles.",
            ])
        #expect(stage.failures == [])
    }

    @Test func whatWasLeftForTheReporterIsEvidence() throws {
        let stage = House.make()
        let (ada, ben, cy) = (try player("Ada", stage), try player("Ben", stage), try player("Cy", stage))
        func leave(_ text: String) {
            stage.absent.insert(ada.id)
            for speaker in [ben, cy] { _ = stage.play("tell ada \(text)", by: speaker) }
            stage.absent.remove(ada.id)
        }
        leave("long ago")
        stage.time = WallInstant(milliseconds: stage.time.milliseconds + 8 * 86_400_000)
        leave("of late")
        stage.time = WallInstant(milliseconds: stage.time.milliseconds + 86_400_000)
        _ = stage.play("report ben about that", by: ada)
        let complaint = try #require(Complaint(number: 1, in: stage.world))
        #expect(complaint.evidence.map(\.text) == ["Ben left word for you: \"of late\""])
        #expect(complaint.evidence.first?.speaker == ben.id)
    }

    /// What many hear is kept once for all of them.
    @Test func aCrowdHearsAsFewDo() throws {
        let stage = House.make()
        stage.isChecking = false
        let (ada, ben, cy) = (try player("Ada", stage), try player("Ben", stage), try player("Cy", stage))
        let hall = try #require(ada.place)
        for number in 0..<50 { stage.player("Extra\(number)", in: hall) }
        _ = stage.play("say long ago", by: ben)
        stage.time = WallInstant(milliseconds: stage.time.milliseconds + 16 * 60_000)
        for line in ["say one", "tell ada two", "say three", "chat four"] { _ = stage.play(line, by: ben) }
        _ = stage.play("say not here", by: cy)
        _ = stage.direct("Ada stands in the Garden")
        _ = stage.play("say five", by: ben)
        _ = stage.play("report ben about that", by: ada)
        let complaint = try #require(Complaint(number: 1, in: stage.world))
        #expect(
            complaint.evidence.map(\.text) == [
                "Ben says, \"one\"", "Ben tells you, \"two\"", "Ben says, \"three\"", "[chat] Ben: four",
                "Cy says, \"not here\"",
            ])
        for number in 1...40 { _ = stage.play("chat \(number)", by: ben) }
        _ = stage.play("report ben about counting", by: ada)
        let second = try #require(Complaint(number: 2, in: stage.world))
        #expect(second.evidence.map(\.text) == (11...40).map { "[chat] Ben: \($0)" })
    }

    private func guest(_ number: Int, _ stage: Stage) throws -> Thing {
        let ada = try player("Ada", stage)
        var made: Thing?
        _ = stage.turn(by: ada) { turn in
            made = Accounts.createGuest(number: number, turn: turn)
            if let made { turn.world.move(made, to: ada.place) }
        }
        let guest = try #require(made)
        stage.join(guest)
        stage.roles[guest.id] = .guest
        return guest
    }

    @Test func guestsTakeNoPlacesOfPlayers() throws {
        let stage = House.make()
        let (ada, cy) = (try player("Ada", stage), try player("Cy", stage))
        for number in 1...(Complaint.mostOfGuests + 1) {
            let guest = try guest(number, stage)
            for _ in 1...2 { _ = stage.play("report ben about that", by: guest) }
            stage.part(guest)
            _ = stage.turn(by: ada) { Accounts.removeGuest(guest, world: $0.world) }
        }
        #expect(Complaint.open(in: stage.world).count == Complaint.mostOfGuests)
        _ = stage.play("report ben about that", by: ada)
        #expect(Complaint.open(in: stage.world).count == Complaint.mostOfGuests + 1)
        stage.roles[cy.id] = .admin
        func close(_ what: String) -> [String] {
            stage.reading(of: stage.play("reports close \(what)", by: cy), by: cy)
        }
        #expect(close("1-3, 5 and 7 no") == ["Cy: You close five reports."])
        #expect(close("all by ada") == ["Cy: You close report 21, of Ada about Ben."])
        #expect(Complaint.open(in: stage.world).count == Complaint.mostOfGuests - 5)
        #expect(Complaint(number: 7, in: stage.world)?.verdict == "no")
        #expect(Complaint(number: 6, in: stage.world)?.isClosed == false)
    }

    /// One character may be of any number of scalars, and none of them would fit.
    @Test func evidenceEndsWithinACharacter() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        _ = stage.play("say a" + String(repeating: "\u{301}", count: 900), by: ben)
        _ = stage.play("report ben about that", by: ada)
        #expect(Complaint(number: 1, in: stage.world)?.evidence.count == 1)
    }

    @Test func aGuestWhoLeftCanBeReported() throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        let guest = try guest(4, stage)
        _ = stage.play("say ha", by: guest)
        let number = guest.id
        _ = stage.turn(by: guest) { stage.interpreter.leavePlay(guest, $0) }
        stage.part(guest)
        _ = stage.play("report guest4 about that", by: ada)
        let complaint = try #require(Complaint(number: 1, in: stage.world))
        #expect(complaint.subject.id == number && complaint.subject.name == "Guest4")
        #expect(complaint.evidence.map(\.text) == ["Guest4 says, \"ha\""])
    }

    @Test func theySurviveAReload() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        _ = stage.play("say hm", by: ben)
        _ = stage.play("report ben about that", by: ada)
        let later = try Stage(StageState(stage))
        let complaint = try #require(Complaint.open(in: later.world).first)
        #expect(complaint.text == "that" && complaint.evidence.count == 1)
    }

    @Test func administratorsLearnOnComingIn() throws {
        let stage = House.make()
        let (ada, cy) = (try player("Ada", stage), try player("Cy", stage))
        stage.roles[cy.id] = .admin
        func comeBack() -> [String] {
            stage.reading(of: stage.turn(by: cy) { stage.interpreter.linkRestored(cy, $0, wasConnected: true) }, by: cy)
        }
        #expect(!comeBack().contains { $0.contains("wait") })
        _ = stage.play("report ben about that", by: ada)
        #expect(comeBack().last == "Cy: One report waits for you; reports shows it.")
        _ = stage.play("report ben about this", by: ada)
        #expect(comeBack().last == "Cy: Two reports wait for you; reports shows them.")
        stage.roles[cy.id] = .builder
        #expect(!comeBack().contains { $0.contains("wait") })
    }

    @Test func buildersDoNotReadThem() throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        _ = stage.play("report ben about that", by: ada)
        let id = try #require(stage.world.root?[.openReports].first)
        stage.roles[ada.id] = .builder
        let read = stage.reading(of: stage.play("inspect \(id)", by: ada), by: ada)
        #expect(read.count == 1 && read.first?.contains("may not inspect") == true, "\(read)")
    }

    @Test func oneReporterCannotFillTheList() throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        for _ in 1...Complaint.mostOfOne { _ = stage.play("report ben about that", by: ada) }
        let read = stage.reading(of: stage.play("report ben about that", by: ada), by: ada)
        #expect(
            read == [
                "Ada: You have made so many reports that nobody has answered yet. Please wait until some are."
            ])
        #expect(Complaint.open(in: stage.world).count == Complaint.mostOfOne)
    }

    @Test func theListAndTheClosedOnesAreBounded() throws {
        let stage = House.make()
        stage.isChecking = false
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        let subject = Complaint.Subject(id: ben.id, name: "Ben")
        var reporters: [Thing] = []
        stage.change { world in
            for _ in 0..<51 { reporters.append(world.create([.persona, .player])) }
        }
        for reporter in reporters {
            for _ in 0..<Complaint.mostOfOne {
                _ = stage.turn(by: reporter) { _ = try Complaint.make(about: subject, "x", [], $0) }
            }
        }
        #expect(Complaint.open(in: stage.world).count == Complaint.mostOpen)
        let things = stage.world.things.count
        _ = stage.turn(by: ada) { turn in
            for complaint in Complaint.open(in: turn.world) { complaint.close("done", turn) }
        }
        #expect(Complaint.open(in: stage.world).isEmpty)
        #expect(stage.world.things.count == things - Complaint.mostOpen + Complaint.mostClosed)
        #expect(Complaint(number: 400, in: stage.world) == nil)
        #expect(Complaint(number: 401, in: stage.world)?.isClosed == true)
        #expect(stage.world.violations() == [])
    }
}
