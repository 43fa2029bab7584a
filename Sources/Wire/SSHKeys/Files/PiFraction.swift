/// The bits of π behind the point, which is what Blowfish begins with.
///
/// ```text
///   π = 16 arctan 1/5 − 4 arctan 1/239          arctan 1/x = 1/x − 1/3x³ + 1/5x⁵ − …
/// ```
///
/// - Complexity: O(*n*²) in the words.
/// - Source: Machin's formula.
enum PiFraction {
    /// Words behind those that are asked for, which take the errors of ten thousand divisions.
    private static let spare = 2

    /// The first words of 32 bits, highest first.
    static func words(_ count: Int) -> [UInt] {
        // The first word is the whole part.
        var sum = [UInt](repeating: 0, count: 1 + count + spare)
        sum.withUnsafeMutableBufferPointer { sum in
            addArctangent(times: 16, of: 5, isNegative: false, to: sum)
            addArctangent(times: 4, of: 239, isNegative: true, to: sum)
        }
        return Array(sum[1...count])
    }

    private static func addArctangent(
        times factor: UInt, of inverse: UInt, isNegative: Bool, to sum: UnsafeMutableBufferPointer<UInt>
    ) {
        var power = [UInt](repeating: 0, count: sum.count)
        var term = power
        power.withUnsafeMutableBufferPointer { power in
            term.withUnsafeMutableBufferPointer { term in
                power[0] = factor
                divide(power, by: inverse, from: 0, into: power)
                var (first, odd, subtracts) = (0, UInt(1), isNegative)
                while true {
                    while first < power.count, power[first] == 0 { first += 1 }
                    if first == power.count { return }
                    divide(power, by: odd, from: first, into: term)
                    add(term, from: first, to: sum, subtracts: subtracts)
                    divide(power, by: inverse * inverse, from: first, into: power)
                    odd += 2
                    subtracts.toggle()
                }
            }
        }
    }

    /// Loops of their own, because this is done ten million times, also in builds for tests.
    private static func divide(
        _ number: UnsafeMutableBufferPointer<UInt>, by divisor: UInt, from first: Int,
        into result: UnsafeMutableBufferPointer<UInt>
    ) {
        var (index, rest) = (first, UInt(0))
        while index < number.count {
            let part = rest &<< 32 | number[index]
            result[index] = part / divisor
            rest = part % divisor
            index &+= 1
        }
    }

    private static func add(
        _ term: UnsafeMutableBufferPointer<UInt>, from first: Int, to sum: UnsafeMutableBufferPointer<UInt>,
        subtracts: Bool
    ) {
        var (index, carry) = (sum.count - 1, UInt(0))
        while index >= first || (carry != 0 && index >= 0) {
            let digit = index >= first ? term[index] : 0
            let value = subtracts ? sum[index] &- digit &- carry : sum[index] &+ digit &+ carry
            sum[index] = value & 0xFFFF_FFFF
            carry = (value &>> 32) & 1
            index &-= 1
        }
    }
}
