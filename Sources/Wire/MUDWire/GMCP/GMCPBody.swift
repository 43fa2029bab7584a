import JSONWire

extension JSONValue {
    /// A text, also one written as a number.
    var looseText: String? {
        switch self {
        case .string(let text): text
        case .integer(let value): String(value)
        case .number(let value): "\(value)"
        default: nil
        }
    }

    /// An integer, also one written as a text, as many servers and clients do.
    var looseInteger: Int? {
        if let value = integerValue { return Int(exactly: value) }
        if let text = stringValue { return Int(text) }
        return nil
    }

    /// A truth value, also one written as a text or a number.
    var looseFlag: Bool? {
        if let value = boolValue { return value }
        switch looseText?.lowercased() {
        case "true", "1": return true
        case "false", "0": return false
        default: return nil
        }
    }

    /// The elements, or none.
    var elements: [JSONValue] { arrayValue ?? [] }

    /// A text for one line.
    static func line(_ text: String) -> JSONValue { .string(MUDText.line(text)) }

    /// Elements of texts, each for one line.
    static func lines(_ texts: [String]) -> JSONValue { .array(texts.map { .line($0) }) }
}

extension JSONObject {
    /// The text of a member.
    func text(_ name: String) -> String? { self[name]?.looseText }

    /// The integer of a member.
    func integer(_ name: String) -> Int? { self[name]?.looseInteger }

    /// The elements of a member that are texts.
    func texts(_ name: String) -> [String] { (self[name]?.elements ?? []).compactMap(\.looseText) }

    /// Sets a member to a text for one line, if there is one.
    mutating func set(_ name: String, _ text: String?) {
        if let text { self[name] = .line(text) }
    }

    /// Sets a member to a number, if there is one.
    mutating func set(_ name: String, _ number: Int?) {
        if let number { self[name] = .integer(Int64(number)) }
    }
}
