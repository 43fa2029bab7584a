import Testing

@testable import IRCWire

@Suite("Names of capabilities")
struct IRCCapabilityTests {
    @Test func names() {
        for capability in IRCCapability.allCases { #expect(IRCCapability(name: capability.name) == capability) }
        #expect(IRCCapability(name: "multiline") == nil)
    }

    @Test func set() {
        var set: IRCCapabilitySet = [.batch, .sasl]
        #expect(set.contains(.batch) && !set.contains(.sts))
        set.insert(.userhostInNames)
        set.remove(.batch)
        #expect(set.all == [.sasl, .userhostInNames])
        #expect(set.union([.batch]).all == [.batch, .sasl, .userhostInNames])
        #expect(set.subtracting([.sasl]) == [.userhostInNames])
        #expect(set.intersection([.sasl, .batch]) == [.sasl])
    }
}
