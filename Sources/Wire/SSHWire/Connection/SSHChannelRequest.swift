import SSHKeys

/// Asks for something on one channel, or tells something about it.
///
/// ```text
///   98 │ uint32 channel │ string name │ boolean wants an answer │ fields of the request
/// ```
///
/// Texts are UTF-8; octets that are none become replacement characters. They are a peer's words: what is shown of them is
/// to be cleaned first.
///
/// - Limits: ``SSHChannelLimits``; a request whose fields are too long or damaged is refused, not the connection.
/// - Source: RFC 4254 sections 6.2 to 6.10, RFC 4335, and OpenSSH's PROTOCOL 2.1 and 2.5.
public enum SSHChannelRequest: Hashable, Sendable {
    /// `pty-req`: a terminal.
    case terminal(SSHTerminalRequest)
    /// `env`: a variable of the environment.
    case environment(name: String, value: String)
    /// `shell`: the usual program.
    case shell
    /// `exec`: a command.
    case execute(String)
    /// `subsystem`: a named service, such as `sftp`.
    case subsystem(String)
    /// `window-change`: the terminal has another size; never answered.
    case windowChange(SSHWindowSize)
    /// `signal`: a signal without `SIG`, such as `INT`; never answered.
    case signal(String)
    /// `break`: a break of that many milliseconds, 0 for the usual.
    case lineBreak(milliseconds: UInt32)
    /// `xon-xoff`: whether the client may stop and start output by itself.
    case flowControl(Bool)
    /// `exit-status`: the command has ended, with 0 for success.
    case exitStatus(UInt32)
    /// `exit-signal`: the command was ended by a signal.
    case exitSignal(SSHExitSignal)
    /// `eow@openssh.com`: nobody reads what is sent on this channel any more.
    case endOfWrite
    /// `auth-agent-req@openssh.com`: agent forwarding.
    case agentForwarding
    /// `x11-req`: forwarding of X11.
    case x11Forwarding
    /// `keepalive@openssh.com`: an answer, whichever, to know that the peer is there.
    case keepAlive
    /// Some other request, with its fields as they came.
    case other(name: String, fields: [UInt8])

    /// The name on the wire.
    public var name: String {
        switch self {
        case .terminal: "pty-req"
        case .environment: "env"
        case .shell: "shell"
        case .execute: "exec"
        case .subsystem: "subsystem"
        case .windowChange: "window-change"
        case .signal: "signal"
        case .lineBreak: "break"
        case .flowControl: "xon-xoff"
        case .exitStatus: "exit-status"
        case .exitSignal: "exit-signal"
        case .endOfWrite: "eow@openssh.com"
        case .agentForwarding: "auth-agent-req@openssh.com"
        case .x11Forwarding: "x11-req"
        case .keepAlive: "keepalive@openssh.com"
        case .other(let name, _): name
        }
    }

    /// Reads the fields of a request of that name.
    ///
    /// What follows the fields that are known is left alone, for the sake of later additions.
    ///
    /// - Throws: ``SSHDataFailure`` for fields that are damaged or too long.
    init(name: String, from reader: inout SSHReader) throws(SSHDataFailure) {
        switch name {
        case "pty-req": self = .terminal(try SSHTerminalRequest(from: &reader))
        case "env":
            let variable = try Self.text(from: &reader, limit: SSHChannelLimits.textByteCount)
            self = .environment(
                name: variable, value: try Self.text(from: &reader, limit: SSHChannelLimits.textByteCount))
        case "shell": self = .shell
        case "exec": self = .execute(try Self.text(from: &reader, limit: SSHChannelLimits.commandByteCount))
        case "subsystem": self = .subsystem(try Self.text(from: &reader, limit: SSHChannelLimits.textByteCount))
        case "window-change": self = .windowChange(try SSHWindowSize(from: &reader))
        case "signal": self = .signal(try Self.text(from: &reader, limit: SSHChannelLimits.nameByteCount))
        case "break": self = .lineBreak(milliseconds: try reader.uint32())
        case "xon-xoff": self = .flowControl(try reader.boolean())
        case "exit-status": self = .exitStatus(try reader.uint32())
        case "exit-signal": self = .exitSignal(try SSHExitSignal(from: &reader))
        case "eow@openssh.com": self = .endOfWrite
        case "auth-agent-req@openssh.com": self = .agentForwarding
        case "x11-req": self = .x11Forwarding
        case "keepalive@openssh.com": self = .keepAlive
        default: self = .other(name: name, fields: Array(reader.rest))
        }
    }

    func writeFields(to writer: inout SSHWriter) {
        switch self {
        case .terminal(let request): request.write(to: &writer)
        case .environment(let name, let value):
            writer.string(name)
            writer.string(value)
        case .execute(let text), .subsystem(let text), .signal(let text): writer.string(text)
        case .windowChange(let size): size.write(to: &writer)
        case .lineBreak(let number), .exitStatus(let number): writer.uint32(number)
        case .flowControl(let allowed): writer.boolean(allowed)
        case .exitSignal(let report): report.write(to: &writer)
        case .other(_, let fields): writer.raw(fields)
        case .shell, .endOfWrite, .agentForwarding, .x11Forwarding, .keepAlive: break
        }
    }

    private static func text(from reader: inout SSHReader, limit: Int) throws(SSHDataFailure) -> String {
        String(decoding: try reader.string(limit: limit), as: UTF8.self)
    }
}
