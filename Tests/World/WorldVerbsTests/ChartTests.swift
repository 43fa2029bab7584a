import Basics
import Testing
import WorldModel
import WorldTesting
import WorldVerbs

/// Maps of places that fit together, and of places that do not.
@Suite struct ChartTests {
    @Test func aClientThatIsAScreenReaderGetsWordsUnlessItsPlayerSaysOtherwise() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        func read(_ line: String) -> [String] { stage.reading(of: stage.play(line, by: ada), by: ada) }
        _ = read("get brass lamp")
        #expect(read("map").first == "Ada: Map around Hall")
        #expect(read("inventory") == ["Ada: You carry a brass lamp."])
        stage.screenReaders = [ada.id]
        #expect(read("map").first == "Ada: Around Hall")
        #expect(read("inventory") == ["Ada: You carry:", "Ada: - a brass lamp"])
        _ = read("set screenreader off")
        #expect(read("map").first == "Ada: Map around Hall")
        #expect(read("inventory") == ["Ada: You carry a brass lamp."])
    }

    private let stage = Stage()

    private func drawing(around place: Thing, _ player: Thing) -> [String] {
        let chart = Chart(around: place, knownTo: player, in: stage.world)
        return chart.drawing { $0.place === place ? "@" : $0.isKnown ? $0.place.name.first ?? "." : "?" }
    }

    private func know(_ places: [Thing], _ player: Thing) {
        stage.change { world in for place in places { world.noteVisit(of: place, by: player) } }
    }

    @Test func drawsWhatOneKnows() {
        let (a, b, c) = (stage.room("A"), stage.room("B"), stage.room("C"))
        let (d, e) = (stage.room("D"), stage.room("E"))
        stage.way(.east, from: a, to: b)
        stage.way(.south, from: a, to: c)
        stage.way(.southeast, from: a, to: d)
        stage.way(.southwest, from: b, to: c)
        stage.way(.up, from: c, to: e)
        stage.way(.down, from: d, to: e)
        stage.way(.up, from: d, to: a)
        let ada = stage.player("Ada", in: a)
        #expect(drawing(around: a, ada) == ["[@v]--[?]", " |  \\", "[?]   [?]"])
        know([b, c, d], ada)
        #expect(drawing(around: a, ada) == ["[@v]--[B]", " |  X", "[C^]  [D^v]"])
    }

    @Test func marksWaysThatDoNotFit() {
        let (a, b, c) = (stage.room("A"), stage.room("B"), stage.room("C"))
        stage.way(.east, from: a, to: b)
        stage.way(.south, from: b, to: c)
        // C is drawn north of A, so that it cannot be south of B.
        stage.way(.north, from: a, to: c)
        let ada = stage.player("Ada", in: a)
        know([b, c], ada)
        let chart = Chart(around: a, knownTo: ada, in: stage.world)
        #expect(chart.hasConflicts)
        #expect(chart.cells.count == 3)
        #expect(drawing(around: a, ada) == [" *", "[C]", " |", "[@]---[B]", "       *"])
    }

    @Test func aNarrowScreenHasANarrowMap() {
        let rooms = (0..<12).map { stage.room("R\($0)") }
        for (from, to) in zip(rooms, rooms.dropFirst()) { stage.way(.east, from: from, to: to) }
        let ada = stage.player("Ada", in: rooms[6])
        know(rooms, ada)
        for width in [0, 20, 40, 60, 80, .max] {
            let chart = Chart(around: rooms[6], knownTo: ada, in: stage.world, width: width)
            let lines = chart.drawing { _ in "o" }
            #expect(lines.allSatisfy { $0.count <= max(width, 23) })
            #expect(chart.cells.count >= 3 && chart.cells.count <= Chart.widest)
        }
        #expect(Chart(around: rooms[6], knownTo: ada, in: stage.world).cells.count == Chart.widest)
    }

    @Test func placesNeverOverlap() {
        var random = SeededGenerator(seed: 31)
        let compass: [Direction] = [.north, .northeast, .east, .southeast, .south, .southwest, .west, .northwest, .up]
        for round in 0..<30 {
            let stage = Stage()
            let rooms = (0..<40).map { stage.room("R\($0)") }
            for _ in 0..<(40 + round * 3) {
                guard let from = rooms.randomElement(using: &random), let to = rooms.randomElement(using: &random),
                    let direction = compass.randomElement(using: &random)
                else { continue }
                stage.way(direction, from: from, to: to)
            }
            let ada = stage.player("Ada", in: rooms[0])
            stage.change { world in
                for room in rooms where Int.random(in: 0..<4, using: &random) > 0 { world.noteVisit(of: room, by: ada) }
            }
            let chart = Chart(around: rooms[0], knownTo: ada, in: stage.world)
            #expect(Set(chart.cells.map(\.spot)).count == chart.cells.count)
            #expect(Set(chart.cells.map(\.place)).count == chart.cells.count)
            for cell in chart.cells {
                #expect(abs(cell.spot.x) <= Chart.widest / 2 && abs(cell.spot.y) <= Chart.tallest / 2)
                var here = rooms[0]
                for exit in cell.route {
                    #expect(exit.location === here)
                    here = stage.world.thing(exit, .destination) ?? here
                }
                #expect(here === cell.place)
            }
            let lines = chart.drawing { _ in "o" }
            #expect(lines.count <= Chart.tallest * 2 + 1 && lines.allSatisfy { $0.count <= 71 && !$0.hasSuffix(" ") })
            #expect(lines.joined().count { $0 == "o" } == chart.cells.count)
        }
    }
}
