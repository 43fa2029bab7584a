/// Turns octets of an encoding into UTF-8, however they are cut.
///
/// An octet that means nothing becomes U+FFFD. A pair whose second octet does not belong to it loses only its first one
/// when the second is ASCII, so that no line end is ever swallowed.
///
/// - Limits: holds one octet between two calls.
package struct CharacterDecoder: Sendable {
    private let table: CharacterTable
    private var first: UInt8?

    /// Makes a decoder of an encoding.
    package init(_ table: CharacterTable) {
        self.table = table
    }

    /// Appends what octets mean.
    ///
    /// - Complexity: O(*n*).
    package mutating func decode(_ bytes: Span<UInt8>, into text: inout [UInt8]) {
        for index in bytes.indices { decode(bytes[index], into: &text) }
    }

    /// Appends what octets mean.
    package mutating func decode(_ bytes: [UInt8], into text: inout [UInt8]) {
        decode(bytes.span, into: &text)
    }

    /// Tells of half a character at the end.
    package mutating func finish(into text: inout [UInt8]) {
        if first != nil { Self.append(Self.replacement, to: &text) }
        first = nil
    }

    /// The UTF-8 of octets that are whole.
    package static func text(of octets: [UInt8], in table: CharacterTable) -> [UInt8] {
        var decoder = CharacterDecoder(table)
        var text: [UInt8] = []
        decoder.decode(octets, into: &text)
        decoder.finish(into: &text)
        return text
    }

    private static let replacement: UInt16 = 0xFFFD

    private mutating func decode(_ octet: UInt8, into text: inout [UInt8]) {
        if let first {
            self.first = nil
            let index = Int(first) << 8 | Int(octet)
            if index < table.pairs.count, table.pairs[index] != 0 { return Self.append(table.pairs[index], to: &text) }
            Self.append(Self.replacement, to: &text)
            if octet >= 0x80 { return }
        }
        let point = table.singles[Int(octet)]
        if point == CharacterTable.beginsPair {
            first = octet
        } else {
            Self.append(point == 0 && octet != 0 ? Self.replacement : point, to: &text)
        }
    }

    private static func append(_ point: UInt16, to text: inout [UInt8]) {
        if point < 0x80 {
            text.append(UInt8(truncatingIfNeeded: point))
        } else if let scalar = Unicode.Scalar(point) {
            text.append(contentsOf: scalar.utf8)
        } else {
            append(replacement, to: &text)
        }
    }
}
