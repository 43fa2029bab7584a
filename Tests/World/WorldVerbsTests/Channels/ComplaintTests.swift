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
        _ = stage.play("reports close 1-3, 5 and 7 no", by: cy)
        #expect(Complaint.open(in: stage.world).count == Complaint.mostOfGuests - 4)
        _ = stage.play("reports close all by ada", by: cy)
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
