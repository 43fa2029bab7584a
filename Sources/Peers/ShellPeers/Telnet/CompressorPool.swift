/// Bounds how many connections compress what they send, because each costs memory.
///
/// - Isolation: belongs to the reactor's thread.
public final class CompressorPool {
    /// Connections that may compress at a time; when it is lowered, those that do go on.
    public var limit: Int
    /// Connections that compress now.
    public private(set) var inUse = 0

    /// Makes a pool; 0 turns compression off.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Whether one more may compress.
    package var hasRoom: Bool { inUse < limit }

    func take() -> Bool {
        guard hasRoom else { return false }
        inUse += 1
        return true
    }

    func giveBack() { inUse = max(0, inUse - 1) }
}
