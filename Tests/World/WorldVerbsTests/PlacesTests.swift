import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// A square under the sky with a room that looks out on it: hours, weather, long ways and company.
@Suite struct PlacesTests {
    private let stage = Stage()
    private let square: Thing
    private let room: Thing
    private let ada: Thing
    private let ben: Thing

    init() {
        square = stage.room("The Square", "Stones.") { $0.set(.isOutdoors, true) }
        room = stage.room("The Room", "Panes.")
        let window = stage.thing("window", in: nil, .door) { $0.set(.isTransparent, true) }
        stage.way(.north, from: square, to: room, door: window)
        ada = stage.player("Ada", "she", in: square)
        ben = stage.player("Ben", "he", in: room)
        let room = room
        stage.change { world in
            for exit in world.exits(of: room) { world.set(.isView, to: true, on: exit) }
        }
    }

    /// The first hour of that light and sky in the standard autumn.
    private func find(_ light: Daylight, _ sky: Sky, after former: Sky? = nil) throws {
        let calendar = WorldCalendar.standard
        for hour in Int64(240 * 24)..<(330 * 24) {
            let time = WorldTime(day: hour / 24, hour: Int(hour % 24))
            guard calendar.daylight(at: time) == light, stage.world.sky(over: square, at: hour) == sky else { continue }
            if let former, stage.world.sky(over: square, at: hour - 1) != former { continue }
            stage.time = try #require(calendar.instant(of: time))
            return
        }
        Issue.record("no \(sky) at \(light)")
    }

    private func play(_ line: String, by player: Thing) -> [String] {
        stage.reading(of: stage.play(line, by: player), by: player)
    }

    /// What only the player reads.
    private func own(_ line: String, by player: Thing) -> [String] {
        play(line, by: player).filter { $0.hasPrefix(player.name + ":") }
    }

    private func hour() -> [String] {
        let stage = stage
        return stage.reading(of: stage.turn(by: Thing.makeNobody()) { stage.interpreter.announceHour($0) }, by: ada)
    }

    // MARK: Sky

    @Test func aPlaceOutdoorsShowsTheSky() throws {
        try find(.day, .clear)
        #expect(play("look", by: ada).prefix(3) == ["Ada: The Square", "Ada: Stones.", "Ada: The sky is clear."])
        try find(.night, .rain)
        #expect(play("look", by: ada)[2] == "Ada: It is night, and raining.")
        try find(.dawn, .overcast)
        #expect(play("look", by: ada)[2] == "Ada: It is getting light. The sky is grey from rim to rim.")
        try find(.dusk, .cloudy)
        #expect(play("weather", by: ada) == ["Ada: The sun is setting. Clouds drift across the sky."])
        #expect(
            play("weather", by: ben) == [
                "Ben: You look out through the window. The sun is setting. Clouds drift across the sky."
            ])
        #expect(!play("look", by: ben).joined().contains("Clouds"))
    }

    @Test func everySkyHasItsWords() throws {
        for sky in Sky.allCases where sky != .snow {
            for light in [Daylight.day, .night] {
                try find(light, sky)
                #expect(play("weather", by: ada).count == 1)
            }
        }
    }

    @Test func theMoonIsSeenWhereTheSkyIsOpen() throws {
        try find(.night, .clear)
        let text = play("weather", by: ada).joined()
        #expect(text.hasPrefix("Ada: It is night, and the stars are out. ") && text.contains("moon"))
        try find(.night, .overcast)
        #expect(play("weather", by: ada) == ["Ada: It is night, without a star."])
    }

    @Test func changesAreToldOutdoorsAndOnce() throws {
        try find(.day, .rain, after: .drizzle)
        #expect(hour() == ["Ada: The rain grows heavier."])
        try find(.day, .rain, after: .rain)
        #expect(hour() == [])
        try find(.dawn, .clear, after: .clear)
        #expect(hour() == ["Ada: The sun rises."])
        try find(.night, .clear, after: .clear)
        // Dusk is the hour before the first of the night.
        #expect(hour() == [] || hour() == ["Ada: Night has fallen."])
        try find(.dusk, .overcast, after: .overcast)
        let cy = stage.player("Cy", in: square)
        #expect(hour() == ["Ada: The light begins to go.", "Cy: The light begins to go."])
        stage.absent = [ada.id, cy.id]
        #expect(hour() == [])
    }

    @Test func timeFollowsTheCalendarOfTheWorld() throws {
        let calendar = try #require(
            WorldCalendar(
                epoch: stage.time, dayLength: 10, firstYear: 7, weekdays: [],
                months: [WorldCalendar.Month("Frost", days: 9)],
                seasons: [WorldCalendar.Season("winter", from: 0, dawn: 9, dusk: 15)], moonCycle: 0))
        stage.change { world in
            if let root = world.root { world.set(PropertyKey(.calendar), to: calendar.value, on: root) }
        }
        let words = [
            (0, 0, "about midnight"), (0, 20, "about half past twelve at night"), (9, 0, "about nine in the morning"),
            (11, 50, "about noon"), (12, 30, "about half past twelve in the afternoon"),
            (18, 44, "about half past six in the evening"), (23, 50, "about midnight"),
            (22, 0, "about ten at night"), (4, 59, "about five in the morning"),
        ]
        for (hour, minute, text) in words {
            stage.time = try #require(calendar.instant(of: WorldTime(day: 10, hour: hour, minute: minute)))
            let answer = play("time", by: ada)
            #expect(answer.first == "Ada: It is \(text). Today is Frost 2, in the year 8.")
            #expect(answer.last == "Ada: A day of this world lasts 10 minutes of yours.")
        }
    }

    // MARK: Ways

    /// A row of rooms east of the square, each named by its number, with a door before the last.
    private func row(_ count: Int, locked: Bool) -> [Thing] {
        var rooms = [square]
        let door = stage.thing("gate", in: nil, .door) {
            $0.set(.isOpenable, true)
            $0.set(.isLocked, locked)
        }
        for number in 1...count {
            let next = stage.room("Number \(number)", "Bare.")
            stage.way(.east, from: rooms[number - 1], to: next, door: number == count ? door : nil)
            rooms.append(next)
        }
        let (all, ada) = (rooms, ada)
        stage.change { world in for room in all { world.noteVisit(of: room, by: ada) } }
        return rooms
    }

    @Test func oneWalksToAPlaceThroughDoors() throws {
        try find(.day, .clear)
        let rooms = row(3, locked: false)
        #expect(own("path to number 3", by: ada) == ["Ada: Number 3 is three steps from here: east, east and east."])
        #expect(
            own("go to number 3", by: ada) == [
                "Ada: Number 1", "Ada: Number 2",
                "Ada: You open the gate.", "Ada: Number 3", "Ada: Bare.", "Ada: The only way out is west.",
            ])
        #expect(ada.location === rooms[3])
    }

    @Test func aLockStopsAWalk() throws {
        try find(.day, .clear)
        let rooms = row(3, locked: true)
        #expect(
            own("path to number 3", by: ada) == [
                "Ada: Number 3 is three steps from here: east, east and east.",
                "Ada: But the gate is locked, as far as you know.",
            ])
        #expect(
            own("go to number 3", by: ada) == [
                "Ada: Number 1", "Ada: Number 2", "Ada: Bare.",
                "Ada: You can go west or east (the gate is closed).", "Ada: The gate is locked.",
            ])
        #expect(ada.location === rooms[2])
        #expect(own("go to number 3", by: ada) == ["Ada: The gate is locked."])
    }

    @Test func aWalkHasAnEnd() throws {
        try find(.day, .clear)
        let rooms = row(35, locked: false)
        #expect(own("go to number 35", by: ada).last == "Ada: You stop for breath; Number 35 is five steps farther.")
        #expect(ada.location === rooms[30])
    }

    @Test func oneHasToKnowAWay() throws {
        try find(.day, .clear)
        let (far, ada) = (stage.room("Far Island", "Sand."), ada)
        #expect(
            own("go to the island", by: ada) == [
                "Ada: There is no way called \"island\" here, and no place of that name where you have been."
            ])
        stage.change { world in world.noteVisit(of: far, by: ada) }
        #expect(own("go to the island", by: ada) == ["Ada: You know no way from here to Far Island."])
        #expect(own("path to the island", by: ada) == ["Ada: You know no way from here to Far Island."])
    }

    @Test func aNameOfSeveralPlacesAsks() throws {
        try find(.day, .clear)
        let rooms = row(2, locked: false)
        let (one, two) = (stage.room("Old Mill", "Old."), stage.room("New Mill", "New."))
        stage.way(.north, from: rooms[1], to: one)
        stage.way(.south, from: rooms[1], to: two)
        let ada = ada
        stage.change { world in for mill in [one, two] { world.noteVisit(of: mill, by: ada) } }
        #expect(own("go to mill", by: ada) == ["Ada: Which do you mean: the Old Mill or the New Mill?"])
        #expect(
            own("new", by: ada) == [
                "Ada: Number 1", "Ada: New Mill", "Ada: New.",
                "Ada: The only way out is north.",
            ])
        #expect(own("go to the old mill", by: ada).first == "Ada: Number 1")
        #expect(ada.location === one)
    }

    @Test func followersWalkAlong() throws {
        try find(.day, .clear)
        let rooms = row(3, locked: false)
        let cy = stage.player("Cy", in: square)
        _ = play("follow ada", by: cy)
        let read = play("go to number 3", by: ada).filter { $0.hasPrefix("Cy") }
        #expect(
            read == [
                "Cy: You follow Ada.", "Cy: Number 1", "Cy: You follow Ada.", "Cy: Number 2", "Cy: Ada opens the gate.",
                "Cy: You follow Ada.", "Cy: Number 3", "Cy: Bare.", "Cy: Ada is here.", "Cy: The only way out is west.",
            ])
        #expect(cy.location === rooms[3] && stage.world.hasVisited(rooms[2], cy))
    }

    @Test func whoFallsBehindSeesWhere() throws {
        try find(.day, .clear)
        let rooms = row(4, locked: false)
        stage.change { world in world.set(.isDark, to: true, on: rooms[2]) }
        let cy = stage.player("Cy", in: square)
        _ = play("follow ada", by: cy)
        let read = play("go to number 4", by: ada)
        #expect(
            read.filter { $0.hasPrefix("Cy") } == [
                "Cy: You follow Ada.", "Cy: Number 1", "Cy: You follow someone.", "Cy: It is dark here.",
                "Cy: It is too dark to follow.", "Cy: Someone leaves east.",
                "Cy: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.",
            ])
        #expect(read.contains("Ada: It is dark here."))
        #expect(cy.location === rooms[2] && ada.location === rooms[4])
        #expect(stage.world.leader(of: cy) === ada)
    }

    @Test func manyFollowersAreCounted() throws {
        try find(.day, .clear)
        let rooms = row(1, locked: false)
        stage.change { world in
            for exit in world.exits(of: rooms[0]) { world.set(.door, to: nil, on: exit) }
        }
        let others = "abcdefgh".map { stage.player("Fan\($0)", in: square) }
        for other in others { _ = play("follow ada", by: other) }
        let dora = stage.player("Dora", in: square)
        let outcome = stage.play("east", by: ada)
        let read = stage.reading(of: outcome, by: ada).filter { $0.hasPrefix("Dora") }
        #expect(
            read == ["Dora: Ada leaves east."] + others.prefix(5).map { "Dora: \($0.name) follows Ada." }
                + ["Dora: Three more follow Ada."])
        #expect(others.allSatisfy { $0.location === rooms[1] })
        #expect(dora.location === square)
    }

    @Test func aTameThingGoesWithWhoLeadsIt() throws {
        try find(.day, .clear)
        let rooms = row(2, locked: false)
        let moth = stage.thing("moth", in: square, .light) {
            $0.set(.isTame, true)
            $0.set(.isLit, true)
            $0.set(.stays, true)
            $0.set(.initial, "A moth glows.")
            $0.set(.home, square)
        }
        let cy = stage.player("Cy", in: square)
        #expect(play("look", by: ada).contains("Ada: A moth glows."))
        #expect(
            play("lead moth", by: ada) == [
                "Ada: The moth comes to you, and will follow you.", "Cy: The moth comes to Ada, and will follow her.",
                "Ben: To the south, through the window, the moth comes to Ada, and will follow her.",
            ])
        #expect(play("lead moth", by: ada) == ["Ada: The moth follows you already."])
        #expect(play("lead moth", by: cy) == ["Cy: The moth follows Ada."])
        #expect(play("east", by: ada).contains("Ada: The moth follows you."))
        #expect(moth.location === rooms[1])
        #expect(play("look", by: ada).contains("Ada: You see a moth here."))
        #expect(play("quit", by: ada).contains("Ada: Goodbye, Ada. Come back soon."))
        #expect(moth.location === square && stage.world.leader(of: moth) == nil)
    }

    @Test func oneIsHeldByWhatOneIsIn() throws {
        try find(.day, .clear)
        _ = row(2, locked: false)
        let cy = stage.player("Cy", in: square)
        _ = play("follow ada", by: cy)
        let crate = stage.thing("crate", in: square, .container) {
            $0.set(.isOpen, true)
            $0.set(.isOpenable, true)
        }
        stage.change { world in world.move(cy, to: crate) }
        let read = play("east", by: ada).filter { $0.hasPrefix("Cy") }
        #expect(
            read == [
                "Cy: Ada leaves, but to follow you would have to come out of the crate.", "Cy: Ada leaves east.",
            ])
    }

    // MARK: Who

    @Test func aCrowdIsCutToWhatOneCanRead() {
        let letters = "abcdefghijklmno".map(String.init)
        for first in letters { for second in letters.prefix(10) { stage.player("P\(first)\(second)x", in: room) } }
        let all = play("who", by: ada)
        #expect(all.first == "Ada: 152 people are here:" && all.count == 102)
        #expect(all[1] == "Ada: - Ada (you)" && all[2] == "Ada: - Ben")
        #expect(all.last == "Ada: And 52 more; who and the beginning of a name shows them.")
        #expect(play("who a", by: ada) == ["Ada: 152 people are here:", "Ada: - Ada (you)"])
        #expect(play("who ben, ad", by: ada) == ["Ada: 152 people are here:", "Ada: - Ada (you)", "Ada: - Ben"])
        #expect(
            play("who x", by: ada) == ["Ada: 152 people are here:", "Ada: None of them has a name that begins so."])
    }
}
