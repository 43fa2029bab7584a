import GatewayCore
import ReactorCore
import SFTPWire
import ShellPeers
import SSHWire
import TerminalWire
import WorldLanguage

/// A channel of the kind `session`: first what the client tells of its terminal, then what it wants there.
///
/// | Asked for | Is served by |
/// | --- | --- |
/// | a shell | ``SSHDoor``: the game |
/// | a command | ``SSHErrand``: one command, its answer and an exit status |
/// | the command `scp`, the subsystem `sftp` | ``SSHFiles``: the player's files |
/// | the subsystem `manhole` | ``Manhole``, for those who own the game |
///
/// - Isolation: belongs to the reactor's thread.
final class SSHSessionChannel: SSHChannelHandler {
    /// What serves the channel.
    private var service: (any SSHChannelService)?
    private let visit: SSHVisit
    private var client = SSHClient()
    private var variableCount = 0
    /// Variables of which one takes notice; clients send a handful.
    private static let mostVariables = 64

    init(visit: SSHVisit) { self.visit = visit }

    func opened(_ channel: SSHChannel) {}

    func requested(_ request: SSHChannelRequest, on channel: SSHChannel) -> Deferred<Bool> {
        .succeeded(take(request, on: channel))
    }

    private func take(_ request: SSHChannelRequest, on channel: SSHChannel) -> Bool {
        switch request {
        case .terminal(let terminal):
            if service != nil || client.terminal != nil { return false }
            client.terminal = terminal
            return true
        case .environment(let name, let value):
            variableCount += 1
            return service == nil && variableCount <= Self.mostVariables && client.note(value, ofVariable: name)
        case .shell: return begin { SSHDoor.open(visit, client, channel) }
        case .execute(let command):
            return begin {
                if let copying = SCPCommand(command), let files = SSHFiles(visit, channel, copying: copying) { return files }
                return SSHErrand(command, visit, client, channel)
            }
        case .subsystem("sftp"): return begin { SSHFiles(visit, channel) }
        case .subsystem("manhole"): return begin { Manhole.open(visit, client, channel) }
        case .windowChange(let size):
            client.terminal?.size = size
            service?.windowChanged(to: size)
            return true
        case .signal(let name):
            service?.signalled(name)
            return true
        case .lineBreak:
            service?.signalled("INT")
            return service != nil
        case .keepAlive: return true
        // Agents and windows of the client's are nothing to a game.
        case .agentForwarding, .x11Forwarding, .flowControl, .subsystem, .exitStatus, .exitSignal, .endOfWrite, .other:
            return false
        }
    }

    /// Begins what the channel is for, which is asked once.
    private func begin(_ make: () -> (any SSHChannelService)?) -> Bool {
        if service != nil { return false }
        service = make()
        service?.begin()
        return service != nil
    }

    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) { service?.received(octets) }

    func inputEnded(on channel: SSHChannel) {
        if let service { service.inputEnded() } else { channel.close() }
    }

    func fellBehind(_ channel: SSHChannel) { service?.fellBehind() }
    func caughtUp(_ channel: SSHChannel) { service?.caughtUp() }

    func closed(_ channel: SSHChannel) {
        service?.closed()
        service = nil
    }
}

/// What goes on on one channel.
protocol SSHChannelService: AnyObject {
    /// The client is told, behind this, that it is served.
    func begin()
    func received(_ octets: Span<UInt8>)
    /// The client will send no more.
    func inputEnded()
    func windowChanged(to size: SSHWindowSize)
    /// A signal without `SIG`.
    func signalled(_ name: String)
    func fellBehind()
    func caughtUp()
    /// The channel is gone; nothing follows.
    func closed()
}

extension SSHChannelService {
    func begin() {}
    func windowChanged(to size: SSHWindowSize) {}
    func signalled(_ name: String) {}
    func fellBehind() {}
    func caughtUp() {}
}

/// What a client has told of itself before it asks for something.
struct SSHClient {
    /// Its terminal; nil for a script.
    var terminal: SSHTerminalRequest?
    private var variables: [(name: String, value: String)] = []

    /// Takes a variable of the client's environment.
    ///
    /// - Returns: Whether it says something of the client.
    mutating func note(_ value: String, ofVariable name: String) -> Bool {
        var trial = TerminalProfile()
        guard trial.learn(value, ofVariable: name) else { return false }
        variables.append((name, value))
        return true
    }

    /// How it is written to.
    var profile: TerminalProfile {
        var profile = TerminalProfile()
        if let terminal { profile.learn(from: terminal) }
        for (name, value) in variables { _ = profile.learn(value, ofVariable: name) }
        // A script that reads the answer wants the words alone.
        if terminal == nil { profile.colour = .none }
        return profile
    }

    /// Text as the client's end of the channel has it: a terminal there wants both ends of a line, a script one.
    func octets(_ text: [UInt8]) -> [UInt8] {
        if terminal != nil { return text }
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count)
        for (place, octet) in text.enumerated() where octet != 0x0D || place + 1 == text.count || text[place + 1] != 0x0A {
            octets.append(octet)
        }
        return octets
    }
}
