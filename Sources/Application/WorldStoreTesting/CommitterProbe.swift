package import WorldStore

/// Records what a committer tells, and lets a test wait for it.
package final class CommitterProbe: Sendable {
    package struct Heard: Sendable {
        /// Every number published, in order.
        package var durable: [UInt64] = []
        package var stalls: [StallReason] = []
        package var recoveries = 0
        package var fatal: [String] = []
        /// Numbers published after a fatal failure.
        package var durableAfterFatal = 0
    }

    private let heard = Monitor(Heard())

    package init() {}

    /// Events for ``StoredWorld/startCommitter(events:)``.
    package var events: CommitterEvents {
        let heard = heard
        return CommitterEvents(
            onDurable: { sequence in
                heard.signal {
                    $0.durable.append(sequence)
                    if !$0.fatal.isEmpty { $0.durableAfterFatal += 1 }
                }
            },
            onStalled: { reason in heard.signal { $0.stalls.append(reason) } },
            onRecovered: { heard.signal { $0.recoveries += 1 } },
            onFatal: { text in heard.signal { $0.fatal.append(text) } })
    }

    /// What was heard so far.
    package var soFar: Heard { heard.withLock { $0 } }

    /// Waits until `holds` is true of what was heard.
    ///
    /// - Parameters:
    ///   - limit: How long at most.
    ///   - holds: Asked at once and after every event.
    /// - Returns: What was heard; when the time was up, whatever there was, for the test to fail on.
    @discardableResult
    package func wait(upTo limit: Duration = .seconds(30), until holds: (Heard) -> Bool) -> Heard {
        heard.wait(upTo: limit) { holds($0) ? $0 : nil } ?? soFar
    }

    /// Waits until this turn is durable or the committer has failed.
    ///
    /// - Returns: Whether it is durable.
    @discardableResult
    package func waitForDurable(_ sequence: UInt64) -> Bool {
        let heard = wait { ($0.durable.last ?? 0) >= sequence || !$0.fatal.isEmpty }
        return (heard.durable.last ?? 0) >= sequence
    }
}
