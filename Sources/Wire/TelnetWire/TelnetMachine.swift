/// Which end of an option is meant.
package enum TelnetSide: Hashable, Sendable {
    case ours
    case theirs
}

/// What a ``TelnetMachine`` makes of the octets it gets.
package enum TelnetAction: Equatable, Sendable {
    /// A whole input line without its end; undecoded, without IAC, NUL and most control characters.
    case line([UInt8])
    /// A prompt or partial line ended with GA or EOR; only a client hears this.
    case prompt([UInt8])
    /// A line passed the limit; it was dropped up to its end. Said once a line, when the limit is passed.
    case lineTooLong
    /// Octets to send at once: the answer to a negotiation.
    case send([UInt8])
    case optionChanged(TelnetOption, TelnetSide, isOn: Bool)
    /// Clamped to ``TelnetLimits``; nil where the client does not know.
    case windowSize(columns: Int?, rows: Int?)
    case terminalType(String)
    case areYouThere
    /// Interrupt process, break or abort output.
    case interrupt
}

/// Splits a telnet stream into lines, commands and negotiations, and negotiates, for either end.
///
/// It performs no I/O and reads no clock: feed it octets, drain ``nextAction()``, send what `.send` holds at once.
///
/// ```text
///   IAC  command                       2 octets
///   IAC  WILL|WONT|DO|DONT  option     3 octets
///   IAC  SB  option  data…  IAC  SE    5 octets or more, IAC doubled inside
///   IAC  IAC                           the octet 255 as data
/// ```
///
/// | State | Octet | Moves to |
/// | --- | --- | --- |
/// | `text` | any | `text`; `afterReturn` after CR; `command` after IAC |
/// | `afterReturn` | LF, NUL (dropped) or any other | `text` |
/// | `command` | a command | `text`, `option`, `subnegotiationOption` |
/// | `option` | an option | `text` |
/// | `subnegotiationOption`, `subnegotiation` | data | `subnegotiation`; `subnegotiationCommand` after IAC |
/// | `subnegotiationCommand` | SE, IAC or any other | `text`, `subnegotiation`, `text` |
///
/// - Isolation: none; a value that is moved, never copied.
/// - Limits: ``TelnetLimits``. No input makes it fail; what is beyond a limit is dropped.
/// - Source: RFC 854, RFC 855, RFC 1143, RFC 1073, RFC 1091, RFC 885.
/// - SeeAlso: `TelnetWireTests/TelnetMachineTests`.
package struct TelnetMachine: ~Copyable {
    private enum State {
        case text
        case afterReturn
        case command
        case option(verb: UInt8)
        case subnegotiationOption
        case subnegotiation(TelnetOption)
        case subnegotiationCommand(TelnetOption)
    }

    /// One option's two sides and how many answers it has drawn.
    private struct Entry {
        var ours = OptionNegotiation()
        var theirs = OptionNegotiation()
        var answers: UInt8 = 0
    }

    private let policy: TelnetPolicy
    private var state = State.text
    private var line: [UInt8] = []
    private var isLineTooLong = false
    private var subnegotiation: [UInt8] = []
    private var options: [UInt8: Entry] = [:]
    private var answersLeft = TelnetLimits.answers
    private var terminalTypesSeen: [String] = []
    private var terminalTypesSent = 0
    private var actions: [TelnetAction] = []
    private var drained = 0

    package init(policy: TelnetPolicy) {
        self.policy = policy
    }

    /// The oldest action not yet taken.
    package mutating func nextAction() -> TelnetAction? {
        guard drained < actions.count else {
            if drained > 0 {
                actions.removeAll()
                drained = 0
            }
            return nil
        }
        defer { drained += 1 }
        return actions[drained]
    }

    /// Our opening offers and requests; to be sent when the connection is made.
    package mutating func start() -> [UInt8] {
        var bytes: [UInt8] = []
        for option in policy.requests { bytes += request(option, .theirs, true) }
        for option in policy.offers { bytes += request(option, .ours, true) }
        return bytes
    }

    /// Asks the client to stop or start showing what is typed (RFC 857).
    ///
    /// - Returns: Octets to send at once; none when that is how it is.
    package mutating func hideInput(_ hidden: Bool) -> [UInt8] { request(.echo, .ours, hidden) }

    /// What ends a prompt: EOR where agreed, else GA.
    package var promptMark: [UInt8] {
        let isRecord = options[TelnetOption.endOfRecord.rawValue]?.ours.isOn ?? false
        return [TelnetCommand.iac, isRecord ? TelnetCommand.endOfRecord : TelnetCommand.goAhead]
    }

    package func isOn(_ option: TelnetOption, _ side: TelnetSide) -> Bool {
        guard let entry = options[option.rawValue] else { return false }
        return side == .ours ? entry.ours.isOn : entry.theirs.isOn
    }

    /// Doubles every IAC of outgoing text; text without one is returned as it is.
    ///
    /// Lines must end in CR LF already.
    package static func escaped(_ text: consuming [UInt8]) -> [UInt8] {
        guard text.contains(TelnetCommand.iac) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 8)
        for octet in text {
            result.append(octet)
            if octet == TelnetCommand.iac { result.append(octet) }
        }
        return result
    }

    // MARK: Input

    /// Accepts octets that arrived from the peer; any number of them, split anywhere.
    ///
    /// - Complexity: O(*n*); no allocation while no unit completes and the line does not grow.
    package mutating func receive(_ bytes: Span<UInt8>) {
        var index = 0
        while index < bytes.count {
            if case .text = state {
                index = takeText(bytes, from: index)
                if index == bytes.count { return }
            }
            receive(bytes[index])
            index += 1
        }
    }

    package mutating func receive(_ bytes: [UInt8]) { receive(bytes.span) }

    /// Appends the run of ordinary octets that begins at `start`; returns where it ends.
    private mutating func takeText(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < bytes.count, Self.isOrdinary(bytes[end]) { end += 1 }
        let room = max(0, policy.lineLimit - line.count)
        let count = end - start
        if count > room { overflow() }
        if !isLineTooLong {
            for index in start..<end { line.append(bytes[index]) }
        }
        return end
    }

    private static func isOrdinary(_ octet: UInt8) -> Bool {
        octet >= 0x20 && octet != 0x7F && octet != TelnetCommand.iac
    }

    private mutating func overflow() {
        if isLineTooLong { return }
        isLineTooLong = true
        line = []
        actions.append(.lineTooLong)
    }

    private mutating func receive(_ octet: UInt8) {
        switch state {
        case .text: receiveText(octet)
        case .afterReturn:
            state = .text
            if octet != 0x0A, octet != 0 { receiveText(octet) }
        case .command: receiveCommand(octet)
        case .option(let verb):
            state = .text
            negotiate(verb, TelnetOption(rawValue: octet))
        case .subnegotiationOption:
            subnegotiation = []
            // IAC SE where an option should be: an empty subnegotiation.
            state = octet == TelnetCommand.iac ? .command : .subnegotiation(TelnetOption(rawValue: octet))
        case .subnegotiation(let option):
            if octet == TelnetCommand.iac {
                state = .subnegotiationCommand(option)
            } else {
                keep(octet)
            }
        case .subnegotiationCommand(let option): receiveInSubnegotiation(octet, option)
        }
    }

    private mutating func receiveText(_ octet: UInt8) {
        switch octet {
        case TelnetCommand.iac: state = .command
        case 0x0D:
            state = .afterReturn
            endLine()
        case 0x0A: endLine()
        case 0x08, 0x7F: eraseCharacter()
        // TAB becomes space and ESC sequences are taken out later, when the line is decoded.
        case 0x09, 0x1B: appendToLine(octet)
        case 0x20...: appendToLine(octet)
        default: break
        }
    }

    private mutating func appendToLine(_ octet: UInt8) {
        if line.count >= policy.lineLimit { overflow() }
        if !isLineTooLong { line.append(octet) }
    }

    private mutating func endLine() {
        if isLineTooLong {
            isLineTooLong = false
        } else {
            actions.append(.line(line))
        }
        line.removeAll(keepingCapacity: line.capacity <= 256)
    }

    /// Removes the last UTF-8 scalar of the pending line, as a terminal's backspace does.
    private mutating func eraseCharacter() {
        while let last = line.popLast(), last & 0xC0 == 0x80 {}
    }

    private mutating func receiveCommand(_ octet: UInt8) {
        state = .text
        switch octet {
        case TelnetCommand.iac: appendToLine(octet)
        case TelnetCommand.will, TelnetCommand.wont, TelnetCommand.do, TelnetCommand.dont: state = .option(verb: octet)
        case TelnetCommand.subnegotiation: state = .subnegotiationOption
        case TelnetCommand.areYouThere: actions.append(.areYouThere)
        case TelnetCommand.eraseCharacter: eraseCharacter()
        case TelnetCommand.eraseLine:
            line.removeAll(keepingCapacity: true)
            isLineTooLong = false
        case TelnetCommand.interruptProcess, TelnetCommand.breakKey, TelnetCommand.abortOutput:
            actions.append(.interrupt)
        case TelnetCommand.goAhead, TelnetCommand.endOfRecord:
            if !policy.terminalTypes.isEmpty {
                actions.append(.prompt(line))
                line.removeAll(keepingCapacity: true)
            }
        // No operation, data mark, and whatever is not a command: skipped, the text around it stays.
        default: break
        }
    }

    // MARK: Subnegotiation

    private mutating func keep(_ octet: UInt8) {
        if subnegotiation.count < TelnetLimits.subnegotiation { subnegotiation.append(octet) }
    }

    private mutating func receiveInSubnegotiation(_ octet: UInt8, _ option: TelnetOption) {
        switch octet {
        case TelnetCommand.iac:
            keep(octet)
            state = .subnegotiation(option)
        case TelnetCommand.subnegotiationEnd:
            state = .text
            finishSubnegotiation(option)
            subnegotiation = []
        default:
            // A peer that forgot SE: what it began is dropped, and its command is obeyed.
            subnegotiation = []
            receiveCommand(octet)
        }
    }

    private mutating func finishSubnegotiation(_ option: TelnetOption) {
        guard isOn(option, .theirs) || isOn(option, .ours) else { return }
        switch option {
        case .windowSize: takeWindowSize()
        case .terminalType: takeTerminalType()
        default: break
        }
    }

    /// Two 16-bit numbers, high octet first; zero means unknown (RFC 1073).
    private mutating func takeWindowSize() {
        guard subnegotiation.count == 4, isOn(.windowSize, .theirs) else { return }
        let columns = Int(subnegotiation[0]) << 8 | Int(subnegotiation[1])
        let rows = Int(subnegotiation[2]) << 8 | Int(subnegotiation[3])
        actions.append(
            .windowSize(
                columns: columns == 0 ? nil : columns.clamped(to: TelnetLimits.columns),
                rows: rows == 0 ? nil : rows.clamped(to: TelnetLimits.rows)))
    }

    /// IS (0) and a name, or SEND (1) (RFC 1091); a client that repeats itself has named all it has.
    private mutating func takeTerminalType() {
        guard let kind = subnegotiation.first else { return }
        if kind == 1, isOn(.terminalType, .ours) { return sendTerminalType() }
        guard kind == 0, isOn(.terminalType, .theirs) else { return }
        let octets = subnegotiation.dropFirst().prefix(TelnetLimits.terminalType).filter { (0x20...0x7E).contains($0) }
        let name = String(decoding: octets, as: UTF8.self)
        if name.isEmpty || terminalTypesSeen.contains(name) { return }
        guard terminalTypesSeen.count < TelnetLimits.terminalTypeRounds else { return }
        terminalTypesSeen.append(name)
        actions.append(.terminalType(name))
        if terminalTypesSeen.count < TelnetLimits.terminalTypeRounds { askForTerminalType() }
    }

    private mutating func askForTerminalType() {
        actions.append(
            .send([
                TelnetCommand.iac, TelnetCommand.subnegotiation, TelnetOption.terminalType.rawValue, 1,
                TelnetCommand.iac, TelnetCommand.subnegotiationEnd,
            ]))
    }

    private mutating func sendTerminalType() {
        guard !policy.terminalTypes.isEmpty, answersLeft > 0 else { return }
        answersLeft -= 1
        let name = policy.terminalTypes[min(terminalTypesSent, policy.terminalTypes.count - 1)]
        terminalTypesSent += 1
        actions.append(
            .send(
                [TelnetCommand.iac, TelnetCommand.subnegotiation, TelnetOption.terminalType.rawValue, 0]
                    + Array(name.utf8) + [TelnetCommand.iac, TelnetCommand.subnegotiationEnd]))
    }

    private mutating func sendWindowSize() {
        guard let size = policy.windowSize else { return }
        let octets = [size.columns >> 8 & 0xFF, size.columns & 0xFF, size.rows >> 8 & 0xFF, size.rows & 0xFF]
        actions.append(
            .send(
                [TelnetCommand.iac, TelnetCommand.subnegotiation, TelnetOption.windowSize.rawValue]
                    + Self.escaped(octets.map { UInt8(truncatingIfNeeded: $0) })
                    + [TelnetCommand.iac, TelnetCommand.subnegotiationEnd]))
    }

    // MARK: Negotiation

    private mutating func request(_ option: TelnetOption, _ side: TelnetSide, _ wanted: Bool) -> [UInt8] {
        var entry = options[option.rawValue] ?? Entry()
        let answer = side == .ours ? entry.ours.request(wanted) : entry.theirs.request(wanted)
        options[option.rawValue] = entry
        return answer.map { Self.statement($0, side, option) } ?? []
    }

    private static func statement(
        _ answer: OptionNegotiation.Answer, _ side: TelnetSide, _ option: TelnetOption
    ) -> [UInt8] {
        let verb =
            switch (side, answer) {
            case (.ours, .positive): TelnetCommand.will
            case (.ours, .negative): TelnetCommand.wont
            case (.theirs, .positive): TelnetCommand.do
            case (.theirs, .negative): TelnetCommand.dont
            }
        return [TelnetCommand.iac, verb, option.rawValue]
    }

    private mutating func negotiate(_ verb: UInt8, _ option: TelnetOption) {
        let side: TelnetSide = verb == TelnetCommand.do || verb == TelnetCommand.dont ? .ours : .theirs
        let isAffirmed = verb == TelnetCommand.do || verb == TelnetCommand.will
        var entry = options[option.rawValue] ?? Entry()
        // Out of answers, an option stays as it is: the peer is in a loop, or up to something.
        let mayAnswer = answersLeft > 0 && entry.answers < TelnetLimits.answersPerOption
        let accepts = (side == .ours ? policy.performs : policy.wants).contains(option)
        var negotiation = side == .ours ? entry.ours : entry.theirs
        let wasOn = negotiation.isOn
        let answer = isAffirmed ? negotiation.peerAffirmed(accepts: accepts) : negotiation.peerRefused()
        if answer != nil {
            guard mayAnswer else { return }
            entry.answers += 1
            answersLeft -= 1
        }
        if side == .ours { entry.ours = negotiation } else { entry.theirs = negotiation }
        if answer != nil || negotiation.state != .no || options[option.rawValue] != nil {
            options[option.rawValue] = entry
        }
        if let answer { actions.append(.send(Self.statement(answer, side, option))) }
        if wasOn != negotiation.isOn { optionChanged(option, side, negotiation.isOn) }
    }

    private mutating func optionChanged(_ option: TelnetOption, _ side: TelnetSide, _ isOn: Bool) {
        actions.append(.optionChanged(option, side, isOn: isOn))
        guard isOn else { return }
        if option == .terminalType, side == .theirs, terminalTypesSeen.isEmpty { askForTerminalType() }
        if option == .windowSize, side == .ours { sendWindowSize() }
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
