import ReactorCore
public import SSHWire

/// What a command wrote, and how it ended.
public struct SSHCommandResult: Hashable, Sendable {
    /// Octets that a command may write before it is given up.
    public static let longestOutput = 16 << 20

    /// What it wrote to standard output.
    public var output: [UInt8] = []
    /// What it wrote to standard error.
    public var errors: [UInt8] = []
    /// Its exit status; nil when the server told none, as when a signal has ended it.
    public var status: UInt32?
    /// The signal that has ended it.
    public var signal: SSHExitSignal?

    /// What it wrote to standard output, with what is no UTF-8 repaired.
    public var text: String { String(decoding: output, as: UTF8.self) }
}

/// Gathers what a command writes.
final class SSHCommandReader: SSHChannelHandler {
    let result = Deferred<SSHCommandResult>()
    private var gathered = SSHCommandResult()

    func opened(_ channel: SSHChannel) {}

    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) {
        if gathered.output.count + gathered.errors.count + octets.count > SSHCommandResult.longestOutput {
            if !result.isFired { result.fail(SSHClientFailure.refused("to come to an end of its output")) }
            return channel.abort()
        }
        octets.withUnsafeBufferPointer {
            if stream == .output { gathered.output += $0 } else { gathered.errors += $0 }
        }
    }

    func requested(_ request: SSHChannelRequest, on channel: SSHChannel) -> Deferred<Bool> {
        switch request {
        case .exitStatus(let status): gathered.status = status
        case .exitSignal(let signal): gathered.signal = signal
        default: return .succeeded(false)
        }
        return .succeeded(true)
    }

    func inputEnded(on channel: SSHChannel) {}

    func closed(_ channel: SSHChannel) {
        if !result.isFired { result.succeed(gathered) }
    }
}
