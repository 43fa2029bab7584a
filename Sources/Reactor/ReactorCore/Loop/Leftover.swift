import Basics

/// Something that a reactor still is to do, or still holds open.
///
/// ```text
///   a delayed call due in 3.0 seconds, made at Mail/Fetch.swift:12
///   descriptor 7: listener on 127.0.0.1:4000, made at Mail/Server.swift:40
///   a task, made at Mail/Login.swift:8
/// ```
public struct Leftover: Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing it is.
    public enum Kind: Hashable, Sendable, CaseIterable {
        /// A delayed call that was neither made nor cancelled.
        case delayedCall

        /// A descriptor with a handler: a listener, a connection, a pipe.
        case descriptor

        /// A task that has not ended.
        case task

        /// Work on another thread that has not ended.
        case work

        /// A connection without a descriptor, as of a test.
        case connection
    }

    /// What kind of thing it is.
    public let kind: Kind

    /// What it is, in words.
    public let what: String

    /// Where it was made, as `Module/File.swift:12`; nil when that is not known.
    public let place: String?

    /// Makes a leftover of one's own kind of thing.
    public init(_ kind: Kind, _ what: String, place: String? = nil) {
        self.kind = kind
        self.what = what
        self.place = place
    }

    /// The thing, and where it was made if that is known.
    public var description: String { place.map { "\(what), made at \($0)" } ?? what }
}

/// Something besides descriptors, calls and tasks that can be left over.
package protocol LeftoverSource: AnyObject {
    /// What is left over; nil when nothing is.
    var leftover: Leftover? { get }
}

/// A handler that knows the place of the program that asked for it.
package protocol PlacedHandler: DescriptorHandler {
    /// Where it was asked for; nil when that is not known.
    var place: CodePlace? { get }
}

extension Reactor {
    /// What is still going on: delayed calls, descriptors with handlers, tasks, and work on other threads.
    ///
    /// For tests, which end without any, and for shutdowns that say what they wait for. What the reactor needs for
    /// itself is not among them.
    ///
    /// - Complexity: O(*n* log *n*) in what is going on; nothing is kept for it but a number for each task.
    public var leftovers: [Leftover] {
        let descriptors = table.all().compactMap(Self.leftover(of:))
        return descriptors + timers.activeCalls().map(leftover(of:))
            + tasks.sorted { $0.key < $1.key }.map { Leftover(.task, "a task", place: $0.value.description) }
            + pendingWork.sorted { $0.key < $1.key }
            .map { Leftover(.work, "work on another thread", place: $0.value.origin.description) }
            + leftoverSources.compactMap { $0.source?.leftover }
    }

    /// Has ``leftovers`` ask `source`, which is not kept.
    package func watch(_ source: any LeftoverSource) {
        if leftoverSources.count >= 16, leftoverSources.count.nonzeroBitCount == 1 {
            leftoverSources.removeAll { $0.source == nil }
        }
        leftoverSources.append(WeakLeftoverSource(source: source))
    }

    private static func leftover(of entry: (descriptor: Int32, handler: any DescriptorHandler)) -> Leftover? {
        if entry.handler is MailboxWake || entry.handler is SignalSource { return nil }
        let name = (entry.handler as? any CustomStringConvertible)?.description ?? "\(type(of: entry.handler))"
        let place = (entry.handler as? any PlacedHandler)?.place
        return Leftover(.descriptor, "descriptor \(entry.descriptor): \(name)", place: place?.description)
    }

    private func leftover(of call: DelayedCall) -> Leftover {
        let delay = now.duration(to: call.deadline)
        return Leftover(.delayedCall, "a delayed call due in \(delay)", place: call.origin.description)
    }
}

struct WeakLeftoverSource {
    weak var source: (any LeftoverSource)?
}
