import WorldModel

/// A world to see, reach and hear across: its rooms look into each other.
///
/// ```text
///   Garden ‑ ‑ casement of glass, nobody passes ‑ ‑ Parlour — arch, east — Gallery — east — Terrace
///                                                     | hatch, without a door
///                                                   Vault (dark) — west, plank door — Shed
/// ```
///
/// Ada is in the parlour, Ben in the garden (north of it), Cy in the vault.
package enum Lodge {
    package static func make() -> Stage {
        let stage = Stage()
        let parlour = stage.room("Parlour", "Chairs under sheets.")
        let garden = stage.room("Garden", "Roses and gravel.")
        let vault = stage.room("Vault", "Damp brick.") { $0.set(.isDark, true) }
        let gallery = stage.room("Gallery", "A long room.")
        let terrace = stage.room("Terrace", "Flagstones.")
        let shed = stage.room("Shed", "Rakes and pots.")
        let casement = stage.thing("casement", in: nil, .door) {
            $0.set(.isOpenable, true)
            $0.set(.isTransparent, true)
        }
        let plank = stage.thing("plank door", in: nil, .door) {
            $0.set(.isOpenable, true)
            $0.set(.isOpen, true)
        }
        view(stage, .north, parlour, garden, casement, impassable: "The casement is too narrow for anybody.")
        view(stage, .down, parlour, vault)
        view(stage, .east, parlour, gallery)
        view(stage, .east, gallery, terrace)
        view(stage, .west, vault, shed, plank)
        furnish(stage, parlour, garden, vault, terrace)
        return stage
    }

    private static func view(
        _ stage: Stage, _ direction: Direction, _ from: Thing, _ to: Thing, _ door: Thing? = nil,
        impassable: String = ""
    ) {
        stage.way(direction, from: from, to: to, door: door)
        stage.change { world in
            for exit in from.contents + to.contents where exit.has(.exit) && exit[.direction] != "" {
                let ends = [exit.location, world.thing(exit, .destination)]
                guard ends.allSatisfy({ $0 === from || $0 === to }) else { continue }
                world.set(.isView, to: true, on: exit)
                world.set(.isAudible, to: true, on: exit)
                if !impassable.isEmpty { world.set(.impassable, to: impassable, on: exit) }
            }
        }
    }

    private static func furnish(_ stage: Stage, _ parlour: Thing, _ garden: Thing, _ vault: Thing, _ terrace: Thing) {
        let glass = stage.thing("glass case", in: parlour, .container) {
            $0.set(.isOpenable, true)
            $0.set(.isTransparent, true)
            $0.set(.fixed, "The case is screwed to the floor.")
        }
        stage.thing("ruby", in: glass)
        let chest = stage.thing("chest", in: parlour, .container) { $0.set(.isOpenable, true) }
        stage.thing("ring", in: chest)
        stage.thing("rose", in: garden)
        stage.thing("urn", in: terrace)
        stage.thing("bottle", in: vault)
        stage.thing("lantern", in: vault, .light) { $0.set(.isSwitchable, true) }
        stage.thing("tin box", in: vault, .container) {
            $0.set(.isOpenable, true)
            $0.set(.isOpen, true)
        }
        stage.player("Ada", "she", in: parlour)
        let ben = stage.player("Ben", "he", in: garden)
        stage.player("Cy", "they", in: vault)
        stage.thing("shirt", in: ben, .wearable) {
            $0.set(.slot, "torso")
            $0.set(.isWorn, true)
        }
        stage.thing("coat", in: ben, .wearable) {
            $0.set(.slot, "torso")
            $0.set(.covers, ["legs"])
            $0.set(.layer, 2)
            $0.set(.isWorn, true)
        }
        stage.thing("trousers", in: ben, .wearable) {
            $0.set(.slot, "legs")
            $0.set(.article, "some")
            $0.set(.plural, "trousers")
            $0.set(.isWorn, true)
        }
    }
}
