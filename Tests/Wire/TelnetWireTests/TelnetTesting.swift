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

/// The actions that the pieces cause, one after the other, in the form that does not depend on how they are cut.
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
    return settled(result)
}

/// Joins octets that follow each other, and takes the last of the window sizes that do.
func settled(_ actions: [TelnetAction]) -> [TelnetAction] {
    var windows: [TelnetAction] = []
    var before: TelnetAction?
    var latest: TelnetAction?
    for action in actions {
        if case .windowSize = action {
            latest = action
            continue
        }
        if let window = latest, window != before { windows.append(window) }
        before = latest ?? before
        latest = nil
        windows.append(action)
    }
    if let window = latest, window != before { windows.append(window) }
    var result: [TelnetAction] = []
    for action in windows {
        if case .octets(let more) = action, case .octets(let octets)? = result.last {
            result[result.count - 1] = .octets(octets + more)
        } else {
            result.append(action)
        }
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
    var heldOctets: Int { machine.collected.heldOctets }

    func start() -> [UInt8] { machine.start() }
    var outputIsCompressed: Bool { machine.outputIsCompressed }
    var inputIsCompressed: Bool { machine.inputIsCompressed }

    /// Gives the machine everything; what is deflated is taken to be its own inflated form.
    func receive(_ octets: [UInt8]) {
        var rest = octets[...]
        while !rest.isEmpty { rest = rest.dropFirst(machine.receive(Array(rest))) }
    }

    /// Gives the machine one piece, and answers how much of it was taken.
    func take(_ octets: [UInt8]) -> Int { machine.receive(octets) }
    func nextAction() -> TelnetAction? { machine.nextAction() }
    func setEcho(hidden: Bool) -> [UInt8] { machine.setEcho(hidden: hidden) }
    func setCharacterMode(_ enabled: Bool) -> [UInt8] { machine.setCharacterMode(enabled) }
    func textSent() { machine.textSent() }
    func offer(_ option: TelnetOption) -> [UInt8] { machine.offer(option) }
    func withdraw(_ option: TelnetOption) -> [UInt8] { machine.withdraw(option) }
    func message(_ option: TelnetOption, _ payload: [UInt8]) -> [UInt8] { machine.subnegotiation(option, payload) }
    func stopCompressing() -> [UInt8] { machine.stopCompressing() }
    func compressedInputEnded() { machine.compressedInputEnded() }
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
