import Glibc
public import ReactorCore

/// How a child process is to be started.
///
/// ```swift
/// var options = ChildOptions(["-u"])
/// options.environment = ["LC_ALL": "C"]
/// let child = try reactor.startChild("sort", options, delegate: sorter)
/// ```
public struct ChildOptions: Sendable {
    /// What the program is told after its own name.
    public var arguments: [String]

    /// All its variables; nil gives it those of this process.
    public var environment: [String: String]?

    /// The folder it begins in; nil is that of this process.
    public var directory: String?

    /// The descriptors it has, by its own numbers, and no others; three pipes unless changed.
    public var channels: [Int32: ChildChannel] = [0: .writes, 1: .reads, 2: .reads]

    /// Gives it a terminal of this size as descriptors 0, 1 and 2, in place of ``channels`` of these numbers.
    ///
    /// What it writes arrives as from descriptor 1, and what is written to descriptor 0 is typed.
    public var terminal: TerminalSize?

    /// Whether it leads a session of its own, so that signals typed at our terminal do not reach it; one with a terminal
    /// always does.
    public var startsSession = false

    /// The user to run as, which needs root's rights.
    public var user: UInt32?

    /// The group to run as, which needs root's rights; it is the only one the child has.
    public var group: UInt32?

    /// When a producer of what the child reads is paused and resumed.
    public var waterMarks = WaterMarks.standard

    /// False does without a descriptor of the process, as where the kernel has none.
    package var isWatchedByDescriptor = true

    /// Makes the usual options: three pipes, our environment and folder.
    public init(_ arguments: [String] = []) {
        self.arguments = arguments
    }
}

/// What a child has as one of its descriptors.
public enum ChildChannel: Hashable, Sendable {
    /// A pipe that we write and the child reads.
    case writes

    /// A pipe that the child writes and we read.
    case reads

    /// A copy of a descriptor of ours.
    case shared(Int32)

    /// `/dev/null`.
    case null
}

/// The size of a terminal, in characters.
public struct TerminalSize: Hashable, Sendable {
    /// Lines.
    public var rows: UInt16

    /// Characters of one line.
    public var columns: UInt16

    /// Makes a size; a VT100 had 24 lines of 80.
    public init(rows: UInt16 = 24, columns: UInt16 = 80) {
        self.rows = rows
        self.columns = columns
    }
}

/// How a child process ended.
public enum ChildStatus: Hashable, Sendable, CustomStringConvertible {
    /// It ended by itself with this exit status; 0 says that all went well.
    case exited(Int32)

    /// A signal ended it.
    case killed(signal: Int32, dumpedCore: Bool)

    /// Whether it ended by itself and says that all went well.
    public var isSuccess: Bool { self == .exited(0) }

    /// The end in words.
    public var description: String {
        switch self {
        case .exited(let code): "exited with status \(code)"
        case .killed(let signal, let dumpedCore): "killed by signal \(signal)" + (dumpedCore ? " (core dumped)" : "")
        }
    }
}

/// Why a child process could not be started.
public struct ChildStartFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The program as it was asked for.
    public let program: String

    /// What the kernel said; the call is `execve` when the program itself is the trouble.
    public let cause: SystemFailure

    /// The failure in one line.
    public var description: String { "cannot start \(program): \(cause)" }
}

/// What hears of a child process.
///
/// The calls come in this order: ``childStarted(_:)``; any number of data and closed channels; then
/// ``childExited(_:)`` as soon as the process has ended, and ``childEnded(_:)`` when, besides, every channel is closed. A
/// grandchild that keeps a pipe open may write on between these two.
public protocol ChildDelegate: AnyObject {
    /// The program runs; keep `child` to write to it.
    func childStarted(_ child: ChildProcess)

    /// The child wrote to a descriptor; the memory is valid only inside the call.
    func childDataReceived(_ bytes: Span<UInt8>, from channel: Int32)

    /// A pipe was closed, by either side; called once for each.
    func childChannelClosed(_ channel: Int32)

    /// The process has ended, and is reaped; one that leads a session only with ``childEnded(_:)``.
    func childExited(_ status: ChildStatus)

    /// The process has ended and all its channels are closed; the last call.
    func childEnded(_ status: ChildStatus)
}

extension ChildDelegate {
    /// Does nothing.
    public func childStarted(_ child: ChildProcess) {}

    /// Drops the octets.
    public func childDataReceived(_ bytes: Span<UInt8>, from channel: Int32) {}

    /// Does nothing.
    public func childChannelClosed(_ channel: Int32) {}

    /// Does nothing.
    public func childExited(_ status: ChildStatus) {}
}
