/// Makes keys of the octets that a terminal sends.
///
/// ```text
///   CR  CR LF  CR NUL  LF            Enter, each once
///   BS DEL                           Backspace;  TAB  Tab;  other C0  a letter with Ctrl
///   ESC final                        the sign with Alt held
///   ESC [ n ; m final                CSI: A B C D F H Z and n ~, m is one more than the modifiers
///   ESC O final                      SS3: the same letters, as in application mode
///   ESC [ 200 ~ … ESC [ 201 ~        what was pasted; ^C ends it too
///   UTF-8                            a sign; octets that are none are read as Windows-1252
/// ```
///
/// A lone ESC stands for itself when ``timeOut(into:)`` says that nothing follows, or when another ESC comes.
/// Sequences that mean nothing are passed over whole. However the octets are cut, the keys are the same.
///
/// - Isolation: none; a value type.
/// - Limits: ``LineLimits/sequenceOctets``; each octet makes at most five keys.
/// - Source: ECMA-48 §5.4; xterm's ctlseqs, "PC-Style Function Keys" and "Bracketed Paste Mode".
/// - SeeAlso: `TerminalWireTests/KeyDecoderTests`.
package struct KeyDecoder: Sendable {
    private enum State {
        case ground
        case escape
        /// After ESC O.
        case singleShift
        /// After ESC [.
        case sequence
        /// After ESC [ [, with which the Linux console begins its first function keys.
        case console
    }

    private var state = State.ground
    private var parameters: [UInt8] = []
    /// Whether the sequence is longer than any that means something.
    private var isOverlong = false
    /// The octets of a scalar that is not whole yet; at most three.
    private var partial: [UInt8] = []
    private var isAfterReturn = false
    private var isPasting = false

    package init() {}

    /// Whether something waits for what follows it.
    package var isPending: Bool {
        if case .ground = state { return !partial.isEmpty }
        return true
    }

    /// Takes octets in the order in which they came.
    package mutating func receive(_ bytes: [UInt8], into keys: inout [TerminalKey]) {
        for octet in bytes { receive(octet, into: &keys) }
    }

    /// Takes one octet.
    package mutating func receive(_ octet: UInt8, into keys: inout [TerminalKey]) {
        switch state {
        case .ground: receiveGround(octet, into: &keys)
        case .escape: receiveEscape(octet, into: &keys)
        case .singleShift: receiveSingleShift(octet, into: &keys)
        case .sequence: receiveSequence(octet, into: &keys)
        case .console:
            state = .ground
            if octet < 0x20 || octet >= 0x7F { receive(octet, into: &keys) }
        }
    }

    /// Decides about what waits, because nothing followed it for a while.
    package mutating func timeOut(into keys: inout [TerminalKey]) {
        flushPartial(into: &keys)
        switch state {
        case .ground: return
        case .escape: emit(.escape, into: &keys)
        case .singleShift: emit(.alt("O"), into: &keys)
        case .sequence where parameters.isEmpty && !isOverlong: emit(.alt("["), into: &keys)
        case .sequence, .console: break
        }
        state = .ground
    }

    // MARK: Text and single controls

    private mutating func receiveGround(_ octet: UInt8, into keys: inout [TerminalKey]) {
        if octet >= 0x80 { return receiveHigh(octet, into: &keys) }
        flushPartial(into: &keys)
        let wasAfterReturn = isAfterReturn
        isAfterReturn = false
        switch octet {
        case 0x20..<0x7F: emit(Unicode.Scalar(octet), into: &keys)
        case 0x1B: state = .escape
        case 0x0D:
            isAfterReturn = true
            endLine(into: &keys)
        case 0x0A:
            if !wasAfterReturn { endLine(into: &keys) }
        case 0x00:
            break
        case 0x03:
            isPasting = false
            keys.append(.control(octet))
        case 0x09:
            isPasting ? keys.append(.pasted(" ")) : keys.append(.tab)
        case 0x08, 0x7F:
            emit(.backspace, into: &keys)
        default:
            emit(.control(octet), into: &keys)
        }
    }

    private mutating func endLine(into keys: inout [TerminalKey]) {
        keys.append(isPasting ? .pasted("\n") : .enter)
    }

    /// A key that is a command, which nothing that is pasted can be.
    private func emit(_ key: TerminalKey, into keys: inout [TerminalKey]) {
        if !isPasting { keys.append(key) }
    }

    private func emit(_ scalar: Unicode.Scalar, into keys: inout [TerminalKey]) {
        keys.append(isPasting ? .pasted(scalar) : .text(scalar))
    }

    // MARK: UTF-8

    private mutating func receiveHigh(_ octet: UInt8, into keys: inout [TerminalKey]) {
        isAfterReturn = false
        if octet < 0xC0 {
            if partial.isEmpty { return emitSingle(octet, into: &keys) }
            partial.append(octet)
        } else {
            flushPartial(into: &keys)
            if Self.length(lead: octet) == 1 { return emitSingle(octet, into: &keys) }
            partial = [octet]
        }
        guard let lead = partial.first, partial.count >= Self.length(lead: lead) else { return }
        if let scalar = String(validating: partial, as: UTF8.self)?.unicodeScalars.first {
            partial.removeAll(keepingCapacity: true)
            emitClean(scalar, into: &keys)
        } else {
            flushPartial(into: &keys)
        }
    }

    /// Octets of a scalar that begins with this one; 1 for one that begins none.
    private static func length(lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    private mutating func flushPartial(into keys: inout [TerminalKey]) {
        for octet in partial { emitSingle(octet, into: &keys) }
        partial.removeAll(keepingCapacity: true)
    }

    /// An octet that is no UTF-8.
    private func emitSingle(_ octet: UInt8, into keys: inout [TerminalKey]) {
        if let scalar = Unicode.Scalar(InputText.windows1252(octet)) { emitClean(scalar, into: &keys) }
    }

    private func emitClean(_ scalar: Unicode.Scalar, into keys: inout [TerminalKey]) {
        if TextSafety.isSpaceLike(scalar) { return emit(" ", into: &keys) }
        if TextSafety.isControl(scalar) || TextSafety.isDirectionOverride(scalar) || TextSafety.isNoncharacter(scalar) {
            return
        }
        emit(scalar, into: &keys)
    }

    // MARK: Sequences

    private mutating func receiveEscape(_ octet: UInt8, into keys: inout [TerminalKey]) {
        switch octet {
        case 0x1B:
            emit(.escape, into: &keys)
        case UInt8(ascii: "["):
            parameters.removeAll(keepingCapacity: true)
            isOverlong = false
            state = .sequence
        case UInt8(ascii: "O"):
            state = .singleShift
        case 0x08, 0x7F:
            state = .ground
            emit(.alt("\u{7F}"), into: &keys)
        case 0x20..<0x7F:
            state = .ground
            isPasting ? keys.append(.pasted(Unicode.Scalar(octet))) : keys.append(.alt(Unicode.Scalar(octet)))
        default:
            state = .ground
            emit(.escape, into: &keys)
            receiveGround(octet, into: &keys)
        }
    }

    private mutating func receiveSingleShift(_ octet: UInt8, into keys: inout [TerminalKey]) {
        state = .ground
        if let key = Self.key(final: octet) {
            emit(.special(key), into: &keys)
        } else if octet == UInt8(ascii: "M") {
            // Enter of the keypad.
            endLine(into: &keys)
        } else if let key = Self.rxvtKey(final: octet) {
            emit(.special(key, .control), into: &keys)
        } else if octet < 0x20 || octet >= 0x7F {
            emit(.alt("O"), into: &keys)
            receiveGround(octet, into: &keys)
        }
    }

    private mutating func receiveSequence(_ octet: UInt8, into keys: inout [TerminalKey]) {
        switch octet {
        case 0x20...0x3F:
            if parameters.count < LineLimits.sequenceOctets {
                parameters.append(octet)
            } else {
                isOverlong = true
            }
        case UInt8(ascii: "[") where parameters.isEmpty && !isOverlong:
            state = .console
        case 0x40..<0x7F:
            state = .ground
            if !isOverlong { finishSequence(octet, into: &keys) }
        default:
            // A sequence that was cut off.
            state = .ground
            receiveGround(octet, into: &keys)
        }
    }

    private mutating func finishSequence(_ final: UInt8, into keys: inout [TerminalKey]) {
        let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(Self.number)
        if numbers.contains(nil) { return }
        let first = numbers.first.flatMap { $0 } ?? 0
        let modifiers = Self.modifiers(numbers.count > 1 ? numbers[1] ?? 1 : 1)
        if final == UInt8(ascii: "~") {
            switch first {
            case 200: isPasting = true
            case 201: isPasting = false
            default: if let key = Self.key(number: first) { emit(.special(key, modifiers), into: &keys) }
            }
        } else if let key = Self.key(final: final) {
            emit(.special(key, modifiers), into: &keys)
        } else if final == UInt8(ascii: "Z") {
            emit(.special(.backTab), into: &keys)
        } else if let key = Self.rxvtKey(final: final) {
            emit(.special(key, .shift), into: &keys)
        }
    }

    /// The number that a parameter is: 0 for an empty one, nil for anything else.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = min(value * 10 + Int(digit - 0x30), 9999)
        }
        return value
    }

    private static func modifiers(_ parameter: Int) -> TerminalKey.Modifiers {
        (1...16).contains(parameter) ? TerminalKey.Modifiers(rawValue: UInt8(parameter - 1)) : []
    }

    private static func key(final: UInt8) -> TerminalKey.Special? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        default: nil
        }
    }

    /// The arrows of rxvt with a key held, in small letters.
    private static func rxvtKey(final: UInt8) -> TerminalKey.Special? {
        (UInt8(ascii: "a")...UInt8(ascii: "d")).contains(final) ? key(final: final - 0x20) : nil
    }

    private static func key(number: Int) -> TerminalKey.Special? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        default: nil
        }
    }
}
