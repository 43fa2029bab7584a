/// Blowfish with the costly set-up of bcrypt; nothing else needs it, and libcrypto hides it.
///
/// Words of 32 bits are kept in 64, which saves conversions in code that runs some ten million times.
///
/// - Isolation: none; a value type.
/// - Source: Schneier, "Description of a New Variable-Length Key, 64-Bit Block Cipher" (1993).
struct Blowfish {
    /// 18 subkeys, then four boxes of 256 words.
    private var state: [UInt]

    private static let subkeys = 18
    private static let beginning = PiFraction.words(subkeys + 4 * 256)

    init() { state = Self.beginning }

    /// Mixes a key in, and a salt.
    ///
    /// - Parameters:
    ///   - key: Words of 32 bits, begun again at their end.
    ///   - salt: The same; empty for none.
    mutating func expand(_ key: [UInt], salt: [UInt] = [0]) {
        state.withUnsafeMutableBufferPointer { state in
            for index in 0..<Self.subkeys { state[index] ^= key[index % key.count] }
            var (left, right, place, index) = (UInt(0), UInt(0), 0, 0)
            while index < state.count {
                left ^= salt[place]
                place = place + 1 == salt.count ? 0 : place + 1
                right ^= salt[place]
                place = place + 1 == salt.count ? 0 : place + 1
                Self.encipher(&left, &right, state)
                state[index] = left
                state[index + 1] = right
                index += 2
            }
        }
    }

    /// Enciphers pairs of words.
    mutating func encipher(_ words: inout [UInt]) {
        state.withUnsafeMutableBufferPointer { state in
            for index in stride(from: 0, to: words.count - 1, by: 2) {
                var (left, right) = (words[index], words[index + 1])
                Self.encipher(&left, &right, state)
                (words[index], words[index + 1]) = (left, right)
            }
        }
    }

    @inline(__always)
    private static func encipher(_ left: inout UInt, _ right: inout UInt, _ state: UnsafeMutableBufferPointer<UInt>) {
        var (one, two, round) = (left ^ state[0], right, 1)
        while round < 17 {
            two ^= mix(one, state) ^ state[round]
            one ^= mix(two, state) ^ state[round &+ 1]
            round &+= 2
        }
        (left, right) = (two ^ state[17], one)
    }

    @inline(__always)
    private static func mix(_ word: UInt, _ state: UnsafeMutableBufferPointer<UInt>) -> UInt {
        let first = state[18 &+ Int(bitPattern: word &>> 24)] &+ state[274 &+ Int(bitPattern: word &>> 16 & 0xFF)]
        let third = first ^ state[530 &+ Int(bitPattern: word &>> 8 & 0xFF)]
        return (third &+ state[786 &+ Int(bitPattern: word & 0xFF)]) & 0xFFFF_FFFF
    }
}
