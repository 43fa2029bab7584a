import Basics
import FramingWire

/// How a framer's input may be cut: whole, octet by octet, in two at each place, and at random.
func cuts(of input: [UInt8], seed: UInt64 = 1) -> [[[UInt8]]] {
    var all = [[input], input.map { [$0] }]
    if input.count <= 300 {
        for place in 0...input.count { all.append([Array(input[..<place]), Array(input[place...])]) }
    }
    var random = SeededGenerator(seed: seed)
    for _ in 0..<5 {
        var pieces: [[UInt8]] = []
        var rest = input[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...min(rest.count, 40), using: &random)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        all.append(pieces)
    }
    return all
}

/// What framers of all kinds gave.
enum Outcome: Equatable {
    case frame(String)
    case tooLong
    case failure(String)
    /// What had waited at the end.
    case rest(Int)
}

extension Outcome: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self = .frame(value) }
}

func text(_ octets: [UInt8]) -> String { String(octets.map { Character(Unicode.Scalar($0)) }) }

func octets(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }

/// The octets of a scoped view.
func text(_ span: borrowing Span<UInt8>) -> String {
    var copy: [UInt8] = []
    for index in span.indices { copy.append(span[index]) }
    return text(copy)
}
