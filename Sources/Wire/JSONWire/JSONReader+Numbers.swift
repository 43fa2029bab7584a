extension JSONReader {
    /// Reads a number (RFC 8259 section 6).
    ///
    /// ```text
    ///   [ "-" ] ( "0" / digit1-9 *digit ) [ "." 1*digit ] [ ( "e" / "E" ) [ "+" / "-" ] 1*digit ]
    /// ```
    mutating func number() throws(JSONFailure) -> JSONValue {
        let start = position
        var isInteger = true
        skip(UInt8(ascii: "-"))
        if try peek() == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if skip(UInt8(ascii: ".")) {
            isInteger = false
            try digits()
        }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            isInteger = false
            if !skip(UInt8(ascii: "+")) { skip(UInt8(ascii: "-")) }
            try digits()
        }
        if position - start > JSONLimits.numberOctets { throw JSONFailure(.number, at: start) }
        let text = String(decoding: octets[start..<position], as: UTF8.self)
        // There is no negative zero among the integers.
        if isInteger, text != "-0", let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw JSONFailure(.number, at: start) }
        return .number(value)
    }

    @discardableResult private mutating func skip(_ octet: UInt8) -> Bool {
        guard position < octets.count, octets[position] == octet else { return false }
        position += 1
        return true
    }

    private mutating func digits() throws(JSONFailure) {
        guard Self.isDigit(try peek()) else { throw failure(.unexpected) }
        while position < octets.count, Self.isDigit(octets[position]) { position += 1 }
    }

    private static func isDigit(_ octet: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet }
}
