import Basics
import Testing
import WorldModel

@testable import WorldText

/// Files of the world that somebody writes in the game.
@Suite struct ContentEditTests {
    private static let mill = """
        area: mill
        title: The Mill
        rooms:
          yard:
            name: Yard
            description: Flour everywhere.
            exits:
              north: loft
            things:
              sack: {name: sack, description: Full.}
          loft:
            name: Loft
            description: Beams.
            exits:
              south: yard
        """
    private static let barn = """
        area: barn
        title: The Barn
        rooms:
          floor:
            name: Floor
            description: Straw.
            exits:
              east: {to: mill/yard, oneway: true}
        """

    private let world = World()
    private var builder: Thing

    init() throws {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        _ = ContentLoader.load(try Self.read(), into: world)
        builder = world.create([.persona, .player])
        world.set(.name, to: "Ada", on: builder)
        _ = world.endTurn()
    }

    private static func read(mill: String = mill, barn: String = barn, start: String = "mill/yard") throws
        -> WorldContent
    {
        let (content, diagnostics) = ContentReader.read([
            ContentSource(path: "w/world.yaml", text: "title: Test\nstart: \(start)\n"),
            ContentSource(path: "w/areas/mill.yaml", text: mill),
            ContentSource(path: "w/areas/barn.yaml", text: barn),
        ])
        try #require(diagnostics.filter { $0.severity == .error } == [])
        return content
    }

    /// Loads a file in a turn of its own.
    private func load(
        _ content: WorldContent, of file: String = "w/areas/mill.yaml", _ role: Role = .builder
    ) -> (outcome: ContentEditOutcome, changes: Int) {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 2)
        let outcome = ContentEdit.load(content, of: file, by: builder, role: role, into: world)
        let changes = world.changes.count
        _ = world.endTurn()
        #expect(world.violations() == [])
        return (outcome, changes)
    }

    private func change(_ body: (World) -> Void) {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 3)
        body(world)
        _ = world.endTurn()
    }

    private func thing(_ key: String) throws -> Thing { try #require(world.thing(forContentKey: key)) }

    @Test func whatTheFileSaysIsSo() throws {
        let content = try Self.read(mill: Self.mill.replacing("Flour everywhere.", with: "Swept."))
        guard case .loaded(let summary) = load(content).outcome else { return #expect(Bool(false)) }
        #expect(summary.updated == 1 && summary.created == 0)
        #expect(try thing("mill/yard")[.description] == "Swept.")
    }

    @Test func whatOtherFilesSayIsLeftAlone() throws {
        // Somebody described it in play, and somebody else changed its file on the disk.
        let floor = try thing("barn/floor")
        change { world in
            world.set(.description, to: "Mown hay.", on: floor)
            world.set(.isRewritten, to: true, on: floor)
        }
        let content = try Self.read(
            mill: Self.mill.replacing("Beams.", with: "Bats."), barn: Self.barn.replacing("Straw.", with: "Mud."))
        guard case .loaded = load(content).outcome else { return #expect(Bool(false)) }
        #expect(floor[.description] == "Mown hay.")
        #expect(try thing("mill/loft")[.description] == "Bats.")
    }

    @Test func waysThatAreInTheFileNoMoreAreClosed() throws {
        let mill = Self.mill.replacing("\n    exits:\n      south: yard", with: "").replacing(
            "north: loft", with: "north: {to: loft, oneway: true}")
        guard case .loaded(let summary) = load(try Self.read(mill: mill)).outcome else { return #expect(Bool(false)) }
        #expect(summary.closed == 1 && world.thing(forContentKey: "mill/loft:south") == nil)
        #expect(world.thing(forContentKey: "barn/floor:east") != nil)
    }

    @Test func whatIsAnothersIsNotChanged() throws {
        let sack = try thing("mill/sack")
        change { world in
            let ben = world.create([.persona, .player])
            world.set(.name, to: "Ben", on: ben)
            world.set(.owner, to: ben, on: sack)
        }
        let content = try Self.read(mill: Self.mill.replacing("Full.", with: "Empty."))
        let (outcome, changes) = load(content)
        guard case .denied(let denial) = outcome else { return #expect(Bool(false)) }
        #expect(denial.thing === sack && denial.deed == .describe && changes == 0)
        #expect(sack[.description] == "Full.")
        // Who changes something else in the same file may.
        let other = try Self.read(mill: Self.mill.replacing("Beams.", with: "Bats."))
        guard case .loaded = load(other).outcome else { return #expect(Bool(false)) }
        // And an administrator may everything.
        guard case .loaded = load(content, .admin).outcome else { return #expect(Bool(false)) }
        #expect(sack[.description] == "Empty.")
    }

    @Test func verbsTakeAProgrammer() throws {
        let old = try Self.read(mill: Self.mill.replacing("Full.}", with: "Full., verbs: {shake: <shake> <you>.}}"))
        guard case .denied(let denial) = load(old).outcome else { return #expect(Bool(false)) }
        #expect(denial.deed == .program)
        let bell = "\n      bell: {name: bell, description: Brass., verbs: {ring: <ring> <you>.}}"
        let new = try Self.read(mill: Self.mill.replacing("description: Full.}", with: "description: Full.}" + bell))
        guard case .tooHigh(.programmer) = load(new).outcome else { return #expect(Bool(false)) }
        #expect(world.thing(forContentKey: "mill/bell") == nil)
        guard case .loaded = load(new, .programmer).outcome else { return #expect(Bool(false)) }
    }

    @Test func theWorldItselfIsForAdministrators() throws {
        let content = try Self.read(start: "mill/loft")
        guard case .denied = load(content, of: "w/world.yaml").outcome else { return #expect(Bool(false)) }
        guard case .loaded = load(content, of: "w/world.yaml", .admin).outcome else { return #expect(Bool(false)) }
        #expect(world.startPlace === world.thing(forContentKey: "mill/loft"))
    }

    @Test func whatIsNotLoadedYetCannotBeNamed() throws {
        let barn = Self.barn + "\n  pit: {name: Pit, description: Dark., exits: {up: {to: floor, oneway: true}}}\n"
        let mill = Self.mill.replacing("north: loft", with: "north: loft\n      down: {to: barn/pit, oneway: true}")
        let (outcome, changes) = load(try Self.read(mill: mill, barn: barn))
        guard case .unloaded(let reference) = outcome else { return #expect(Bool(false), "\(outcome)") }
        #expect(reference.key == "barn/pit" && changes == 0)
    }
}
