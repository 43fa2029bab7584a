/// Reads one JSON text, strictly: what RFC 8259 does not allow is an error, and so is a byte order mark.
///
/// - Limits: ``JSONLimits``, checked before anything is built beyond them.
/// - Complexity: O(*n*) in the number of octets.
/// - Source: RFC 8259.
/// - SeeAlso: `JSONWireTests/JSONReaderTests`.
package struct JSONReader {
    let octets: [UInt8]
    private let limits: JSONLimits
    /// Offset of the next octet to read.
    var position = 0
    private var depth = 0
    private var members = 0

    private init(_ octets: [UInt8], limits: JSONLimits) {
        self.octets = octets
        self.limits = limits
    }

    /// Reads a text that holds one value and nothing else but white space.
    ///
    /// - Parameters:
    ///   - octets: The whole text.
    ///   - limits: How much of it is taken.
    /// - Returns: The value.
    /// - Throws: ``JSONFailure``, with the offset of the octet that cannot be.
    package static func read(
        _ octets: [UInt8], limits: JSONLimits = .message
    ) throws(JSONFailure) -> JSONValue {
        if octets.count > limits.octets { throw JSONFailure(.tooLong, at: max(0, limits.octets)) }
        var reader = JSONReader(octets, limits: limits)
        let value = try reader.value()
        reader.skipWhitespace()
        if reader.position < octets.count { throw reader.failure(.trailing) }
        return value
    }

    // MARK: Values

    private mutating func value() throws(JSONFailure) -> JSONValue {
        skipWhitespace()
        switch try peek() {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure(.unexpected)
        }
    }

    private mutating func literal(_ word: String, _ value: JSONValue) throws(JSONFailure) -> JSONValue {
        for octet in word.utf8 {
            if try peek() != octet { throw failure(.unexpected) }
            position += 1
        }
        return value
    }

    private mutating func array() throws(JSONFailure) -> [JSONValue] {
        try enter()
        var elements: [JSONValue] = []
        skipWhitespace()
        if try take(UInt8(ascii: "]")) {
            depth -= 1
            return elements
        }
        repeat {
            try count()
            elements.append(try value())
            skipWhitespace()
        } while try goesOn(until: UInt8(ascii: "]"))
        return elements
    }

    private mutating func object() throws(JSONFailure) -> JSONObject {
        try enter()
        var found = DistinctMembers()
        skipWhitespace()
        if try take(UInt8(ascii: "}")) {
            depth -= 1
            return JSONObject()
        }
        repeat {
            skipWhitespace()
            if try peek() != UInt8(ascii: "\"") { throw failure(.unexpected) }
            try count()
            let name = try string()
            skipWhitespace()
            if try !take(UInt8(ascii: ":")) { throw failure(.unexpected) }
            found.set(name, try value())
            skipWhitespace()
        } while try goesOn(until: UInt8(ascii: "}"))
        return JSONObject(distinct: found.members)
    }

    private mutating func enter() throws(JSONFailure) {
        if depth >= limits.depth { throw failure(.tooDeep) }
        depth += 1
        position += 1
    }

    private mutating func count() throws(JSONFailure) {
        if members >= limits.members { throw failure(.tooMany) }
        members += 1
    }

    /// Takes a comma, or the end of the array or object.
    private mutating func goesOn(until end: UInt8) throws(JSONFailure) -> Bool {
        if try take(UInt8(ascii: ",")) { return true }
        if try !take(end) { throw failure(.unexpected) }
        depth -= 1
        return false
    }

    // MARK: Octets

    func failure(_ reason: JSONFailure.Reason) -> JSONFailure { JSONFailure(reason, at: position) }

    /// The next octet, which stays.
    func peek() throws(JSONFailure) -> UInt8 {
        guard position < octets.count else { throw failure(.incomplete) }
        return octets[position]
    }

    private mutating func take(_ octet: UInt8) throws(JSONFailure) -> Bool {
        guard try peek() == octet else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace() {
        while position < octets.count {
            switch octets[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }
}

/// The members of an object while it is read: of two with one name the last counts, without comparing each with each.
private struct DistinctMembers {
    private(set) var members: [JSONObject.Member] = []
    private var places: [ExactName: Int] = [:]

    mutating func set(_ name: String, _ value: JSONValue) {
        if let place = places.updateValue(members.count, forKey: ExactName(text: name)) {
            places[ExactName(text: name)] = place
            members[place].value = value
        } else {
            members.append(JSONObject.Member(name: name, value: value))
        }
    }
}
