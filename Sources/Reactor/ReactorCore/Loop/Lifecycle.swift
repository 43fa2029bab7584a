/// What a reactor goes through once for each ``Reactor/run()``.
public enum LifecycleEvent: Hashable, Sendable {
    /// It begins to run.
    case startup

    /// It was stopped.
    case shutdown
}

/// When, within a ``LifecycleEvent``, a trigger is run.
public enum LifecyclePhase: Int, CaseIterable, Comparable, Sendable {
    /// While everything still works; what takes time is waited for.
    case before

    /// The event itself.
    case during

    /// When everybody else has had the event.
    case after

    /// Orders phases by time.
    public static func < (left: LifecyclePhase, right: LifecyclePhase) -> Bool { left.rawValue < right.rawValue }
}

/// A trigger that was added, to take it back.
public struct LifecycleTrigger: Hashable, Sendable {
    let event: LifecycleEvent
    let number: UInt64
}

/// The triggers of one event, in three phases; each is run once and forgotten.
struct TriggerList {
    typealias Body = () throws -> Deferred<Void>?

    private struct Entry {
        var number: UInt64
        var body: Body
    }

    private var phases: [[Entry]] = [[], [], []]

    var isEmpty: Bool { phases.allSatisfy(\.isEmpty) }

    mutating func add(_ phase: LifecyclePhase, _ number: UInt64, _ body: @escaping Body) {
        phases[phase.rawValue].append(Entry(number: number, body: body))
    }

    mutating func remove(_ number: UInt64) -> Bool {
        for phase in phases.indices {
            guard let index = phases[phase].firstIndex(where: { $0.number == number }) else { continue }
            phases[phase].remove(at: index)
            return true
        }
        return false
    }

    /// Takes the next trigger of a phase, also one that another trigger of that phase has just added.
    mutating func takeFirst(_ phase: LifecyclePhase) -> Body? {
        phases[phase.rawValue].isEmpty ? nil : phases[phase.rawValue].removeFirst().body
    }
}

extension Reactor {
    /// Adds a call to be made once, when the reactor starts or stops.
    ///
    /// Triggers of one phase run in the order of addition, those that another one adds included. One that
    /// throws is logged and keeps no other from running. A trigger is forgotten when it has run; a reactor
    /// that runs again wants new ones. A ``LifecycleEvent/startup`` trigger added while the reactor runs waits for the
    /// next run; see ``callWhenRunning(_:)``.
    @discardableResult public func addTrigger(
        _ phase: LifecyclePhase, _ event: LifecycleEvent, _ body: @escaping () throws -> Void
    ) -> LifecycleTrigger {
        addTriggerBody(phase, event) {
            try body()
            return nil
        }
    }

    /// Adds a call whose deferred holds the event back: everything else goes on until it has fired.
    ///
    /// A failed deferred is logged and holds nothing back. A shutdown waits no longer than ``shutdownLimit``, and a second
    /// ``stop()`` ends the wait at once.
    @discardableResult public func addTrigger(
        before event: LifecycleEvent, _ body: @escaping () throws -> Deferred<Void>
    ) -> LifecycleTrigger {
        addTriggerBody(.before, event, body)
    }

    /// Takes a trigger back.
    ///
    /// - Returns: False when it has run or was taken back already.
    @discardableResult public func removeTrigger(_ trigger: LifecycleTrigger) -> Bool {
        triggers[trigger.event]?.remove(trigger.number) ?? false
    }

    private func addTriggerBody(
        _ phase: LifecyclePhase, _ event: LifecycleEvent, _ body: @escaping TriggerList.Body
    ) -> LifecycleTrigger {
        assertOwnThread()
        lastTrigger += 1
        triggers[event, default: TriggerList()].add(phase, lastTrigger, body)
        return LifecycleTrigger(event: event, number: lastTrigger)
    }

    /// Runs the triggers of a phase.
    ///
    /// - Returns: How many were run.
    @discardableResult func fire(
        _ event: LifecycleEvent, _ phase: LifecyclePhase, _ isWaitedFor: (Deferred<Void>) -> Void
    )
        -> Int
    {
        var count = 0
        while let body = triggers[event]?.takeFirst(phase) {
            count += 1
            let watch = callWatch
            watch?.begin(CallSubject(activity: .trigger))
            defer { watch?.end() }
            do {
                if let deferred = try body() { isWaitedFor(deferred) }
            } catch {
                log("a trigger \(phase) \(event) failed: \(error)")
            }
        }
        return count
    }
}
