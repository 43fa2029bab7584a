/// Actions that wait for the owner, in the order in which they were caused.
///
/// What only makes sense joined is held back until something else comes or the call ends: keys become one action, and of
/// window sizes that follow each other only the last is told, and only if it is news.
struct TelnetActionQueue {
    private var actions: [TelnetAction] = []
    private var nextIndex = 0
    private var lastWindow: TelnetWindowSize?
    /// Held back; there are never keys too.
    private var newWindow: TelnetWindowSize?
    /// Held back; there is never a window too.
    private var keys: [UInt8] = []

    /// The oldest action not handed out yet, or nil.
    mutating func next() -> TelnetAction? {
        guard nextIndex < actions.count else {
            // What a flood made the queue grow to is not kept.
            actions.removeAll(keepingCapacity: actions.capacity <= 16)
            nextIndex = 0
            return nil
        }
        defer { nextIndex += 1 }
        return actions[nextIndex]
    }

    mutating func append(_ action: TelnetAction) {
        settle()
        actions.append(action)
    }

    mutating func append(key: UInt8) {
        if newWindow != nil { settle() }
        keys.append(key)
    }

    mutating func append(keys octets: [UInt8]) {
        if newWindow != nil { settle() }
        if keys.isEmpty { keys = octets } else { keys += octets }
    }

    mutating func append(window: TelnetWindowSize) {
        if !keys.isEmpty { settle() }
        newWindow = window
    }

    /// Queues what was held back.
    mutating func settle() {
        if let window = newWindow, window != lastWindow {
            lastWindow = window
            actions.append(.windowSize(columns: window.columns, rows: window.rows))
        }
        newWindow = nil
        if !keys.isEmpty {
            actions.append(.octets(keys))
            keys = []
        }
    }
}
