/// What one person perceives from where they are: a query over the links of containment, surfaces, clothes and ways, with
/// an objection wherever a link does not let sight or touch through.
///
/// ```text
///   links                       sight passes                     touch passes
///   in a container              open, a surface, transparent     open, a surface
///   with somebody               unless worn under something      only to the one who has it
///   beyond a way                a view, door open or of glass    never
/// ```
///
/// A place is lit by itself or by a lamp that shines in it or, through a view, beside it; so a lit place is seen from a
/// dark one, and not the other way. Make one for a question and drop it; it does not follow later changes.
///
/// - Limits: things nested deeper than ``maximumDepth`` are not perceived; a walk ends after ``maximumCount`` things;
///   sight ends ``sightRange`` steps away and after two ways in one line.
/// - Complexity: O(*n*) in the things around.
package struct Perception {
    package static let maximumDepth = 16
    package static let maximumCount = 20_000
    /// In steps, which a way's `distance` counts.
    package static let sightRange = 3

    package let observer: Thing
    let world: World
    /// The outermost enclosure the observer looks out into.
    package let surroundings: Thing?
    /// Whether there is light where the observer is.
    package let isLit: Bool
    /// What encloses the observer within the surroundings, and what keeps their hands from things at that level.
    let enclosures: [(enclosure: Thing, wall: Objection?)]

    package init(of observer: Thing, in world: World) {
        self.observer = observer
        self.world = world
        var outermost = observer.location
        var passed: [(Thing, Objection?)] = []
        var wall: Objection?
        while let enclosure = outermost, !enclosure.has(.place), enclosure.isSeeThrough, let beyond = enclosure.location
        {
            passed.append((enclosure, wall))
            if !enclosure[.isSurface], !enclosure[.isOpen] { wall = wall ?? .closed(enclosure) }
            outermost = beyond
        }
        if let outermost, !passed.isEmpty { passed.append((outermost, wall)) }
        enclosures = passed
        surroundings = outermost
        isLit = outermost.map { Self.isLit($0, in: world) } ?? false
    }

    // MARK: Light

    /// Whether there is light in an enclosure: its own, from a lit thing that shines out, or from one that shines in
    /// through a view.
    package static func isLit(_ enclosure: Thing, in world: World) -> Bool {
        guard enclosure.has(.place) else { return shines(enclosure, reach: 0, depth: 0) }
        if !world.isDark(enclosure) || shines(enclosure, reach: 0, depth: 0) { return true }
        for view in world.survey(of: enclosure).views where shines(view.place, reach: view.distance, depth: 0) {
            return true
        }
        return false
    }

    /// Whether a lamp in an enclosure shines so many steps beyond its place.
    private static func shines(_ enclosure: Thing, reach: Int, depth: Int) -> Bool {
        if depth > maximumDepth { return false }
        for content in enclosure.contents {
            if content.has(.light), content[.isLit], reach == 0 || content[.glow] >= reach, !content.isHiddenByClothes {
                return true
            }
            if content.contents.isEmpty || content.has(.place) { continue }
            if content.has(.persona) || content.isSeeThrough, shines(content, reach: reach, depth: depth + 1) {
                return true
            }
        }
        return false
    }

    // MARK: Ways

    /// The ways out, in order of arrival; none inside anything but a place.
    package var exits: [Thing] {
        guard let place = surroundings, place.has(.place) else { return [] }
        return world.survey(of: place).exits
    }

    /// The doors of the ways out, each once.
    package var doors: [Thing] {
        guard let place = surroundings, place.has(.place) else { return [] }
        return world.survey(of: place).doors
    }

    /// The way out in a direction; known also in the dark.
    package func exit(toward direction: Direction) -> Thing? {
        exits.first { $0[.direction] == direction.rawValue }
    }

    /// The other places one looks into, nearest first by line: each with the way out of where one is, and whether there
    /// is light.
    package var views: [View] {
        guard let place = surroundings, place.has(.place) else { return [] }
        let near = world.survey(of: place).views
        if near.isEmpty { return [] }
        var found: [View] = []
        for view in near where view.distance <= Self.sightRange {
            found.append(view)
        }
        for view in found {
            let direction = view.exit[.direction]
            for further in world.survey(of: view.place).views where further.exit[.direction] == direction {
                let distance = view.distance + further.distance
                if distance > Self.sightRange || further.place === place { continue }
                if found.contains(where: { $0.place === further.place }) { continue }
                found.append(View(exit: view.exit, place: further.place, distance: distance))
            }
        }
        return found
    }
}
