/// Splits a telnet stream into lines, signals and negotiation, and negotiates.
///
/// One machine serves one connection in one role. It performs no I/O and reads no clock: feed it what
/// arrives, drain ``nextAction()`` until it is nil, and write what it returns.
///
/// ```text
///   octet ≠ IAC                             text
///   IAC IAC                                 the octet 255 as text
///   IAC WILL|WONT|DO|DONT  option           3 octets
///   IAC SB option  payload  IAC SE          5 octets or more; IAC in the payload is doubled
///   IAC command                             2 octets; an unknown command is skipped
/// ```
///
/// | State | Accepts | Moves to |
/// | --- | --- | --- |
/// | `text` | any octet | `text`; `command` after IAC |
/// | `command` | any octet | `text`; `negotiation` after WILL…DONT; `subnegotiationOption` after SB |
/// | `negotiation` | the option | `text` |
/// | `subnegotiationOption` | the option | `subnegotiation` |
/// | `subnegotiation` | any octet | itself; `subnegotiationCommand` after IAC |
/// | `subnegotiationCommand` | IAC, SE, or what a peer that forgot SE sends | `subnegotiation`, `text`, … |
///
/// However the input is cut, the actions are the same.
///
/// - Isolation: none; a value type with one owner.
/// - Limits: ``TelnetLimits``. The queue gets at most one action for each octet received; drain it after each call.
/// - Source: RFC 854, RFC 855, RFC 1143.
/// - SeeAlso: `TelnetWireTests/TelnetMachineTests`.
package struct TelnetMachine: ~Copyable {
    enum State {
        case text
        case command
        case negotiation(TelnetCommand)
        case subnegotiationOption
        case subnegotiation
        case subnegotiationCommand
    }

    let role: TelnetRole
    var policy: TelnetPolicy
    var state = State.text
    var line: TelnetInputLine
    var options = TelnetOptionTable()
    var budget = TelnetReplyBudget()
    var subnegotiation = TelnetSubnegotiation()
    var terminal = TelnetTerminalDialogue()
    var lastWindow: TelnetWindowSize?
    private var actions: [TelnetAction] = []
    private var nextIndex = 0

    package init(role: TelnetRole, policy: TelnetPolicy) {
        self.role = role
        self.policy = policy
        line = TelnetInputLine(limit: policy.lineLimit, edits: role == .server)
    }

    /// The octets that open the conversation: the policy's offers and requests.
    ///
    /// Call it once, and write them before anything else.
    package mutating func start() -> [UInt8] {
        var octets: [UInt8] = []
        for option in policy.requests { octets += request(option, .remote, enabled: true) }
        for option in policy.offers { octets += request(option, .local, enabled: true) }
        return octets
    }

    /// Accepts octets that arrived and queues what they cause.
    ///
    /// - Parameter bytes: Octets in arrival order; any length, also empty.
    /// - Complexity: O(*n*); allocates for what is queued, not for each octet.
    package mutating func receive(_ bytes: Span<UInt8>) {
        var index = 0
        while index < bytes.count {
            if case .text = state {
                index += line.receivePrintable(bytes, from: index)
                if index == bytes.count { return }
                let octet = bytes[index]
                octet == TelnetCommand.interpretAsCommand.rawValue ? route(octet) : receiveText(octet)
            } else {
                route(bytes[index])
            }
            index += 1
        }
    }

    /// Accepts octets that arrived and queues what they cause.
    package mutating func receive(_ bytes: [UInt8]) {
        receive(bytes.span)
    }

    /// The oldest action not handed out yet, or nil.
    package mutating func nextAction() -> TelnetAction? {
        guard nextIndex < actions.count else {
            // What a flood made the queue grow to is not kept.
            actions.removeAll(keepingCapacity: actions.capacity <= 16)
            nextIndex = 0
            return nil
        }
        defer { nextIndex += 1 }
        return actions[nextIndex]
    }

    /// Hides or shows what the peer types from now on; around passwords only.
    ///
    /// - Returns: Octets to write, often none: while the peer still owes an answer, the wish waits for it.
    package mutating func setEcho(hidden: Bool) -> [UInt8] {
        request(.echo, .local, enabled: hidden)
    }

    /// What to write after a prompt that ends without a line end: EOR if agreed, else GA unless suppressed.
    package func promptMark() -> [UInt8] {
        if isEnabled(.endOfRecord, .local) { return Self.command(.endOfRecord) }
        return isEnabled(.suppressGoAhead, .local) ? [] : Self.command(.goAhead)
    }

    /// Whether an option is in force on one side.
    package func isEnabled(_ option: TelnetOption, _ side: TelnetSide) -> Bool {
        options[option, side].isEnabled
    }

    mutating func emit(_ action: TelnetAction) {
        actions.append(action)
    }

    static func command(_ command: TelnetCommand) -> [UInt8] {
        [TelnetCommand.interpretAsCommand.rawValue, command.rawValue]
    }

    private mutating func receiveText(_ octet: UInt8) {
        switch line.receive(octet) {
        case .none:
            break
        case .complete:
            budget.earnCourtesy()
            emit(.line(line.take()))
        case .overflow:
            emit(.lineTooLong)
        }
    }

    private mutating func route(_ octet: UInt8) {
        switch state {
        case .text:
            state = .command
        case .command:
            receiveCommand(TelnetCommand(rawValue: octet))
        case .negotiation(let verb):
            state = .text
            negotiate(verb, TelnetOption(rawValue: octet))
        case .subnegotiationOption:
            subnegotiation.begin(TelnetOption(rawValue: octet))
            state = .subnegotiation
        case .subnegotiation:
            if octet == TelnetCommand.interpretAsCommand.rawValue {
                state = .subnegotiationCommand
            } else {
                subnegotiation.append(octet)
            }
        case .subnegotiationCommand:
            receiveInsideSubnegotiation(TelnetCommand(rawValue: octet))
        }
    }

    private mutating func receiveInsideSubnegotiation(_ command: TelnetCommand) {
        switch command {
        case .interpretAsCommand:
            subnegotiation.append(command.rawValue)
            state = .subnegotiation
        case .endSubnegotiation:
            state = .text
            finishSubnegotiation()
        case .will, .wont, .doIt, .dont, .subnegotiation:
            // The peer forgot to end it; what it says now is whole.
            subnegotiation.abandon()
            receiveCommand(command)
        default:
            // An IAC that was not doubled: the payload is damaged, its end still comes.
            subnegotiation.spoil()
            state = .subnegotiation
        }
    }

    private mutating func receiveCommand(_ command: TelnetCommand) {
        state = .text
        switch command {
        case .interpretAsCommand:
            receiveText(command.rawValue)
        case .will, .wont, .doIt, .dont:
            state = .negotiation(command)
        case .subnegotiation:
            state = .subnegotiationOption
        case .interruptProcess, .breakSignal, .abort:
            line.eraseLine()
            emit(.interrupt)
        case .areYouThere:
            if budget.spendCourtesy() { emit(.areYouThere) }
        case .eraseCharacter:
            line.eraseCharacter()
        case .eraseLine:
            line.eraseLine()
            emit(.eraseLine)
        case .goAhead, .endOfRecord:
            if role == .client { emit(.prompt(line.take())) }
        default:
            break
        }
    }
}
