extension JSONReader {
    /// Reads a string from its opening quotation mark to behind the closing one (RFC 8259 section 7).
    mutating func string() throws(JSONFailure) -> String {
        position += 1
        var text = ""
        while true {
            text += try plainRun()
            if try peek() == UInt8(ascii: "\"") {
                position += 1
                return text
            }
            text.unicodeScalars.append(try escape())
        }
    }

    /// Reads what stands before the next quotation mark or backslash.
    private mutating func plainRun() throws(JSONFailure) -> String {
        let start = position
        while true {
            let octet = try peek()
            if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") { break }
            if octet < 0x20 { throw failure(.control) }
            position += 1
        }
        let run = octets[start..<position]
        guard let text = String(validating: run, as: UTF8.self) else {
            throw JSONFailure(.encoding, at: start + Self.validCount(run))
        }
        return text
    }

    /// The octets before the first that are no UTF-8.
    private static func validCount(_ octets: ArraySlice<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = octets.makeIterator()
        var count = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { count += UTF8.width(scalar) }
        return count
    }

    private mutating func escape() throws(JSONFailure) -> Unicode.Scalar {
        let start = position
        position += 1
        let letter = try peek()
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try codePoint(from: start)
        default: throw JSONFailure(.escape, at: start)
        }
    }

    /// Reads the digits of `\u`, and the second escape of a surrogate pair; `start` is where the first began.
    private mutating func codePoint(from start: Int) throws(JSONFailure) -> Unicode.Scalar {
        let first = try fourDigits(of: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, try peek() == UInt8(ascii: "\\") else { throw JSONFailure(.surrogate, at: start) }
        let next = position
        position += 1
        guard try peek() == UInt8(ascii: "u") else { throw JSONFailure(.surrogate, at: start) }
        position += 1
        let second = try fourDigits(of: next)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw JSONFailure(.surrogate, at: start) }
        return scalar
    }

    private mutating func fourDigits(of start: Int) throws(JSONFailure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let octet = try peek()
            let digit: UInt8
            switch octet {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = octet - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = octet - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = octet - UInt8(ascii: "A") + 10
            default: throw JSONFailure(.escape, at: start)
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
