import Testing

@testable import TransportTLS

@Suite struct ServerNameFieldTests {
    static func field(_ name: [UInt8]) -> [UInt8] {
        let count = name.count
        return [UInt8((count + 3) >> 8), UInt8(truncatingIfNeeded: count + 3), 0]
            + [UInt8(count >> 8), UInt8(truncatingIfNeeded: count)] + name
    }

    @Test func readsAName() {
        #expect(ServerNameField.name(in: Self.field(Array("Mud.Example".utf8)).span) == "mud.example")
    }

    @Test(arguments: [[0x20], [0x00, 0x61], [0x61, 0xFF], [UInt8](repeating: 0x61, count: 256)])
    func refusesNamesOfNoHost(name: [UInt8]) {
        #expect(ServerNameField.name(in: Self.field(name).span) == nil)
    }

    @Test func refusesEveryCutAndEveryChangedLength() {
        let whole = Self.field(Array("mud.example".utf8))
        for count in 0..<whole.count { #expect(ServerNameField.name(in: Array(whole.prefix(count)).span) == nil) }
        for position in 0..<5 {
            for change in [UInt8(1), 0x80, 0xFF] {
                var field = whole
                field[position] ^= change
                #expect(ServerNameField.name(in: field.span) == nil)
            }
        }
    }
}
