import ShellPeers
import TelnetWire

/// What a client's program says and hears beside the text: GMCP, MSDP, MSSP, MXP.
extension TelnetDoor {
    /// Appends a message, such as one of GMCP; nothing while its option is not in force.
    func append(_ option: TelnetOption, _ payload: [UInt8], to bytes: inout [UInt8]) {
        bytes += connection?.message(option, payload) ?? []
    }
}
