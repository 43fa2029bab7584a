// What is said between IAC SB and IAC SE.
extension TelnetMachine {
    /// Client: tells the server that the window has another size now.
    ///
    /// - Returns: Octets to write; none until NAWS is agreed.
    package mutating func resizeWindow(_ window: TelnetWindowSize) -> [UInt8] {
        policy.window = window
        return subnegotiation(.windowSize, window.payload)
    }

    /// Encodes one message, such as one of GMCP; IAC in the payload is doubled.
    ///
    /// - Returns: Octets to write; none while the option is in force on neither side.
    package func subnegotiation(_ option: TelnetOption, _ payload: [UInt8]) -> [UInt8] {
        isAgreed(option) ? option.subnegotiation(payload) : []
    }

    /// Whether an option is in force on either side.
    func isAgreed(_ option: TelnetOption) -> Bool {
        isEnabled(option, .local) || isEnabled(option, .remote)
    }

    /// How much is kept of a subnegotiation; nil for what nobody reads now.
    func subnegotiationLimit(_ option: TelnetOption) -> Int? {
        guard isAgreed(option) else { return nil }
        switch option {
        case .windowSize: return 5
        case .terminalType: return 1 + TelnetLimits.terminalTypeOctets
        case .newEnvironment, .characterSet, .msdp, .mssp, .mxp: return TelnetLimits.subnegotiationOctets
        case .gmcp: return TelnetLimits.gmcpOctets
        case .mccp2, .mccp3: return 0
        default: return nil
        }
    }

    mutating func finishSubnegotiation() {
        let (option, isCut) = (collected.option, collected.isCut)
        guard let payload = collected.finish() else { return }
        switch option {
        case .windowSize where isEnabled(.windowSize, .remote):
            if let window = TelnetWindowSize(payload: payload) { queue.append(window: window) }
        case .terminalType:
            receiveTerminalType(payload)
        case .newEnvironment:
            receiveEnvironment(payload)
        case .characterSet:
            if !isCut { receiveCharacterSet(payload) }
        case .msdp, .mssp, .mxp, .gmcp:
            // The end of such a message belongs to its meaning: what was cut is worth nothing.
            if !isCut { emit(.message(option, payload)) }
        case .mccp2, .mccp3:
            if !isCut { receiveCompressionMark(option) }
        default:
            break
        }
    }

    mutating func askTerminalType() {
        if terminal.ask(), budget.spendReply() {
            emit(.send(TelnetOption.terminalType.subnegotiation(TelnetTerminalType.send.payload)))
        }
    }

    mutating func sendWindowSize() {
        emit(.send(TelnetOption.windowSize.subnegotiation(policy.window.payload)))
    }

    mutating func askEnvironment() {
        guard !policy.environment.isEmpty, spendEnvironmentRound() else { return }
        emit(.send(TelnetOption.newEnvironment.subnegotiation(TelnetEnvironment.send(policy.environment).payload)))
    }

    mutating func askCharacterSet() {
        guard !policy.characterSets.isEmpty, characterSet.ask() else { return }
        say(.request(policy.characterSets))
    }

    private mutating func receiveTerminalType(_ payload: [UInt8]) {
        switch TelnetTerminalType(payload: payload) {
        case .name(let name) where isEnabled(.terminalType, .remote):
            guard terminal.receive(name) else { return }
            if let features = TelnetTerminalFeatures(terminalType: name) {
                emit(.terminalFeatures(features))
            } else {
                emit(.terminalType(name))
            }
            askTerminalType()
        case .send where isEnabled(.terminalType, .local):
            guard let name = terminal.answer(from: policy.terminalTypes), budget.spendReply() else { return }
            emit(.send(TelnetOption.terminalType.subnegotiation(TelnetTerminalType.name(name).payload)))
        default:
            break
        }
    }

    private mutating func receiveEnvironment(_ payload: [UInt8]) {
        switch TelnetEnvironment(payload: payload) {
        case .tell(let variables), .update(let variables):
            guard isEnabled(.newEnvironment, .remote) else { return }
            for variable in variables {
                guard let value = variable.value, policy.environment.contains(where: { $0.name == variable.name })
                else { continue }
                emit(.environment(name: variable.name, value: value))
            }
        case .send(let asked):
            guard isEnabled(.newEnvironment, .local), spendEnvironmentRound() else { return }
            let answer = TelnetEnvironment.tell(answers(to: asked)).payload
            emit(.send(TelnetOption.newEnvironment.subnegotiation(answer)))
        case nil:
            break
        }
    }

    /// Client: the variables asked for, in the order asked; what we have not got is named without a value.
    private func answers(to asked: [TelnetVariable]) -> [TelnetVariable] {
        if asked.isEmpty { return policy.environment }
        return asked.flatMap { question in
            let known = policy.environment.filter { $0.kind == question.kind }
            if question.name.isEmpty { return known }
            return [known.first { $0.name == question.name } ?? TelnetVariable(question.kind, question.name)]
        }
    }

    private mutating func spendEnvironmentRound() -> Bool {
        guard environmentRounds < TelnetLimits.dialogueRounds, budget.spendReply() else { return false }
        environmentRounds += 1
        return true
    }

    private mutating func receiveCharacterSet(_ payload: [UInt8]) {
        switch TelnetCharacterSet(payload: payload) {
        case .request(let names):
            answerCharacterSets(names)
        case .accepted(let name):
            if characterSet.receiveAnswer(), let known = ours(name) { emit(.characterSet(known)) }
        case .rejected:
            _ = characterSet.receiveAnswer()
        case .table:
            if characterSet.spend() { say(.tableRejected) }
        case .tableRejected, nil:
            break
        }
    }

    /// Two lists that cross would be answered twice over: the server's is the one that counts (RFC 2066).
    private mutating func answerCharacterSets(_ names: [String]) {
        guard role == .client || !characterSet.isWaiting else {
            if characterSet.spend() { say(.rejected) }
            return
        }
        _ = characterSet.receiveAnswer()
        guard characterSet.spend() else { return }
        for known in policy.characterSets {
            guard let name = names.first(where: { $0.lowercased() == known.lowercased() }) else { continue }
            say(.accepted(name))
            return emit(.characterSet(known))
        }
        say(.rejected)
    }

    private func ours(_ name: String) -> String? {
        policy.characterSets.first { $0.lowercased() == name.lowercased() }
    }

    private mutating func say(_ message: TelnetCharacterSet) {
        guard budget.spendReply() else { return }
        emit(.send(TelnetOption.characterSet.subnegotiation(message.payload)))
    }
}
