import GatewayCore
import ReactorCore
import SFTPWire
import SSHWire
import ShellPeers
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
    private var client = SSHSessionEnvironment()
    private var variableCount = 0
    /// Variables of which one takes notice; clients send a handful.
    private static let mostVariables = 64

    init(visit: SSHVisit) { self.visit = visit }

    func opened(_ channel: SSHChannel) { visit.channelOpened() }

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
                if let copying = SCPCommand(command), let files = SSHFiles(visit, channel, copying: copying) {
                    return files
                }
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
        visit.noteUse()
        service = make()
        service?.begin()
        return service != nil
    }

    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) {
        guard let service else { return }
        visit.noteUse()
        service.received(octets)
    }

    func inputEnded(on channel: SSHChannel) {
        if let service { service.inputEnded() } else { channel.close() }
    }

    func fellBehind(_ channel: SSHChannel) { service?.fellBehind() }
    func caughtUp(_ channel: SSHChannel) {
        if service != nil { visit.noteUse() }
        service?.caughtUp()
    }

    func closed(_ channel: SSHChannel) {
        if service != nil { visit.noteUse() }
        service?.closed()
        service = nil
        visit.channelClosed()
    }
}
