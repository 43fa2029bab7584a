import Basics
import Glibc
import ReactorCore
import Testing
import Transports

/// A reactor and the children it starts.
final class ChildHarness {
    let reactor: Reactor

    init() throws { reactor = try Reactor() }

    deinit { expectNoLeftovers(reactor) }

    func start(
        _ program: String, _ arguments: [String] = [], _ change: (inout ChildOptions) -> Void = { _ in }
    ) throws -> ChildRecorder {
        var options = ChildOptions(arguments)
        change(&options)
        let recorder = ChildRecorder()
        try reactor.startChild(program, options, delegate: recorder)
        return recorder
    }

    /// Runs `/bin/sh -c script`.
    func shell(_ script: String, _ change: (inout ChildOptions) -> Void = { _ in }) throws -> ChildRecorder {
        try start("/bin/sh", ["-c", script], change)
    }

    func run(sourceLocation: SourceLocation = #_sourceLocation, until condition: () -> Bool) throws {
        let start = reactor.now
        while !condition(), start.duration(to: reactor.now) < .seconds(30) {
            reactor.runOnePass(waitingAtMost: .milliseconds(200))
        }
        try #require(condition(), "the condition does not come true in 30 s", sourceLocation: sourceLocation)
    }

    /// Runs a child to its end.
    func finish(_ recorder: ChildRecorder, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try run(sourceLocation: sourceLocation) { recorder.ended != nil }
    }
}

/// Writes down what is heard of a child.
final class ChildRecorder: ChildDelegate {
    private(set) var child: ChildProcess?
    private(set) var octets: [Int32: [UInt8]] = [:]
    private(set) var events: [String] = []
    private(set) var exited: ChildStatus?
    private(set) var ended: ChildStatus?
    var onData: ((ChildProcess, Int32) -> Void)?

    func text(_ channel: Int32 = 1) -> String { String(decoding: octets[channel] ?? [], as: UTF8.self) }

    func childStarted(_ child: ChildProcess) {
        self.child = child
        events.append("started")
    }

    func childDataReceived(_ bytes: Span<UInt8>, from channel: Int32) {
        for index in bytes.indices { octets[channel, default: []].append(bytes[index]) }
        if let child { onData?(child, channel) }
    }

    func childChannelClosed(_ channel: Int32) { events.append("closed \(channel)") }

    func childExited(_ status: ChildStatus) {
        exited = status
        events.append("exited")
    }

    func childEnded(_ status: ChildStatus) {
        ended = status
        events.append("ended")
    }
}
