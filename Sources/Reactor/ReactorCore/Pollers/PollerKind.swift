import Basics
import Glibc

/// The pollers by name, for the command line and for tests that run over all of them.
public enum PollerKind: String, CaseIterable, Hashable, Sendable, CustomStringConvertible {
    /// ``EpollPoller``, Linux.
    case epoll

    /// ``PollPoller``, everywhere.
    case poll

    /// ``SelectPoller``, everywhere, for low descriptor numbers.
    case select

    /// ``UringPoller``, Linux 5.19 where it is not forbidden.
    case ioUring = "io_uring"

    /// `KqueuePoller`, macOS and BSD.
    case kqueue

    /// What a reactor uses that is not given a poller; `$preferred.withValue` changes it for one piece of code.
    @TaskLocal public static var preferred = PollerKind.native

    /// The best kind of the platform.
    private static var native: PollerKind {
        #if canImport(Darwin)
        .kqueue
        #else
        .epoll
        #endif
    }

    /// The kinds that can be made here, in the order of declaration.
    public static var available: [PollerKind] { allCases.filter { $0.reasonUnavailable == nil } }

    /// Finds a kind by its name.
    ///
    /// - Throws: ``PollerFailure/unknown(name:)``, whose description lists the names.
    public init(named name: String) throws(PollerFailure) {
        guard let kind = PollerKind(rawValue: name) else { throw .unknown(name: name) }
        self = kind
    }

    /// The name.
    public var description: String { rawValue }

    /// What it is, in one line for people who choose.
    public var summary: String {
        switch self {
        case .epoll: "Linux; scales to any number of connections"
        case .poll: "portable; cost grows with the number of connections"
        case .select: "portable; only descriptors below \(SelectPoller.descriptorLimit)"
        case .ioUring: "Linux 5.19 or newer; one system call for each pass"
        case .kqueue: "macOS and BSD; scales to any number of connections"
        }
    }

    /// Why the kind cannot be made on this machine; nil when it can.
    ///
    /// Found out by trying, once in a process.
    public var reasonUnavailable: String? { Self.reasonsUnavailable[self] }

    /// Kept, because the kernel takes a ring down later and then interrupts the waits of the thread that tried.
    private static let reasonsUnavailable = allCases.reduce(into: [PollerKind: String]()) { reasons, kind in
        do throws(PollerFailure) {
            _ = try kind.makePoller()
        } catch {
            reasons[kind] = error.reason
        }
    }

    /// Names of kinds, for a sentence.
    package static func names(_ kinds: [PollerKind]) -> String {
        kinds.map(\.rawValue).joined(separator: ", ")
    }

    /// Makes a poller of this kind.
    ///
    /// - Throws: ``PollerFailure/unavailable(_:reason:)`` when this machine cannot have it.
    public func makePoller() throws(PollerFailure) -> any Poller {
        do throws(SystemFailure) {
            switch self {
            case .epoll: return try EpollPoller()
            case .poll: return PollPoller()
            case .select: return SelectPoller()
            case .ioUring: return try UringPoller()
            case .kqueue:
                #if canImport(Darwin)
                return try KqueuePoller()
                #else
                throw SystemFailure(code: ENOSYS, call: "kqueue")
                #endif
            }
        } catch {
            throw .unavailable(self, reason: reason(for: error))
        }
    }

    private func reason(for failure: SystemFailure) -> String {
        switch (self, failure.code) {
        case (.ioUring, ENOSYS): "this kernel has no io_uring, or one from before Linux 5.19"
        case (.ioUring, EPERM), (.ioUring, EACCES):
            "io_uring is forbidden here, by kernel.io_uring_disabled or a filter of system calls"
        case (.kqueue, ENOSYS): "only macOS and BSD have it"
        default: failure.description
        }
    }
}

/// Why there is no poller of the kind asked for.
public enum PollerFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// No kind has this name.
    case unknown(name: String)

    /// This machine has no such poller, or no room for one.
    case unavailable(PollerKind, reason: String)

    /// What is wrong, without the name.
    public var reason: String {
        switch self {
        case .unknown(let name):
            "there is no such reactor; there are \(PollerKind.names(PollerKind.allCases))" + suggestion(for: name)
        case .unavailable(_, let reason): reason
        }
    }

    private func suggestion(for name: String) -> String {
        Spelling.nearest(to: name.lowercased(), among: PollerKind.allCases.map(\.rawValue))
            .map { "; did you mean \($0)?" } ?? ""
    }

    /// What is wrong, beginning with the name asked for.
    public var description: String {
        switch self {
        case .unknown(let name): "\"\(name)\": \(reason)"
        case .unavailable(let kind, _): "\(kind) is not available: \(reason)"
        }
    }
}

extension Reactor {
    /// Makes a reactor with a poller chosen by kind.
    ///
    /// - Throws: ``PollerFailure`` when the machine has no such poller, ``SystemFailure`` when the kernel refuses a
    ///   descriptor.
    public convenience init(_ kind: PollerKind, time: any MonotonicTime = SystemMonotonicTime()) throws {
        try self.init(poller: kind.makePoller(), time: time)
    }
}
