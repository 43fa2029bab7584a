import TelnetWire

/// Names what one direction of a telnet stream negotiates, as people write it.
///
/// ```text
///   IAC WILL EOR                    WILL EOR
///   IAC SB TTYPE IS "xterm" IAC SE  SB TTYPE IS "xterm"
///   IAC SB GMCP …                   SB GMCP "Core.Hello {}" (13 octets)
///   IAC NOP                         NOP
/// ```
///
/// Text is passed over, and so is what is compressed: feed it what was inflated, and what is not deflated yet.
///
/// - Limits: ``payloadOctets`` of a subnegotiation are kept.
/// - Source: RFC 854, RFC 855.
struct TelnetTracer {
    private enum State {
        case text
        case command
        case option(TelnetCommand)
        case payload
        case payloadCommand
    }

    /// Octets of a subnegotiation that are shown.
    static let payloadOctets = 80

    private var state = State.text
    private var option = TelnetOption.binary
    private var payload: [UInt8] = []
    private var payloadCount = 0

    /// Names what is whole by now, in its order.
    mutating func names(in octets: some Sequence<UInt8>) -> [String] {
        var names: [String] = []
        for octet in octets { if let name = take(octet) { names.append(name) } }
        return names
    }

    private mutating func take(_ octet: UInt8) -> String? {
        let command = TelnetCommand(rawValue: octet)
        switch state {
        case .text:
            if command == .interpretAsCommand { state = .command }
        case .command:
            return take(command)
        case .option(let verb):
            option = TelnetOption(rawValue: octet)
            state = .text
            if verb != .subnegotiation { return "\(verb) \(option)" }
            (payload, payloadCount, state) = ([], 0, .payload)
        case .payload:
            if command == .interpretAsCommand { state = .payloadCommand } else { keep(octet) }
        case .payloadCommand:
            state = .payload
            switch command {
            case .interpretAsCommand: keep(octet)
            case .endSubnegotiation:
                state = .text
                return "SB \(option)" + described
            case .will, .wont, .doIt, .dont, .subnegotiation: return take(command)
            default: break
            }
        }
        return nil
    }

    private mutating func take(_ command: TelnetCommand) -> String? {
        state = .text
        switch command {
        case .interpretAsCommand: return nil
        case .will, .wont, .doIt, .dont, .subnegotiation:
            state = .option(command)
            return nil
        default: return "\(command)"
        }
    }

    private mutating func keep(_ octet: UInt8) {
        payloadCount += 1
        if payload.count < Self.payloadOctets { payload.append(octet) }
    }

    /// The payload behind a space.
    private var described: String {
        if payloadCount == 0 { return "" }
        switch option {
        case .windowSize where payloadCount == 4:
            return " \(Int(payload[0]) << 8 | Int(payload[1])) x \(Int(payload[2]) << 8 | Int(payload[3]))"
        case .terminalType where payload[0] < 2:
            return payload[0] == 1 ? " SEND" : " IS \(Self.quoted(payload.dropFirst()))"
        case .newEnvironment where payload[0] < 3, .characterSet where (1...7).contains(payload[0]):
            let verbs: [String] =
                option == .newEnvironment
                ? ["IS", "SEND", "INFO"]
                : ["", "REQUEST", "ACCEPTED", "REJECTED", "TTABLE-IS", "TTABLE-REJECTED", "TTABLE-ACK", "TTABLE-NAK"]
            let rest = payload.dropFirst()
            return " \(verbs[Int(payload[0])])" + (rest.isEmpty ? "" : " \(Self.quoted(rest))")
        default:
            return " \(Self.quoted(payload[...])) (\(payloadCount) octets)"
        }
    }

    private static func quoted(_ octets: ArraySlice<UInt8>) -> String {
        var text = ""
        for octet in octets {
            switch octet {
            case 0x20..<0x7F where octet != 0x22 && octet != 0x5C: text.unicodeScalars.append(Unicode.Scalar(octet))
            case 0x22, 0x5C: text += "\\\(Unicode.Scalar(octet))"
            default: text += "<\(octet)>"
            }
        }
        return "\"\(text)\""
    }
}
