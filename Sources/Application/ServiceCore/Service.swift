public import ReactorCore
public import Transports

/// Something that is started and stopped with an application: a listener, a client, a timer, a store.
///
/// A service is told by its ``ServiceNode`` what to do, one call at a time; it keeps no state of its own about whether it
/// runs. The calls come in this order, and again from the beginning when it is started anew:
///
/// | Call | When | If it fails |
/// | --- | --- | --- |
/// | `privilegedStart` | before rights are given up | nothing else is called |
/// | `start` | when all it depends on is ready | `stop` is called |
/// | `stop` | once after each privileged start that succeeded | reported; it counts as stopped |
///
/// Each may return a deferred to be waited for. That of a start is cancelled when the service has to stop meanwhile, or takes
/// longer than ``ServicePolicy/startLimit``; then `stop` is called, which has to cope with a start that came half way.
///
/// - Isolation: belongs to its reactor's thread.
public protocol Service: AnyObject {
    /// Whether the service says itself when it is ready, by ``ServicePost/isReady``; otherwise it is so once it is started.
    var reportsReadiness: Bool { get }

    /// Does what needs rights that are given up afterwards: binds low ports, reads keys.
    func privilegedStart(_ post: ServicePost) throws -> Deferred<Void>?

    /// Begins the work.
    func start(_ post: ServicePost) throws -> Deferred<Void>?

    /// Ends the work and gives back what was taken, that of the privileged start included.
    func stop(_ post: ServicePost) throws -> Deferred<Void>?
}

extension Service {
    /// Ready once it is started.
    public var reportsReadiness: Bool { false }

    /// Nothing needs rights.
    public func privilegedStart(_ post: ServicePost) throws -> Deferred<Void>? { nil }

    /// Nothing is begun.
    public func start(_ post: ServicePost) throws -> Deferred<Void>? { nil }

    /// Nothing is ended.
    public func stop(_ post: ServicePost) throws -> Deferred<Void>? { nil }
}

/// What a service says to its place in the tree, between one start and the stop that follows.
///
/// A post kept for longer is deaf: what a service of yesterday says does not disturb that of today.
public final class ServicePost {
    /// Where the service lives.
    public let reactor: Reactor

    /// Owns what the service has going on: deferreds, tasks and delayed calls.
    ///
    /// What is left in it when the service has stopped, or could not start, is cancelled. A service that is started again gets a
    /// new one.
    public let scope = DeferredScope()

    private weak var node: ServiceNode?

    /// Whether the service can do its work now; only for one that ``Service/reportsReadiness``.
    public var isReady = false {
        didSet { if isReady != oldValue { node?.readinessChanged(of: self) } }
    }

    init(_ node: ServiceNode) {
        self.node = node
        reactor = node.reactor
    }

    /// Says that the service cannot go on; ``ServicePolicy/restart`` decides what follows.
    public func fail(_ error: any Error) {
        node?.fail(error, by: self)
    }

    /// Says that the service has done all it had to do.
    public func finish() {
        node?.finish(by: self)
    }
}

/// What is to be done with a service that fails, and how long it may take.
public struct ServicePolicy: Sendable {
    /// When to start a service again.
    public enum Restart: Sendable {
        /// Never: its failure is the failure of its parent, unless it is not essential.
        case never

        /// After a wait, up to `limit` times in a row, or without end.
        ///
        /// A service that was ready for as long as the longest wait begins a new row.
        case afterFailure(BackOff, limit: Int?)
    }

    /// When to start it again.
    public var restart = Restart.never

    /// Whether its parent cannot go on without it.
    public var isEssential = true

    /// The longest a start may take; nil waits for ever.
    public var startLimit: Duration?

    /// The longest a stop may take; then it is left alone, and reported.
    public var stopLimit: Duration = .seconds(10)

    /// Makes the usual policy: no restart, essential, no limit to a start, 10 s for a stop.
    public init() {}
}

/// What went wrong with a service.
public struct ServiceFailure: Error, CustomStringConvertible {
    /// What the service was doing.
    public enum Occasion: Hashable, Sendable {
        /// It was to be added, or its dependencies were looked at.
        case arranging

        /// It was started, with or without rights.
        case starting

        /// It ran.
        case running

        /// It was stopped.
        case stopping
    }

    /// The names from the root to the service, joined by `/`.
    public let path: String

    /// What it was doing.
    public let occasion: Occasion

    /// Why.
    public let cause: any Error

    /// One sentence for the operator, without a full stop.
    public var description: String {
        switch occasion {
        case .arranging: "\(path): \(cause)"
        case .starting: "\(path) could not start: \(cause)"
        case .running: "\(path) failed: \(cause)"
        case .stopping: "\(path) did not stop as it should: \(cause)"
        }
    }
}

/// What is wrong with the tree itself.
public enum ServiceTreeFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Two services of one parent have this name.
    case duplicateName(String)

    /// A service depends on a sibling that is not there.
    case unknownDependency(String)

    /// These services wait for each other, in this order.
    case cycle([String])

    /// The program ended before the service was stopped.
    case stillStopping

    /// What is wrong, in words.
    public var description: String {
        switch self {
        case .duplicateName(let name): "there is a service named \(name) already"
        case .unknownDependency(let name): "there is no service named \(name) to depend on"
        case .stillStopping: "it was not stopped in time"
        case .cycle(let names): "services wait for each other: " + names.joined(separator: " after ")
        }
    }
}
