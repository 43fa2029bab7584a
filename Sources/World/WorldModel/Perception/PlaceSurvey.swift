/// Another place that is seen from where one is.
package struct View {
    /// The way out of the place one looks from.
    package let exit: Thing
    /// What is seen through it.
    package let place: Thing
    /// How many steps away; an ordinary way is one.
    package let distance: Int
}

/// The ways of one place, by what passes them; kept until some way or door anywhere changes.
final class PlaceSurvey {
    let revision: UInt64
    let exits: [Thing]
    /// The doors of the exits, each once; a door belongs to both places its exits join and is in neither.
    let doors: [Thing]
    /// What is seen through one exit, each place once and never the place itself.
    let views: [View]
    /// From where the place is seen, made when somebody asks.
    fileprivate var outlooks: [View]?

    fileprivate init(_ place: Thing, _ world: World) {
        revision = world.passageRevision
        var exits: [Thing] = []
        var doors: [Thing] = []
        var views: [View] = []
        for exit in place.contents where exit.has(.exit) {
            exits.append(exit)
            let door = world.thing(exit, .door)
            if let door, !doors.contains(where: { $0 === door }) { doors.append(door) }
            guard exit[.isView], door?.passesSight ?? true,
                let beyond = world.thing(exit, .destination), beyond.has(.place), beyond !== place,
                !views.contains(where: { $0.place === beyond })
            else { continue }
            views.append(View(exit: exit, place: beyond, distance: exit.steps))
        }
        self.exits = exits
        self.doors = doors
        self.views = views
    }
}

extension World {
    /// The ways of a place.
    ///
    /// - Complexity: O(1), but O(*n*) in the things of the place the first time after a way or door changed.
    func survey(of place: Thing) -> PlaceSurvey {
        if let known = place.survey, known.revision == passageRevision { return known }
        let made = PlaceSurvey(place, self)
        place.survey = made
        return made
    }

    /// The ways out of a place, in order of arrival.
    package func exits(of place: Thing) -> [Thing] { survey(of: place).exits }

    /// The next places from which one looks into a place, each with its own way out through which one does.
    ///
    /// Only those count to which a way leads from the place as well, and none that is farther than ``Perception/sightRange``.
    ///
    /// - Complexity: O(1), but O(*n*) in the ways of the place the first time after a way or door changed.
    package func outlooks(on place: Thing) -> [View] {
        let survey = survey(of: place)
        if let known = survey.outlooks { return known }
        var found: [View] = []
        for exit in survey.exits {
            guard let beyond = thing(exit, .destination), beyond !== place,
                !found.contains(where: { $0.place === beyond }),
                let view = self.survey(of: beyond).views.first(where: { $0.place === place }),
                view.distance <= Perception.sightRange
            else { continue }
            found.append(View(exit: view.exit, place: beyond, distance: view.distance))
        }
        survey.outlooks = found
        return found
    }

    /// The door of a way, if it has one.
    package func door(of exit: Thing) -> Thing? { thing(exit, .door) }

    /// Whether what is said beyond a way is heard through it.
    package func carriesSound(_ exit: Thing) -> Bool {
        exit[.isAudible] && door(of: exit)?[.isOpen] ?? true
    }

    /// The way by which a place hears another; nil when it does not.
    package func earshot(from place: Thing, of other: Thing) -> Thing? {
        exits(of: place).first { thing($0, .destination) === other && carriesSound($0) }
    }
}

extension Thing {
    /// Whether one sees through a door: open, or of glass.
    var passesSight: Bool { self[.isOpen] || self[.isTransparent] }

    /// How far the place beyond a way is.
    package var steps: Int { min(max(self[.distance], 1), 100) }

    /// Whether sight passes its walls: a surface, an open container, or a transparent one.
    package var isSeeThrough: Bool {
        has(.container) && (self[.isSurface] || self[.isOpen] || self[.isTransparent])
    }
}
