@testable import TelnetWire

/// The octets of commands, for tables.
let iac: UInt8 = 255
let will: UInt8 = 251
let wont: UInt8 = 252
let doIt: UInt8 = 253
let dont: UInt8 = 254
let sb: UInt8 = 250
let se: UInt8 = 240

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func negotiation(_ verb: UInt8, _ option: TelnetOption) -> [UInt8] { [iac, verb, option.rawValue] }

func subnegotiation(_ option: TelnetOption, _ payload: [UInt8]) -> [UInt8] {
    [iac, sb, option.rawValue] + payload + [iac, se]
}

/// The actions that the pieces cause, one after the other.
func actions(
    of pieces: [[UInt8]], role: TelnetRole = .server, policy: TelnetPolicy = .server, starts: Bool = true
) -> [TelnetAction] {
    let machine = TelnetProbe(role: role, policy: policy)
    if starts { _ = machine.start() }
    var result: [TelnetAction] = []
    for piece in pieces {
        machine.receive(piece)
        result += machine.drain()
    }
    return result
}

/// Holds a machine, which the macros of the tests cannot take by themselves because it is not copyable.
final class TelnetProbe {
    private var machine: TelnetMachine

    init(role: TelnetRole, policy: TelnetPolicy) {
        machine = TelnetMachine(role: role, policy: policy)
    }

    var promptMark: [UInt8] { machine.promptMark() }
    var heldOctets: Int { machine.subnegotiation.heldOctets }

    func start() -> [UInt8] { machine.start() }
    func receive(_ octets: [UInt8]) { machine.receive(octets) }
    func nextAction() -> TelnetAction? { machine.nextAction() }
    func setEcho(hidden: Bool) -> [UInt8] { machine.setEcho(hidden: hidden) }
    func resizeWindow(_ window: TelnetWindowSize) -> [UInt8] { machine.resizeWindow(window) }
    func isEnabled(_ option: TelnetOption, _ side: TelnetSide) -> Bool { machine.isEnabled(option, side) }

    func drain() -> [TelnetAction] {
        var result: [TelnetAction] = []
        while let action = machine.nextAction() { result.append(action) }
        return result
    }
}

/// The octets of all sends.
func sent(_ actions: [TelnetAction]) -> [UInt8] {
    actions.flatMap { action in
        if case .send(let octets) = action { return octets }
        return []
    }
}

func lines(_ actions: [TelnetAction]) -> [String] {
    actions.compactMap { action in
        if case .line(let octets) = action { return String(decoding: octets, as: UTF8.self) }
        return nil
    }
}
