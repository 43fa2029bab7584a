public import Glibc
public import ReactorCore

/// A tree of services that a reactor runs from its start to its stop.
///
/// ```swift
/// let application = Application("game", on: reactor)
/// try application.root.add("telnet", ListeningService(endpoint, factory: doors))
/// try application.run()
/// ```
public final class Application {
    /// The top of the tree.
    public let root: ServiceNode

    /// Is called between the privileged start and the start: the place to give up rights.
    public var afterPrivilegedStart: (() throws -> Void)?

    private let reactor: Reactor
    private var failure: (any Error)?
    private var isEnding = false

    /// Makes an application without services.
    public init(_ name: String, on reactor: Reactor) {
        root = ServiceNode(name, on: reactor)
        self.reactor = reactor
    }

    /// How long all services together may take to stop; then those that are left are reported, and left alone.
    public var stopLimit: Duration = .seconds(90)

    /// Starts all services, serves until ``Reactor/stop()``, and stops them.
    ///
    /// The reactor stops by itself when the tree cannot start, or fails for good later. ``stopLimit`` takes the place of
    /// ``Reactor/shutdownLimit`` meanwhile; services that are stopped one after the other share it, whatever the
    /// ``ServicePolicy/stopLimit`` of each.
    ///
    /// - Parameter signals: Those that stop it, a second one without waiting for services that do not come to an end.
    /// - Throws: A ``ServiceFailure``, or what ``afterPrivilegedStart`` threw.
    public func run(stoppingOn signals: [Int32] = [SIGINT, SIGTERM]) throws {
        (failure, isEnding) = (nil, false)
        for signal in signals { reactor.onSignal(signal) { [unowned reactor] in reactor.stop() } }
        let usualLimit = reactor.shutdownLimit
        reactor.shutdownLimit = stopLimit
        defer {
            for signal in signals { reactor.forgetSignal(signal) }
            reactor.shutdownLimit = usualLimit
        }
        let observer = root.onChange
        root.onChange = { [unowned self] node in
            observer?(node)
            if node === root, node.phase == .failed { end(node.lastFailure) }
        }
        defer { root.onChange = observer }
        reactor.addTrigger(before: .startup) { [self] in
            root.prepare()
                .flatMap { [self] () -> Deferred<Void> in
                    try afterPrivilegedStart?()
                    return root.start()
                }
                .recover { [self] error in
                    // Whoever stops a program that still starts gets what was asked for.
                    if !isEnding { end(error) }
                }
        }
        reactor.addTrigger(before: .shutdown) { [self] in
            isEnding = true
            return root.halt()
        }
        reactor.run()
        reportStranded(root)
        if let failure { throw failure }
    }

    /// Tells of the services that did not come to an end, those first that the others waited for.
    private func reportStranded(_ node: ServiceNode) {
        for child in node.children { reportStranded(child) }
        guard node.service != nil, node.post != nil else { return }
        let stranded = ServiceFailure(path: node.path, occasion: .stopping, cause: ServiceTreeFailure.stillStopping)
        root.onFailure?(stranded)
        if failure == nil { failure = stranded }
    }

    private func end(_ error: (any Error)?) {
        if failure == nil { failure = error }
        reactor.stop()
    }
}
