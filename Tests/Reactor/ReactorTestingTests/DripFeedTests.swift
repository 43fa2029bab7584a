import ReactorTesting
import Testing

@Suite struct DripFeedTests {
    @Test(arguments: [0, 1, 2, 5, 9], [-3, 0, 1, 2, 4, 9, 100])
    func piecesMakeUpTheWhole(count: Int, size: Int) {
        let bytes = (0..<count).map { UInt8($0) }
        let pieces = DripFeed.pieces(of: bytes, size: size)
        #expect(pieces.flatMap { $0 } == bytes)
        #expect(pieces.dropLast().allSatisfy { $0.count == max(1, size) } && pieces.allSatisfy { !$0.isEmpty })
    }

    @Test(arguments: [0, 1, 2, 5])
    func splitsAreAtEveryPlace(count: Int) {
        let bytes = (0..<count).map { UInt8($0) }
        let splits = DripFeed.splits(of: bytes)
        #expect(splits.count == max(0, count - 1))
        #expect(splits.allSatisfy { $0.count == 2 && $0.flatMap { $0 } == bytes && !$0.contains([]) })
        #expect(DripFeed.allWays(of: bytes).count == (count == 0 ? 0 : count + 1))
    }
}
