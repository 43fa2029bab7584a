/// Turns UTF-8 into octets of an encoding, however it is cut.
///
/// What the encoding does not have is spelled with what the caller says; ASCII, controls too, stays as it is.
///
/// - Limits: holds three octets between two calls.
package struct CharacterEncoder {
    private let table: CharacterTable
    private let spelling: (Character) -> String
    private var unfinished: [UInt8] = []

    /// Makes an encoder; `spelling` gives ASCII for a character that the encoding does not have.
    package init(_ table: CharacterTable, spelling: @escaping (Character) -> String = { _ in "?" }) {
        self.table = table
        self.spelling = spelling
    }

    /// Appends the octets of UTF-8; what is none counts as U+FFFD.
    ///
    /// - Complexity: O(*n*).
    package mutating func encode(_ text: ArraySlice<UInt8>, into octets: inout [UInt8]) {
        var rest = text
        if !unfinished.isEmpty {
            rest = (unfinished + text)[...]
            unfinished = []
        }
        while !rest.isEmpty {
            let plain = rest.prefix { $0 < 0x80 }
            // The last one may be a letter whose mark follows.
            let kept = plain.count < rest.count && plain.last.map { $0 > 0x20 } == true ? 1 : 0
            octets.append(contentsOf: plain.dropLast(kept))
            rest = rest.dropFirst(plain.count - kept)
            var run = rest.dropFirst(kept).prefix { $0 >= 0x80 }
            rest = rest.dropFirst(kept + run.count)
            if rest.isEmpty { run = keepUnfinished(run) }
            let letter = plain.suffix(kept)
            for character in String(decoding: letter + run, as: UTF8.self) { append(character, to: &octets) }
        }
    }

    /// Appends the octets of UTF-8; what is none counts as U+FFFD.
    package mutating func encode(_ text: [UInt8], into octets: inout [UInt8]) {
        encode(text[...], into: &octets)
    }

    /// Puts aside the beginning of a scalar at the end of the text.
    private mutating func keepUnfinished(_ run: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var count = 0
        for octet in run.reversed().prefix(3) {
            count += 1
            guard octet >= 0xC0 else { continue }
            let length = octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : 2
            if count >= length { break }
            unfinished = Array(run.suffix(count))
            return run.dropLast(count)
        }
        return run
    }

    private func append(_ character: Character, to octets: inout [UInt8]) {
        if let known = table.composed[character] { return append(known, to: &octets) }
        let scalars = character.unicodeScalars
        if scalars.count == 1, let scalar = scalars.first {
            if scalar.isASCII { return octets.append(UInt8(truncatingIfNeeded: scalar.value)) }
            if scalar.value <= 0xFFFF, table.octets[Int(scalar.value)] != 0 {
                return append(table.octets[Int(scalar.value)], to: &octets)
            }
        }
        octets.append(contentsOf: spelling(character).utf8.lazy.filter { $0 < 0x80 })
    }

    private func append(_ number: UInt16, to octets: inout [UInt8]) {
        if number > 0xFF { octets.append(UInt8(number >> 8)) }
        octets.append(UInt8(number & 0xFF))
    }
}
