// WILL, WONT, DO and DONT: what the peer says about an option, and what we say.
//
//   IAC verb option        3 octets; RFC 855 and RFC 1143
extension TelnetMachine {
    /// Asks for an option or for its end on our own account.
    mutating func request(_ option: TelnetOption, _ side: TelnetSide, enabled: Bool) -> [UInt8] {
        let answer = enabled ? options[option, side].requestEnable() : options[option, side].requestDisable()
        return Self.statement(answer, option, side) ?? []
    }

    /// Takes one statement of the peer; answers only what changes something, within the budget.
    mutating func negotiate(_ verb: TelnetCommand, _ option: TelnetOption) {
        if option == .timingMark { return answerTimingMark(verb) }
        let side: TelnetSide = verb == .doIt || verb == .dont ? .local : .remote
        let affirms = verb == .doIt || verb == .will
        let before = options[option, side]
        var after = before
        let answer =
            affirms
            ? after.receiveAffirmation(willing: policy.isWilling(option, side)) : after.receiveDenial()
        if answer != .nothing {
            // Our own queued wish is not drawn by the peer and always goes out.
            let isOurWish = before == .wantNoOpposite || before == .wantYesOpposite
            let isAllowed = isOurWish || spendReply(option)
            // An agreement that cannot be spoken must not be entered; an end needs no words.
            if !isAllowed && answer == .affirm { return }
            if isAllowed, let octets = Self.statement(answer, option, side) { emit(.send(octets)) }
        }
        options[option, side] = after
        if before.isEnabled != after.isEnabled {
            emit(.optionChanged(option, side, enabled: after.isEnabled))
            if after.isEnabled { optionEnabled(option, side) }
        }
    }

    /// What agreeing to an option makes us say next.
    private mutating func optionEnabled(_ option: TelnetOption, _ side: TelnetSide) {
        switch (option, side) {
        case (.terminalType, .remote):
            askTerminalType()
        case (.windowSize, .local):
            sendWindowSize()
        default:
            break
        }
    }

    /// A timing mark is an event, not a state: each DO gets its answer (RFC 860).
    private mutating func answerTimingMark(_ verb: TelnetCommand) {
        if verb == .doIt, budget.spendCourtesy(), let octets = Self.statement(.affirm, .timingMark, .local) {
            emit(.send(octets))
        } else if verb == .will, spendReply(.timingMark),
            let octets = Self.statement(.deny, .timingMark, .remote)
        {
            emit(.send(octets))
        }
    }

    private mutating func spendReply(_ option: TelnetOption) -> Bool {
        budget.hasReply && options.spendReply(option) && budget.spendReply()
    }

    private static func statement(
        _ answer: TelnetOptionState.Answer, _ option: TelnetOption, _ side: TelnetSide
    ) -> [UInt8]? {
        let verb: TelnetCommand
        switch (answer, side) {
        case (.nothing, _): return nil
        case (.affirm, .local): verb = .will
        case (.deny, .local): verb = .wont
        case (.affirm, .remote): verb = .doIt
        case (.deny, .remote): verb = .dont
        }
        return command(verb) + [option.rawValue]
    }
}
