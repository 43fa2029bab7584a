import CLinux
import Glibc

extension Reactor {
    /// Calls `body` on this reactor's thread whenever the process receives `signal`.
    ///
    /// A signal belongs to one reactor of the process, the one that asked last; a second call for the
    /// same signal replaces the body. When the reactor goes away the signal gets the action back that it had before.
    /// Signals that arrive faster than passes may be joined.
    ///
    /// - Parameters:
    ///   - signal: The signal's number.
    ///   - respectingIgnored: Whether a signal that the process ignores stays ignored. Shells have background programs ignore
    ///     SIGINT, and `nohup` SIGHUP; who only wants to end on these should leave them so.
    ///   - body: The call.
    public func onSignal(_ signal: Int32, respectingIgnored: Bool = false, _ body: @escaping () -> Void) {
        if respectingIgnored, clinux_signal_is_ignored(signal) != 0 { return }
        do throws(SystemFailure) {
            if signals == nil { signals = try SignalSource(reactor: self) }
            try signals?.route(signal, to: body)
        } catch {
            log("signal \(signal) cannot be handled: \(error)")
        }
    }

    /// Gives a signal that ``onSignal(_:respectingIgnored:_:)`` took its former action back; any other stays as it is.
    public func forgetSignal(_ signal: Int32) { signals?.unroute(signal) }
}

/// Receives signals as bytes on a pipe and makes the calls they stand for.
final class SignalSource: DescriptorHandler {
    private let readEnd: Int32
    private let writeEnd: Int32
    private var bodies: [Int32: () -> Void] = [:]

    init(reactor: Reactor) throws(SystemFailure) {
        var ends: [Int32] = [-1, -1]
        guard unsafe clinux_pipe(&ends) == 0 else { throw SystemFailure(call: "pipe2") }
        (readEnd, writeEnd) = (ends[0], ends[1])
        try reactor.add(self, for: readEnd, interest: .read)
    }

    deinit {
        for signal in bodies.keys { clinux_signal_unroute(signal, writeEnd) }
        close(readEnd)
        close(writeEnd)
    }

    func route(_ signal: Int32, to body: @escaping () -> Void) throws(SystemFailure) {
        guard clinux_signal_route(signal, writeEnd) == 0 else { throw SystemFailure(call: "sigaction") }
        bodies[signal] = body
    }

    func unroute(_ signal: Int32) {
        guard bodies.removeValue(forKey: signal) != nil else { return }
        clinux_signal_unroute(signal, writeEnd)
    }

    func descriptorReady(_ readiness: Readiness) {
        var numbers = [UInt8](repeating: 0, count: 64)
        let count = unsafe read(readEnd, &numbers, numbers.count)
        for number in numbers.prefix(max(0, count)) { bodies[Int32(number)]?() }
    }
}
