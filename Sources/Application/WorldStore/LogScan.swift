import FileAccess
import Glibc

/// Finds damage in a write-ahead log that SQLite would pass over in silence.
///
/// SQLite ends a log at the first frame whose checksum is wrong, because a power cut leaves such a frame behind. A
/// flipped bit looks the same, and everything after it would be lost without a word. The two can be told apart: a
/// commit is synchronised before the next transaction writes its first frame, so a bad frame with a whole transaction
/// and one more frame after it was good once.
///
/// ```text
///   header 32: magic 4 · version 4 · page size 4 · sequence 4 · salt 8 · checksum 8
///   frame      page number 4 · pages after commit, or 0, 4 · salt 8 · checksum 8 · page
/// ```
///
/// A bad frame in the last transaction stays undecided and counts as a power cut's.
///
/// - Source: SQLite, "WAL-mode File Format".
/// - Complexity: O(*n*) in the size of the log.
package struct LogScan {
    private static let headerSize = 32
    private static let frameHeaderSize = 24

    private let bytes: [UInt8]
    private let pageSize: Int
    private let isBigEndian: Bool

    /// What is certainly wrong with a log; nil when nothing is.
    package static func damage(in bytes: [UInt8]) -> String? {
        guard bytes.count > headerSize else { return nil }
        // Never written: the header is synchronised before the first frame.
        if bytes.prefix(headerSize).allSatisfy({ $0 == 0 }) { return nil }
        guard let scan = LogScan(bytes) else { return "the header of the write-ahead log is damaged" }
        return scan.damagedFrame().map { "frame \($0) of the write-ahead log is damaged" }
    }

    /// The same for a file; nil when there is none, or it cannot be read.
    static func damage(inFile path: String) -> String? {
        do throws(FileFailure) {
            let file = try RegularFile(path)
            // What a running server appends meanwhile is not waited for.
            let size = Int(file.status.st_size)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size)
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            while bytes.count < size {
                let count = try file.read(into: &chunk)
                if count == 0 { break }
                bytes += chunk[..<min(count, size - bytes.count)]
            }
            return damage(in: bytes)
        } catch {
            // What cannot be read is told when it is opened.
            return nil
        }
    }

    private init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        let magic = Self.word(bytes, at: 0)
        guard magic & ~1 == 0x377F_0682 else { return nil }
        isBigEndian = magic & 1 == 1
        let size = Int(Self.word(bytes, at: 8))
        guard size >= 512, size <= 65_536, size & (size - 1) == 0 else { return nil }
        pageSize = size
        guard sum(0..<24, from: (0, 0)) == stored(at: 24) else { return nil }
    }

    private var frames: Int { (bytes.count - Self.headerSize) / (Self.frameHeaderSize + pageSize) }

    private func damagedFrame() -> Int? {
        var before = stored(at: 24)
        for frame in 0..<frames {
            let computed = sum(of: frame, from: before)
            if !(isCurrent(frame) && computed == stored(frame)) {
                // The flipped bit is either in what is summed or in the sum.
                let seeds = [stored(frame), computed]
                return seeds.contains { isFollowed(frame, from: $0) } ? frame : nil
            }
            before = computed
        }
        return nil
    }

    /// Whether a whole transaction, and then something else, was written after a bad frame.
    private func isFollowed(_ bad: Int, from seed: (UInt32, UInt32)) -> Bool {
        var before = seed
        var hasCommit = isCurrent(bad) && isCommit(bad)
        for frame in (bad + 1)..<max(frames, bad + 1) {
            let computed = sum(of: frame, from: before)
            guard isCurrent(frame), computed == stored(frame) else { return false }
            if hasCommit { return true }
            hasCommit = isCommit(frame)
            before = computed
        }
        return false
    }

    private func start(_ frame: Int) -> Int { Self.headerSize + frame * (Self.frameHeaderSize + pageSize) }

    private func isCurrent(_ frame: Int) -> Bool {
        bytes[(start(frame) + 8)..<(start(frame) + 16)] == bytes[16..<24]
    }

    private func isCommit(_ frame: Int) -> Bool { Self.word(bytes, at: start(frame) + 4) != 0 }

    private func stored(_ frame: Int) -> (UInt32, UInt32) { stored(at: start(frame) + 16) }

    private func stored(at offset: Int) -> (UInt32, UInt32) {
        (Self.word(bytes, at: offset), Self.word(bytes, at: offset + 4))
    }

    private func sum(of frame: Int, from seed: (UInt32, UInt32)) -> (UInt32, UInt32) {
        let page = start(frame) + Self.frameHeaderSize
        return sum(page..<(page + pageSize), from: sum(start(frame)..<(start(frame) + 8), from: seed))
    }

    private func sum(_ range: Range<Int>, from seed: (UInt32, UInt32)) -> (UInt32, UInt32) {
        var (first, second) = seed
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
            first &+= word(at: offset) &+ second
            second &+= word(at: offset + 4) &+ first
        }
        return (first, second)
    }

    private func word(at offset: Int) -> UInt32 {
        let word = Self.word(bytes, at: offset)
        return isBigEndian ? word : word.byteSwapped
    }

    private static func word(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        UInt32(bytes[offset]) << 24 | UInt32(bytes[offset + 1]) << 16 | UInt32(bytes[offset + 2]) << 8
            | UInt32(bytes[offset + 3])
    }
}
