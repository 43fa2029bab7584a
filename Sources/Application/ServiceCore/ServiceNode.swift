import Basics
public import ReactorCore

/// The place of a service in the tree of an application.
///
/// ```swift
/// let root = ServiceNode("game", on: reactor)
/// try root.add("world", WorldService())
/// try root.add("telnet", ListeningService(endpoint, factory: doors), after: ["world"])
/// root.start().whenDone { … }
/// ```
///
/// A node runs its own service first and its children after it; it stops them in the reverse order. Children start side by
/// side, each as soon as every sibling named in its `after` is ready; whatever is added while the parent runs starts at once.
/// When a child fails for good, its parent has failed, stops the rest, and may be started again by its own policy, and so on
/// up to the root.
///
/// - Isolation: belongs to its reactor's thread.
/// - SeeAlso: `ServiceCoreTests/ServiceNodeTests`.
public final class ServiceNode {
    /// What a node is doing.
    public enum Phase: Hashable, Sendable {
        /// Nothing: it has not been started, or has been stopped.
        case stopped

        /// It or its children are being started.
        case starting

        /// It and its children are started.
        case running

        /// It and its children are being stopped.
        case stopping

        /// It failed, and will be started again after a wait.
        case waiting

        /// It has done all it had to do.
        case finished

        /// It failed for good.
        case failed
    }

    /// What it is called among its siblings.
    public let name: String

    /// Where it lives.
    public let reactor: Reactor

    /// What is done when it fails.
    public let policy: ServicePolicy

    /// The siblings that must be ready before it is started.
    public let dependencies: [String]

    /// The node it was added to.
    public private(set) weak var parent: ServiceNode?

    /// Its children, in the order of addition.
    public private(set) var children: [ServiceNode] = []

    /// What it is doing now.
    public internal(set) var phase = Phase.stopped

    /// What went wrong last, with it or with a child it cannot go on without; nil again when it is ready.
    public internal(set) var lastFailure: ServiceFailure?

    /// How often it failed in a row.
    public internal(set) var failures = 0

    /// Is told of every change of phase or readiness of this node and of those below it.
    public var onChange: ((ServiceNode) -> Void)?

    /// Is told of every failure of this node and of those below it, also of those that are followed by a restart.
    public var onFailure: ((ServiceFailure) -> Void)?

    /// What it runs itself; nil for a group.
    public let service: (any Service)?

    /// What the service may speak through; nil when there is nothing to stop.
    var post: ServicePost?
    /// The privileged start under way.
    var preparing: Deferred<Void>?
    /// The whole start under way.
    var step: Deferred<Void>?
    var isOwnStarted = false
    /// Somebody stopped this node alone, so its parent does not start it.
    var isHeld = false
    var isReconsidering = false
    var mustReconsider = false
    var startsAgain = false
    /// The phase that follows ``Phase/stopping``.
    var phaseAfterEnding = Phase.stopped
    var timer: DelayedCall?
    var startWaiters: [Deferred<Void>] = []
    var stopWaiters: [Deferred<Void>] = []
    var readyWaiters: [Deferred<Void>] = []
    var wasReady = false
    var readySince: MonotonicInstant?
    var random = SeededGenerator(seed: .random(in: .min ... .max))

    /// Makes a root: a group without a service of its own.
    public convenience init(_ name: String, on reactor: Reactor, policy: ServicePolicy = ServicePolicy()) {
        self.init(name, nil, on: reactor, after: [], policy: policy)
    }

    private init(
        _ name: String, _ service: (any Service)?, on reactor: Reactor, after dependencies: [String],
        policy: ServicePolicy
    ) {
        self.name = name
        self.service = service
        self.reactor = reactor
        self.dependencies = dependencies
        self.policy = policy
    }

    /// The names from the root to this node, joined by `/`.
    public var path: String { parent.map { "\($0.path)/\(name)" } ?? name }

    /// Whether this node and all below it can do their work; a child that finished, or that failed and was not essential,
    /// does not count.
    public var isReady: Bool {
        guard phase == .running, service?.reportsReadiness != true || post?.isReady == true else { return false }
        return children.allSatisfy { $0.isReady || !$0.counts }
    }

    /// Whether the parent waits for it.
    var counts: Bool {
        switch phase {
        case .finished: false
        case .failed, .waiting: policy.isEssential
        case .stopped: !isHeld
        case .starting, .running, .stopping: true
        }
    }

    // MARK: The tree

    /// Adds a service, or a group when `service` is nil; starts it at once if this node is started.
    ///
    /// - Parameters:
    ///   - name: What it is called among its siblings.
    ///   - service: What it does.
    ///   - dependencies: The siblings that must be ready before it is started; they may be added later, but before a start.
    ///   - policy: What is done when it fails.
    /// - Returns: The place of the new service.
    /// - Throws: ``ServiceFailure`` with a ``ServiceTreeFailure``: the name is taken, or, when this node is started, the
    ///   dependencies are not there.
    @discardableResult public func add(
        _ name: String, _ service: (any Service)? = nil, after dependencies: [String] = [],
        policy: ServicePolicy = ServicePolicy()
    ) throws(ServiceFailure) -> ServiceNode {
        let child = ServiceNode(name, service, on: reactor, after: dependencies, policy: policy)
        child.parent = self
        guard !children.contains(where: { $0.name == name }) else {
            throw ServiceFailure(path: path, occasion: .arranging, cause: ServiceTreeFailure.duplicateName(name))
        }
        children.append(child)
        guard isOwnStarted else { return child }
        do {
            _ = try startOrder()
        } catch {
            children.removeLast()
            throw error
        }
        reconsider()
        return child
    }

    /// Stops a child and takes it out.
    ///
    /// - Returns: Fires when it is stopped.
    @discardableResult public func remove(_ child: ServiceNode) -> Deferred<Void> {
        child.stop().map { [weak self] in
            self?.children.removeAll { $0 === child }
            self?.reconsider()
        }
    }

    /// The node below this one with such a path, relative to it.
    public func node(_ path: String) -> ServiceNode? {
        path.split(separator: "/").reduce(self as ServiceNode?) { node, name in
            node?.children.first { $0.name == name }
        }
    }

    /// The children so that each comes after those it depends on, otherwise in the order of addition.
    ///
    /// - Complexity: O(children × dependencies).
    func startOrder() throws(ServiceFailure) -> [ServiceNode] {
        var order: [ServiceNode] = []
        var placed: Set<String> = []
        var trail: [String] = []
        func place(_ child: ServiceNode) throws(ServiceFailure) {
            if placed.contains(child.name) { return }
            if let start = trail.firstIndex(of: child.name) {
                throw ServiceFailure(
                    path: path, occasion: .arranging,
                    cause: ServiceTreeFailure.cycle(Array(trail[start...]) + [child.name]))
            }
            trail.append(child.name)
            for name in child.dependencies {
                guard let sibling = children.first(where: { $0.name == name }) else {
                    throw ServiceFailure(
                        path: child.path, occasion: .arranging, cause: ServiceTreeFailure.unknownDependency(name))
                }
                try place(sibling)
            }
            trail.removeLast()
            placed.insert(child.name)
            order.append(child)
        }
        for child in children { try place(child) }
        return order
    }

    // MARK: Telling

    func changed() {
        let isReady = isReady
        if isReady != wasReady {
            wasReady = isReady
            readySince = isReady ? reactor.now : nil
        }
        var node: ServiceNode? = self
        while let teller = node {
            teller.onChange?(self)
            node = teller.parent
        }
        if isReady {
            lastFailure = nil
            succeed(&readyWaiters)
        }
        parent?.reconsider()
    }

    func succeed(_ waiters: inout [Deferred<Void>]) {
        let waiting = waiters
        waiters = []
        for waiter in waiting where !waiter.isFired { waiter.succeed() }
    }

    func report(_ failure: ServiceFailure) {
        var node: ServiceNode? = self
        while let teller = node {
            teller.onFailure?(failure)
            node = teller.parent
        }
    }
}
