// WILL, WONT, DO and DONT: what the peer says about an option, and what we say.
//
//   IAC verb option        3 octets; RFC 855 and RFC 1143
extension TelnetMachine {
    /// Offers an option of ours in play, one that the policy need not name; the peer's answer comes as an action.
    ///
    /// - Returns: Octets to write, none when it is in force or under way.
    package mutating func offer(_ option: TelnetOption) -> [UInt8] {
        request(option, .local, enabled: true)
    }

    /// Ends an option of ours, or takes back its offer.
    ///
    /// - Returns: Octets to write, none when it is not in force or the end waits for an answer.
    package mutating func withdraw(_ option: TelnetOption) -> [UInt8] {
        request(option, .local, enabled: false)
    }

    /// Asks for an option or for its end on our own account.
    mutating func request(_ option: TelnetOption, _ side: TelnetSide, enabled: Bool) -> [UInt8] {
        let answer = enabled ? options[option, side].requestEnable() : options[option, side].requestDisable()
        return Self.statement(answer, option, side) ?? []
    }

    /// Takes one statement of the peer; answers only what changes something, within the budget.
    mutating func negotiate(_ verb: TelnetCommand, _ option: TelnetOption) {
        if option == .timingMark { return answerTimingMark(verb) }
        if answersEnd(verb, option) { return }
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
            let isRepeatedRefusal = before == .no && answer == .deny && !options.noteRefusal(option, side)
            let isAllowed = isOurWish || (!isRepeatedRefusal && spendReply(option))
            // An agreement that cannot be spoken must not be entered; an end needs no words.
            if !isAllowed && answer == .affirm { return }
            if isAllowed, let octets = Self.statement(answer, option, side) { emit(.send(octets)) }
        }
        options[option, side] = after
        if before.isEnabled != after.isEnabled {
            emit(.optionChanged(option, side, enabled: after.isEnabled))
        }
        optionMoved(option, side, from: before, to: after)
    }

    /// What an option's new state makes us say or do next.
    private mutating func optionMoved(
        _ option: TelnetOption, _ side: TelnetSide, from before: TelnetOptionState, to after: TelnetOptionState
    ) {
        guard before != after else { return }
        if side == .local, option == .echo || option == .suppressGoAhead {
            finishEnd(of: option)
            keyboardChanged(option, isRefused: after == .no)
        }
        if before.isEnabled, !after.isEnabled { compressionDisabled(option) }
        // What ends again at once, because we wish so, is not begun.
        guard after == .yes, !before.isEnabled else { return }
        switch (option, side) {
        case (.terminalType, .remote): askTerminalType()
        case (.windowSize, .local): sendWindowSize()
        case (.newEnvironment, .remote): askEnvironment()
        case (.characterSet, .local): askCharacterSet()
        case (.mccp2, _), (.mccp3, _): compressionEnabled(option)
        default: break
        }
    }

    /// A timing mark is an event, not a state: each DO gets its answer (RFC 860).
    private mutating func answerTimingMark(_ verb: TelnetCommand) {
        if verb == .doIt, budget.spendCourtesy(), let octets = Self.statement(.affirm, .timingMark, .local) {
            emit(.send(octets))
        } else if verb == .will, options.noteRefusal(.timingMark, .remote), spendReply(.timingMark),
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
