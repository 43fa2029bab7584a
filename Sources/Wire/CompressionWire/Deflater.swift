import CZlib

/// Compresses a stream of octets.
///
/// ```swift
/// var deflater = try Deflater()
/// deflater.compress(text.span, into: &octets)
/// deflater.flush(into: &octets)       // everything so far can be read at the other end
/// deflater.finish(into: &octets)      // the end of the stream
/// ```
///
/// - Limits: the memory is ``DeflaterMemory``, taken at the start and given back with the deflater.
/// - Source: RFC 1950 to 1952, by zlib.
package struct Deflater: ~Copyable {
    private let stream: UnsafeMutablePointer<czlib_stream>
    private(set) package var isFinished = false

    /// Octets that each piece of output is made of.
    private static let pieceOctets = 4096
    /// Octets of input told to zlib at a time, whose counts have 32 bits.
    private static let portionOctets = 1 << 20

    /// Starts a stream.
    ///
    /// - Parameters:
    ///   - format: What surrounds the compressed octets.
    ///   - level: From 1, which is fast, to 9, which is small; others count as the nearest.
    ///   - memory: What is taken to find repetitions in.
    /// - Throws: ``CompressionFailure/outOfMemory``.
    package init(
        format: CompressionFormat = .zlib, level: Int = 6, memory: DeflaterMemory = .small
    ) throws(CompressionFailure) {
        let made = UnsafeMutablePointer<czlib_stream>.allocate(capacity: 1)
        let level = Int32(clamping: min(max(level, 1), 9))
        guard czlib_start_deflating(made, level, format.windowBits(memory.windowBits), memory.memoryLevel) == Z_OK
        else {
            made.deallocate()
            throw .outOfMemory
        }
        stream = made
    }

    deinit {
        czlib_end_deflating(stream)
        stream.deallocate()
    }

    /// Octets of memory that this stream asked for.
    package var allocatedOctets: Int { Int(clamping: stream.pointee.allocated) }

    /// Takes octets; what they become may stay inside until ``flush(into:)``.
    ///
    /// Does nothing after ``finish(into:)``.
    ///
    /// - Complexity: O(*n*).
    package mutating func compress(_ bytes: Span<UInt8>, into output: inout [UInt8]) {
        run(bytes, Z_NO_FLUSH, into: &output)
    }

    /// Takes octets; what they become may stay inside until ``flush(into:)``.
    ///
    /// Does nothing after ``finish(into:)``.
    package mutating func compress(_ bytes: [UInt8], into output: inout [UInt8]) {
        compress(bytes.span, into: &output)
    }

    /// Appends what is inside, so that the other end can read everything taken so far; costs about 5 octets.
    package mutating func flush(into output: inout [UInt8]) {
        run([UInt8]().span, Z_SYNC_FLUSH, into: &output)
    }

    /// Appends what is inside and the end of the stream.
    package mutating func finish(into output: inout [UInt8]) {
        run([UInt8]().span, Z_FINISH, into: &output)
        isFinished = true
    }

    private func run(_ bytes: Span<UInt8>, _ flush: Int32, into output: inout [UInt8]) {
        guard !isFinished else { return }
        let stream = stream
        bytes.withUnsafeBufferPointer { input in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.pieceOctets) { piece in
                var taken = 0
                var progress: czlib_progress
                repeat {
                    let portion = min(input.count - taken, Self.portionOctets)
                    let isLast = taken + portion == input.count
                    progress = czlib_deflate(
                        stream, isLast ? flush : Z_NO_FLUSH, input.baseAddress.map { $0 + taken }, UInt32(portion),
                        piece.baseAddress, UInt32(piece.count))
                    taken += progress.consumed
                    output.append(contentsOf: piece.prefix(progress.produced))
                    // A full piece may have a continuation; a step that did nothing is the last one.
                } while progress.produced == piece.count || (taken < input.count && progress.consumed > 0)
            }
        }
    }
}
