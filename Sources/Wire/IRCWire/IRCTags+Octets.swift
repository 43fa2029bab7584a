extension IRCTags {
    /// Reads what stands between `@` and the space, which is UTF-8.
    ///
    /// Tags whose keys the grammar does not allow are left out, as the specification wants; so is what comes
    /// after ``IRCLimits/tags`` of them.
    ///
    /// - Complexity: O(*n*) in the octets, times the number of tags for finding keys that come twice.
    public init(parsing octets: borrowing Span<UInt8>) {
        var start = 0
        while start < octets.count {
            var (end, equals) = (start, -1)
            while end < octets.count, octets[end] != UInt8(ascii: ";") {
                if equals < 0, octets[end] == UInt8(ascii: "=") { equals = end }
                end += 1
            }
            let keyEnd = equals < 0 ? end : equals
            if Self.isKey(octets, start..<keyEnd) {
                let value = equals < 0 ? "" : Self.unescaped(octets, (equals + 1)..<end)
                set(IRCMessage.text(octets, start..<keyEnd), value)
            }
            start = end + 1
        }
    }

    /// Reads what stands between `@` and the space.
    public init(parsing text: String) {
        self.init(parsing: Array(text.utf8).span)
    }

    /// Appends `@`, the tags and a space; nothing when there are none.
    ///
    /// A tag that would take more than `limit` octets in all is left out, with those after it.
    ///
    /// - Parameters:
    ///   - output: Where the octets go.
    ///   - limit: Octets with `@` and space.
    public func append(to output: inout [UInt8], limit: Int = IRCLimits.serverTagOctets) {
        let start = output.count
        for entry in entries {
            let mark = output.count
            output.append(UInt8(ascii: mark == start ? "@" : ";"))
            output.append(contentsOf: entry.key.utf8)
            if !entry.value.isEmpty {
                output.append(UInt8(ascii: "="))
                Self.appendEscaped(entry.value, to: &output)
            }
            guard output.count - start < limit else {
                output.removeSubrange(mark...)
                break
            }
        }
        if output.count > start { output.append(0x20) }
    }

    /// The value as it was before it was escaped.
    ///
    /// A backslash before any other character is dropped, as is one at the end.
    private static func unescaped(_ octets: borrowing Span<UInt8>, _ range: Range<Int>) -> String {
        guard range.contains(where: { octets[$0] == UInt8(ascii: "\\") }) else { return IRCMessage.text(octets, range) }
        var plain: [UInt8] = []
        plain.reserveCapacity(range.count)
        var isEscaped = false
        for index in range {
            let octet = octets[index]
            if isEscaped {
                plain.append(Self.meaning(ofEscaped: octet))
                isEscaped = false
            } else if octet == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                plain.append(octet)
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func meaning(ofEscaped octet: UInt8) -> UInt8 {
        switch octet {
        case UInt8(ascii: ":"): UInt8(ascii: ";")
        case UInt8(ascii: "s"): 0x20
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "n"): 0x0A
        default: octet
        }
    }

    private static func appendEscaped(_ value: String, to output: inout [UInt8]) {
        for octet in value.utf8 {
            switch octet {
            case UInt8(ascii: ";"): output += [UInt8(ascii: "\\"), UInt8(ascii: ":")]
            case 0x20: output += [UInt8(ascii: "\\"), UInt8(ascii: "s")]
            case UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
            case 0x0D: output += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case 0x0A: output += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case 0: break
            default: output.append(octet)
            }
        }
    }
}
