/// One message about the client's environment (NEW-ENVIRON).
///
/// ```text
///   IAC SB NEW-ENVIRON  SEND 1  (type name)…                 IAC SE     server: tell me these, or all
///   IAC SB NEW-ENVIRON  IS   0  (type name [VALUE 1 value])… IAC SE     client: the answer
///   IAC SB NEW-ENVIRON  INFO 2  (type name [VALUE 1 value])… IAC SE     client: they have changed
///   type: VAR 0, USERVAR 3; ESC 2 before an octet 0 to 3 of a name or value
/// ```
///
/// A name without VALUE is not defined; VALUE with nothing behind it is an empty value.
///
/// - Limits: ``TelnetLimits/variables`` and ``TelnetLimits/variableOctets``; what is more is passed over. What is not
///   printable ASCII is taken out of names and values.
/// - Source: RFC 1572 §2; MNES as in tintin++ and Mudlet.
package enum TelnetEnvironment: Equatable, Sendable {
    case send([TelnetVariable])
    case tell([TelnetVariable])
    case update([TelnetVariable])

    private static let valueMark: UInt8 = 1
    private static let escape: UInt8 = 2

    /// Reads the payload; nil for an unknown kind of message.
    package init?(payload: [UInt8]) {
        switch payload.first {
        case 0: self = .tell(Self.variables(payload.dropFirst()))
        case 1: self = .send(Self.variables(payload.dropFirst()))
        case 2: self = .update(Self.variables(payload.dropFirst()))
        default: return nil
        }
    }

    /// The payload, without doubling.
    package var payload: [UInt8] {
        switch self {
        case .tell(let variables): [0] + Self.octets(variables)
        case .send(let variables): [1] + Self.octets(variables)
        case .update(let variables): [2] + Self.octets(variables)
        }
    }

    private static func variables(_ octets: ArraySlice<UInt8>) -> [TelnetVariable] {
        var variables: [TelnetVariable] = []
        var kind: TelnetVariable.Kind?
        var name: [UInt8] = []
        var value: [UInt8]?
        var isEscaped = false
        func finished() -> TelnetVariable? {
            kind.map { TelnetVariable($0, label(name), value: value.map(label)) }
        }
        for octet in octets {
            if !isEscaped, octet == escape {
                isEscaped = true
            } else if !isEscaped, octet == valueMark {
                value = value ?? []
            } else if !isEscaped, let next = TelnetVariable.Kind(rawValue: octet) {
                if let variable = finished() { variables.append(variable) }
                if variables.count == TelnetLimits.variables { return variables }
                (kind, name, value) = (next, [], nil)
            } else {
                isEscaped = false
                guard (0x20...0x7E).contains(octet) else { continue }
                if value == nil {
                    if name.count < TelnetLimits.variableOctets { name.append(octet) }
                } else if let held = value?.count, held < TelnetLimits.variableOctets {
                    value?.append(octet)
                }
            }
        }
        if let variable = finished() { variables.append(variable) }
        return variables
    }

    private static func label(_ octets: [UInt8]) -> String {
        String(decoding: octets, as: UTF8.self)
    }

    private static func octets(_ variables: [TelnetVariable]) -> [UInt8] {
        variables.prefix(TelnetLimits.variables).flatMap { variable in
            [variable.kind.rawValue] + escaped(variable.name)
                + (variable.value.map { [valueMark] + escaped($0) } ?? [])
        }
    }

    private static func escaped(_ text: String) -> [UInt8] {
        text.utf8.prefix(TelnetLimits.variableOctets).flatMap { $0 <= 3 ? [escape, $0] : [$0] }
    }
}
