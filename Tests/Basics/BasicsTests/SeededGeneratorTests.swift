import Basics
import Testing

@Suite struct SeededGeneratorTests {
    /// The numbers that the published algorithm gives for this seed.
    @Test func givesTheNumbersOfSplitMix64() {
        var generator = SeededGenerator(seed: 1_234_567)
        let numbers = (0..<5).map { _ in generator.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test(arguments: [UInt64(0), 1, .max])
    func theSameSeedGivesTheSameNumbers(_ seed: UInt64) {
        var (one, other) = (SeededGenerator(seed: seed), SeededGenerator(seed: seed))
        let numbers = (0..<100).map { _ in one.next() }
        #expect(numbers == (0..<100).map { _ in other.next() })
        #expect(Set(numbers).count == 100)
    }

    @Test func aCopyGoesItsOwnWay() {
        var original = SeededGenerator(seed: 9)
        var copy = original
        let first = original.next()
        #expect(original.next() != first)
        #expect(copy.next() == first)
    }

    @Test func neighbouringSeedsDiffer() {
        let firsts = (0..<1000).map { seed in
            var generator = SeededGenerator(seed: UInt64(seed))
            return Int.random(in: 0..<6, using: &generator)
        }
        for face in 0..<6 { #expect((100...240).contains(firsts.count { $0 == face })) }
    }
}
