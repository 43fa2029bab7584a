/// What out-of-band data say about the place a character is in; `Room.Info` in GMCP, `ROOM` in MSDP.
package struct MUDRoom: Hashable, Sendable {
    /// Where a room is on its area's map.
    package struct Coordinates: Hashable, Sendable {
        package var x: Int
        package var y: Int
        package var z: Int
        /// The number of the map; 0 where there is only one.
        package var area: Int

        package init(x: Int, y: Int, z: Int = 0, area: Int = 0) {
            self.x = x
            self.y = y
            self.z = z
            self.area = area
        }
    }

    /// One way out that the character knows of.
    package struct Exit: Hashable, Sendable {
        /// As it is typed, short where there is a short form: `n`, `ne`, `up`, `out`, or the name of a door.
        package var direction: String
        /// The ``MUDRoom/number`` of the room it leads to.
        package var number: Int

        package init(direction: String, number: Int) {
            self.direction = direction
            self.number = number
        }
    }

    /// The number by which clients' maps know the room: always the same for one room, never that of another.
    package var number: Int
    package var name: String
    /// The area's name, shown as a map's title.
    package var area: String
    /// The kind of ground (`forest`, `indoors`), by which maps are coloured.
    package var environment: String
    /// Nil when the room is on no map.
    package var coordinates: Coordinates?
    package var exits: [Exit]
    /// What can be done here, in single words (`shop`, `bank`).
    package var details: [String]

    package init(
        number: Int, name: String, area: String = "", environment: String = "", coordinates: Coordinates? = nil,
        exits: [Exit] = [], details: [String] = []
    ) {
        self.number = number
        self.name = name
        self.area = area
        self.environment = environment
        self.coordinates = coordinates
        self.exits = exits
        self.details = details
    }
}
