import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// What builders see of a thing.
@Suite struct InspectTests {
    @Test func whereEachPropertyComesFromIsSaid() throws {
        let stage = Stage()
        let hall = stage.room("Hall")
        let kind = stage.thing("oil lamp", in: nil, [.prototype, .light]) {
            $0.set(.description, "Brass.")
            $0.set(.size, 2)
        }
        let lamp = stage.thing("brass lamp", in: hall, .wearable)
        let ada = stage.player("Ada", in: hall, role: .builder)
        stage.change { world in
            world.set(.prototype, to: kind, on: lamp)
            world.set(.home, to: lamp, on: hall)
            world.detach(.light, from: lamp)
            world.attach(.container, to: kind)
            _ = world.set(named: "burns for", to: .duration(1500), on: lamp)
        }
        let read = stage.play("inspect lamp", by: ada).deliveries.map(\.text.plain).joined()
        #expect(
            read == """
                brass lamp \(lamp.id)
                Prototype: oil lamp \(kind.id).
                Faculties: container (inherited from \(kind.id)), no light, wearable.
                - burns for: 1500 ms
                - description: "Brass." (inherited from oil lamp \(kind.id))
                - location: Hall \(hall.id)
                - name: "brass lamp" (in place of "oil lamp" of \(kind.id))
                - size: 2 (inherited from oil lamp \(kind.id))
                Named by: home of Hall \(hall.id).
                """)
        let other = stage.play("inspect \(kind.id)", by: ada).deliveries.map(\.text.plain).joined()
        #expect(other.contains("\nHeirs: brass lamp \(lamp.id).\n"))
        #expect(stage.failures == [])
    }
}
