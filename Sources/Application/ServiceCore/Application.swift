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

    /// Starts all services, serves until ``Reactor/stop()``, and stops them.
    ///
    /// The reactor stops by itself when the tree cannot start, or fails for good later.
    ///
    /// - Throws: A ``ServiceFailure``, or what ``afterPrivilegedStart`` threw.
    public func run() throws {
        (failure, isEnding) = (nil, false)
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
        if let failure { throw failure }
    }

    private func end(_ error: (any Error)?) {
        if failure == nil { failure = error }
        reactor.stop()
    }
}
