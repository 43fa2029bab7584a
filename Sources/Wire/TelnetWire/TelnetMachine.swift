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
/// However the input is cut, the actions are the same, but for the pieces of octets and for window sizes that follow
/// each other, of which the last one of a call counts.
///
/// Nothing waits for an answer, so there is no time-out: what the peer does not answer stays as it was, text may be
/// written at once, and each step that depends on an answer is taken when that comes, however late.
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
    var collected = TelnetSubnegotiation()
    var terminal = TelnetTerminalDialogue()
    var characterSet = TelnetCharacterSetDialogue()
    var environmentRounds = 0
    /// What the owner wants of the keyboard, agreed or not.
    var hidesInput = false
    var wantsCharacters = false
    /// Which of ECHO and SGA we have ended without having heard the DONT that answers: some clients never say it.
    var endedKeyboard: Set<TelnetOption> = []
    /// Whether text comes as octets now rather than as lines.
    var deliversOctets: Bool
    /// Whether what is written now has to be deflated.
    package internal(set) var outputIsCompressed = false
    /// Whether what comes after the octets taken has to be inflated before the machine sees it.
    package internal(set) var inputIsCompressed = false
    /// Whether the octet just taken is the last one of its call.
    var stopsTaking = false
    var queue = TelnetActionQueue()

    package init(role: TelnetRole, policy: TelnetPolicy) {
        self.role = role
        self.policy = policy
        deliversOctets = policy.deliversOctets
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
    /// - Returns: How many octets were taken: all, unless the rest is deflated (``inputIsCompressed``). Inflate the rest
    ///   and what follows, and call again with the outcome.
    /// - Complexity: O(*n*); allocates for what is queued, not for each octet.
    @discardableResult
    package mutating func receive(_ bytes: Span<UInt8>) -> Int {
        var index = 0
        stopsTaking = false
        while index < bytes.count, !stopsTaking {
            if case .text = state {
                if deliversOctets {
                    let keys = line.receiveKeys(bytes, from: index)
                    if !keys.isEmpty { queue.append(keys: keys) }
                    index += keys.count
                } else {
                    index += line.receivePrintable(bytes, from: index)
                }
                if index == bytes.count { break }
                let octet = bytes[index]
                octet == TelnetCommand.interpretAsCommand.rawValue ? route(octet) : receiveText(octet)
            } else {
                route(bytes[index])
            }
            index += 1
        }
        queue.settle()
        return index
    }

    /// Accepts octets that arrived and queues what they cause; see the other form.
    @discardableResult
    package mutating func receive(_ bytes: [UInt8]) -> Int {
        receive(bytes.span)
    }

    /// The oldest action not handed out yet, or nil.
    package mutating func nextAction() -> TelnetAction? {
        queue.next()
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
        queue.append(action)
    }

    static func command(_ command: TelnetCommand) -> [UInt8] {
        [TelnetCommand.interpretAsCommand.rawValue, command.rawValue]
    }

    private mutating func receiveText(_ octet: UInt8) {
        if deliversOctets {
            guard let key = line.receiveKey(octet) else { return }
            if key == 0x0D { budget.earnCourtesy() }
            return queue.append(key: key)
        }
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
            let option = TelnetOption(rawValue: octet)
            collected.begin(option, limit: subnegotiationLimit(option))
            state = .subnegotiation
        case .subnegotiation:
            if octet == TelnetCommand.interpretAsCommand.rawValue {
                state = .subnegotiationCommand
            } else {
                collected.append(octet)
            }
        case .subnegotiationCommand:
            receiveInsideSubnegotiation(TelnetCommand(rawValue: octet))
        }
    }

    private mutating func receiveInsideSubnegotiation(_ command: TelnetCommand) {
        switch command {
        case .interpretAsCommand:
            collected.append(command.rawValue)
            state = .subnegotiation
        case .endSubnegotiation:
            state = .text
            finishSubnegotiation()
        case .will, .wont, .doIt, .dont, .subnegotiation:
            // The peer forgot to end it; what it says now is whole.
            collected.spoil()
            receiveCommand(command)
        default:
            // An IAC that was not doubled: the payload is damaged, its end still comes.
            collected.spoil()
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
        case .abortOutput:
            emit(.abortOutput)
        case .eraseCharacter:
            // The erasing key of most terminals, for an owner that edits by itself.
            deliversOctets ? receiveText(0x7F) : line.eraseCharacter()
        case .eraseLine:
            line.eraseLine()
            emit(.eraseLine)
        case .goAhead, .endOfRecord:
            if role == .client { emit(.prompt(line.take())) }
        default:
            // NOP and a data mark without urgent data mean nothing, SUSP and EOF belong to LINEMODE, others to nobody.
            break
        }
    }
}
