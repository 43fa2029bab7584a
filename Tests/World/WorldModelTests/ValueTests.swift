import Basics
import Testing
import WorldModel

@Suite struct ValueTests {
    private static let values: [Value] = [
        .bool(false), .bool(true), .int(0), .int(-1), .int(.max), .int(.min), .text(""), .text("lamp"),
        .text("Lämpchen 🪔"),
        .thing(ThingID(0)), .thing(ThingID(.max)), .list([]), .map([:]),
        .duration(0), .duration(-90_000), .duration(.max), .styled(StyledText()),
        .styled(StyledText("Take the ") + StyledText("lamp", .thing)),
        .octets([]), .octets([0, 0xFF, 0x80]),
        .list([.int(1), .text("a"), .list([.bool(true)])]), .map(["b": .int(2), "a": .list([.thing(ThingID(7))])]),
    ]

    private func decode(_ bytes: [UInt8]) throws(ByteFailure) -> Value {
        var reader = ByteReader(bytes)
        let value = try Value(from: &reader)
        if !reader.isAtEnd { throw .malformed(at: reader.position) }
        return value
    }

    private func encode(_ value: Value) -> [UInt8] {
        var writer = ByteWriter()
        value.encode(into: &writer)
        return writer.bytes
    }

    @Test(arguments: values) func survivesTheRoundTrip(_ value: Value) throws {
        #expect(try decode(encode(value)) == value)
    }

    @Test(arguments: values) func everyBeginningIsIncomplete(_ value: Value) {
        let bytes = encode(value)
        for count in bytes.indices {
            #expect(throws: ByteFailure.self) { try decode(Array(bytes.prefix(count))) }
        }
    }

    @Test func equalMapsHaveEqualOctets() {
        var shuffled: [String: Value] = [:]
        for name in (0..<50).map(String.init).reversed() { shuffled[name] = .bool(true) }
        let ordered = Dictionary(uniqueKeysWithValues: (0..<50).map { (String($0), Value.bool(true)) })
        #expect(encode(.map(shuffled)) == encode(.map(ordered)))
    }

    @Test func nestingIsBounded() {
        func nested(_ depth: Int) -> Value { (0..<depth).reduce(.bool(true)) { inner, _ in .list([inner]) } }
        #expect(throws: Never.self) { try decode(encode(nested(Value.maximumDepth - 1))) }
        #expect(throws: ByteFailure.self) { try decode(encode(nested(Value.maximumDepth))) }
    }

    @Test(arguments: [
        [7], [9], [8, 1, 200, 0], [8, 0xFF, 0xFF, 0xFF, 0x7F], [255], [5, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
        [6, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], [3, 2, 0xC3], [9, 2, 0], [10], [9, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    ])
    func hostileOctetsThrow(_ bytes: [UInt8]) {
        #expect(throws: ByteFailure.self) { try decode(bytes) }
    }

    @Test func randomOctetsNeverTrap() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = try? decode(bytes)
            _ = try? TurnRecord(decoding: bytes)
        }
    }

    @Test func aValueOfAnotherTypeReadsAsTheFallback() {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        let thing = world.create()
        for core in [CoreProperty.name, .open, .size, .nouns, .details] {
            world.set(PropertyKey(core), to: .thing(ThingID(9)), on: thing)
        }
        #expect(thing[.name] == "" && !thing[.isOpen] && thing[.size] == 1)
        #expect(thing[.nouns] == [] && thing[.details] == [:])
        world.set(PropertyKey(.nouns), to: .list([.text("a"), .int(3)]), on: thing)
        #expect(thing[.nouns] == ["a"])
    }

    @Test(arguments: [
        Duration.zero, .milliseconds(1), .milliseconds(-1), .seconds(90), .seconds(-3600), .milliseconds(Int64.max),
    ])
    func durationsAreExactToTheMillisecond(_ duration: Duration) {
        #expect(Duration(duration.value) == duration)
        #expect(Duration(Value.int(1)) == nil)
        #expect(Duration.seconds(Int64.max).value == .duration(.max))
        #expect(Duration.seconds(Int64.min).value == .duration(.min))
    }

    @Test func plainTextIsTextWithoutStyles() {
        #expect(StyledText(Value.text("lamp")) == StyledText("lamp"))
        #expect(StyledText(StyledText("lamp", .thing).value) == StyledText("lamp", .thing))
        #expect(StyledText(Value.int(1)) == nil)
    }
}
