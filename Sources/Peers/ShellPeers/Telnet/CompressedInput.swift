import Basics
import CompressionWire
import Transports

/// What a peer has sent that the machine has not seen, and the inflating of it, step by step.
///
/// - Limits: what the transport delivered in one call, and one step's output: 64 KiB each.
struct CompressedInput: ~Copyable {
    private var pending: [UInt8] = []
    private var start = 0
    private var inflater: Inflater?
    /// Whether the last step was cut short, so that there is more without further input.
    private var isFull = false
    private var budget: TokenBucket?

    init() {}

    /// Whether there is something for the machine.
    var isEmpty: Bool { start >= pending.count && !isFull }

    mutating func append(_ bytes: Span<UInt8>) {
        if start > 0 {
            pending.removeFirst(min(start, pending.count))
            start = 0
        }
        bytes.withUnsafeBufferPointer { pending.append(contentsOf: $0) }
    }

    /// Takes everything there is, when it is plain.
    mutating func takePlain() -> [UInt8] {
        defer { clear() }
        return start == 0 ? pending : Array(pending[min(start, pending.count)...])
    }

    /// Makes one step.
    ///
    /// - Returns: The text, and whether the deflated stream is at its end.
    /// - Throws: `CompressionFailure`, ``TelnetFailure``.
    mutating func inflate(octetsPerSecond limit: Int?, at now: MonotonicInstant) throws -> (
        text: [UInt8], isEnded: Bool
    ) {
        if inflater == nil { inflater = try Inflater() }
        var text: [UInt8] = []
        let bytes = pending
        guard
            let step = try inflater?.inflate(bytes.span.extracting(min(start, bytes.count)..<bytes.count), into: &text)
        else { return ([], true) }
        start += step.consumed
        isFull = step.outcome == .filled
        if step.outcome == .ended { inflater = nil }
        if start >= bytes.count { clear() }
        if let limit, !text.isEmpty {
            var budget = self.budget ?? TokenBucket(rate: limit, burst: limit, now: now)
            budget.take(text.count, at: now)
            self.budget = budget
            if budget.available(at: now) < 0 { throw TelnetFailure.inflatedTooMuch(octetsPerSecond: limit) }
        }
        return (text, step.outcome == .ended)
    }

    private mutating func clear() {
        pending = []
        start = 0
    }
}
