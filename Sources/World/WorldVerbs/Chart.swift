package import WorldModel

/// The places around one, laid out on a grid by the directions of the ways between them.
///
/// ```text
///   [a]---[b]        a place is three to five signs wide, and begins six after the one before
///    |  X  |         ways: - | / \, X where two cross, * where a way leads to something drawn elsewhere
///   [@^v]-[?]        ^ v: up, down
/// ```
///
/// A place is drawn once, at the nearest spot a way leads to; a second place for the same spot is left out, and the
/// way to it is marked, as is one between two places that do not lie as its direction says. Only ways out of places the
/// observer knows are drawn, so that a map tells nothing new.
///
/// - Limits: ``widest`` by ``tallest`` places.
/// - SeeAlso: `WorldVerbsTests/ChartTests`.
package struct Chart {
    /// Places side by side at most; odd, because the observer is in the middle.
    package static let widest = 11
    package static let tallest = 7

    /// A spot on the grid, counted from the middle to the right and downwards.
    package struct Spot: Hashable {
        package var x: Int
        package var y: Int
    }

    package struct Cell {
        package let place: Thing
        package let spot: Spot
        /// Whether the observer has been there.
        package let isKnown: Bool
        /// The ways from the middle to it.
        package let route: [Thing]
    }

    package let center: Thing
    /// The middle first, then by distance.
    package private(set) var cells: [Cell] = []
    /// Whether some way leads where something else is drawn.
    package private(set) var hasConflicts = false
    private var bySpot: [Spot: Int] = [:]
    private var byPlace: [ThingID: Int] = [:]
    private let world: World

    /// Lays out the places around one.
    ///
    /// - Parameters:
    ///   - center: The place in the middle.
    ///   - observer: Whose knowledge counts.
    ///   - world: The world of both.
    ///   - width: Columns the drawing has at most, but for a map of three places side by side.
    /// - Complexity: O(*n*) in the ways of the places drawn.
    package init(around center: Thing, knownTo observer: Thing, in world: World, width: Int = .max) {
        // A place on each side takes two pitches.
        let room = (min(max(width, 0), 1000) - Self.widestBox - 2 * Self.margin) / (2 * Self.pitch)
        let reach = min(max(room, 1), Self.widest / 2)
        self.center = center
        self.world = world
        let known = Set(world.visitedPlaces(of: observer).map(\.id))
        add(center, Spot(x: 0, y: 0), known, [])
        var next = 0
        while next < cells.count {
            let cell = cells[next]
            next += 1
            if !cell.isKnown { continue }
            for exit in ways(of: cell.place) {
                guard let step = Self.step(of: exit), let beyond = world.thing(exit, .destination), beyond.has(.place)
                else { continue }
                let spot = Spot(x: cell.spot.x + step.x, y: cell.spot.y + step.y)
                if abs(spot.x) > reach || abs(spot.y) > Self.tallest / 2 { continue }
                if byPlace[beyond.id] == nil, bySpot[spot] == nil {
                    add(beyond, spot, known, cell.route + [exit])
                }
            }
        }
        hasConflicts = cells.contains { cell in
            cell.isKnown && ways(of: cell.place).contains { isConflict($0, from: cell) }
        }
    }

    private mutating func add(_ place: Thing, _ spot: Spot, _ known: Set<ThingID>, _ route: [Thing]) {
        byPlace[place.id] = cells.count
        bySpot[spot] = cells.count
        cells.append(Cell(place: place, spot: spot, isKnown: known.contains(place.id), route: route))
    }

    private func ways(of place: Thing) -> [Thing] { world.exits(of: place).filter { $0[.impassable].isEmpty } }

    private static func step(of exit: Thing) -> Spot? {
        switch Direction(rawValue: exit[.direction]) {
        case .north?: Spot(x: 0, y: -1)
        case .northeast?: Spot(x: 1, y: -1)
        case .east?: Spot(x: 1, y: 0)
        case .southeast?: Spot(x: 1, y: 1)
        case .south?: Spot(x: 0, y: 1)
        case .southwest?: Spot(x: -1, y: 1)
        case .west?: Spot(x: -1, y: 0)
        case .northwest?: Spot(x: -1, y: -1)
        case .up?, .down?, .inside?, .outside?, nil: nil
        }
    }

    /// Whether a way leads to another spot than where its place is drawn.
    private func isConflict(_ exit: Thing, from cell: Cell) -> Bool {
        guard let step = Self.step(of: exit), let beyond = world.thing(exit, .destination) else { return false }
        let spot = Spot(x: cell.spot.x + step.x, y: cell.spot.y + step.y)
        if let drawn = byPlace[beyond.id] { return cells[drawn].spot != spot }
        return bySpot[spot] != nil
    }

    // MARK: Drawing

    /// Signs from one place to the next on a line.
    private static let pitch = 6
    /// Signs of a place with a way up and one down.
    private static let widestBox = 5
    /// Signs left of the leftmost place, for ways that lead off the map.
    private static let margin = 3

    /// The lines of the map, cut to what is drawn.
    ///
    /// - Parameter sign: What stands in the box of a place.
    /// - Returns: The lines from north to south, without spaces at their ends.
    package func drawing(_ sign: (Cell) -> Character) -> [String] {
        let columns = cells.map(\.spot.x)
        let rows = cells.map(\.spot.y)
        guard let left = columns.min(), let right = columns.max(), let top = rows.min(), let bottom = rows.max() else {
            return []
        }
        let width = (right - left) * Self.pitch + Self.widestBox + 2 * Self.margin
        var canvas = Array(repeating: Array(repeating: Character(" "), count: width), count: (bottom - top) * 2 + 3)
        for cell in cells where cell.isKnown { drawWays(of: cell, at: corner(of: cell, left, top), &canvas) }
        for cell in cells { draw(cell, sign(cell), at: corner(of: cell, left, top), &canvas) }
        return Self.trimmed(canvas)
    }

    private func corner(of cell: Cell, _ left: Int, _ top: Int) -> (row: Int, column: Int) {
        ((cell.spot.y - top) * 2 + 1, (cell.spot.x - left) * Self.pitch + Self.margin)
    }

    /// Without empty lines above and below, and without the spaces that all lines begin with.
    private static func trimmed(_ canvas: [[Character]]) -> [String] {
        var lines = canvas.map { line in
            var line = line[...]
            while line.last == " " { line.removeLast() }
            return line
        }
        while lines.first?.isEmpty == true { lines.removeFirst() }
        while lines.last?.isEmpty == true { lines.removeLast() }
        let indentation = lines.compactMap { line in line.firstIndex { $0 != " " } }.min() ?? 0
        return lines.map { String($0.dropFirst(indentation)) }
    }

    private func draw(
        _ cell: Cell, _ sign: Character, at corner: (row: Int, column: Int), _ canvas: inout [[Character]]
    ) {
        let ways = cell.isKnown ? ways(of: cell.place).compactMap { Direction(rawValue: $0[.direction]) } : []
        let box = "[\(sign)\(ways.contains(.up) ? "^" : "")\(ways.contains(.down) ? "v" : "")]"
        for (offset, character) in box.enumerated() { canvas[corner.row][corner.column + offset] = character }
    }

    private func drawWays(of cell: Cell, at corner: (row: Int, column: Int), _ canvas: inout [[Character]]) {
        for exit in ways(of: cell.place) {
            guard let step = Self.step(of: exit) else { continue }
            let isConflict = isConflict(exit, from: cell)
            let middle = corner.column + 1 + step.x * Self.pitch / 2
            if step.y == 0 {
                for place in [middle - 1, middle, middle + 1] {
                    put(isConflict ? "*" : "-", corner.row, place, &canvas)
                }
            } else {
                let line: Character = step.x == 0 ? "|" : step.x == step.y ? "\\" : "/"
                put(isConflict ? "*" : line, corner.row + step.y, middle, &canvas)
            }
        }
    }

    private func put(_ sign: Character, _ row: Int, _ column: Int, _ canvas: inout [[Character]]) {
        guard canvas.indices.contains(row), canvas[row].indices.contains(column) else { return }
        let former = canvas[row][column]
        let crosses = former == "/" && sign == "\\" || former == "\\" && sign == "/" || former == "X" && sign != "*"
        canvas[row][column] = former == "*" ? "*" : crosses ? "X" : sign
    }
}
