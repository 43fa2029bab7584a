import CZlib

/// Reads a compressed stream of octets, in bounded steps, up to its end and no further.
///
/// ```swift
/// while true {
///     let step = try inflater.inflate(bytes.extracting(taken...), into: &output)
///     taken += step.consumed
///     if step.outcome != .filled { break }
/// }
/// ```
///
/// Whatever arrives, a step ends, and a stream that has failed or ended takes nothing more.
///
/// - Limits: ``CompressionLimits``: output of a step, and ratio of all output to all input. The window costs 40 KiB at most.
/// - Source: RFC 1950 to 1952, by zlib.
package struct Inflater: ~Copyable {
    /// How a step ended.
    package enum Outcome: Hashable, Sendable {
        /// Everything given was taken, and there is nothing more to be made of it.
        case needsInput
        /// The step has made as much as it may; call again with the octets that it did not take.
        case filled
        /// The stream is at its end; the octets that were not taken are no part of it.
        case ended
    }

    /// What one step did.
    package struct Step: Hashable, Sendable {
        /// Octets taken, from the beginning of those given.
        package var consumed: Int
        /// Octets appended.
        package var produced: Int
        package var outcome: Outcome
    }

    private let stream: UnsafeMutablePointer<czlib_stream>
    private var taken = 0
    private var made = 0
    private var failure: CompressionFailure?
    private(set) package var isEnded = false

    /// Octets that each piece of output is made of.
    private static let pieceOctets = 4096
    /// Octets of input told to zlib at a time, whose counts have 32 bits.
    private static let portionOctets = 1 << 20

    /// Starts a stream of a format.
    ///
    /// - Throws: ``CompressionFailure/outOfMemory``.
    package init(format: CompressionFormat = .zlib) throws(CompressionFailure) {
        let made = UnsafeMutablePointer<czlib_stream>.allocate(capacity: 1)
        guard czlib_start_inflating(made, format.windowBits(15)) == Z_OK else {
            made.deallocate()
            throw .outOfMemory
        }
        stream = made
    }

    deinit {
        czlib_end_inflating(stream)
        stream.deallocate()
    }

    /// Octets of memory that this stream asked for.
    package var allocatedOctets: Int { Int(clamping: stream.pointee.allocated) }

    /// Makes what can be made of octets, at most ``CompressionLimits/stepOctets``.
    ///
    /// - Parameters:
    ///   - bytes: What arrived; any length, also empty.
    ///   - output: Where it is appended to, also what came before a failure.
    /// - Returns: What the step did.
    /// - Throws: ``CompressionFailure``; the same again for every later call.
    /// - Complexity: O(*n* + *m*) for the input and the output.
    package mutating func inflate(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(CompressionFailure) -> Step {
        if let failure { throw failure }
        var step = Step(consumed: 0, produced: 0, outcome: isEnded ? .ended : .needsInput)
        guard !isEnded else { return step }
        failure = Self.run(stream, bytes, &step, into: &output)
        taken += step.consumed
        made += step.produced
        isEnded = step.outcome == .ended
        if made > CompressionLimits.octetsBeforeRatio, made / CompressionLimits.ratio > taken { failure = .bomb }
        if let failure { throw failure }
        return step
    }

    /// Makes what can be made of octets, at most ``CompressionLimits/stepOctets``.
    package mutating func inflate(_ bytes: [UInt8], into output: inout [UInt8]) throws(CompressionFailure) -> Step {
        try inflate(bytes.span, into: &output)
    }

    private static func run(
        _ stream: UnsafeMutablePointer<czlib_stream>, _ bytes: Span<UInt8>, _ step: inout Step,
        into output: inout [UInt8]
    ) -> CompressionFailure? {
        bytes.withUnsafeBufferPointer { input in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: pieceOctets) { piece in
                while step.produced < CompressionLimits.stepOctets {
                    let portion = min(input.count - step.consumed, portionOctets)
                    let room = min(piece.count, CompressionLimits.stepOctets - step.produced)
                    let progress = czlib_inflate(
                        stream, input.baseAddress.map { $0 + step.consumed }, UInt32(portion), piece.baseAddress,
                        UInt32(room))
                    step.consumed += progress.consumed
                    step.produced += progress.produced
                    output.append(contentsOf: piece.prefix(progress.produced))
                    switch progress.status {
                    case Z_OK, Z_BUF_ERROR: break
                    case Z_STREAM_END:
                        step.outcome = .ended
                        return nil
                    case Z_MEM_ERROR: return .outOfMemory
                    default: return .damaged
                    }
                    // A full piece may have a continuation even though there is no input left.
                    let mayGoOn = progress.produced == room || step.consumed < input.count
                    if !mayGoOn || progress.produced + progress.consumed == 0 { return nil }
                }
                step.outcome = .filled
                return nil
            }
        }
    }
}
