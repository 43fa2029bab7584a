import Basics

/// How a session's octets may be cut: whole, octet by octet, in two at each place, and at random.
func cuts(of input: [UInt8], seed: UInt64 = 1) -> [[[UInt8]]] {
    var all = [[input], input.map { [$0] }]
    for place in 1..<max(1, input.count) { all.append([Array(input[..<place]), Array(input[place...])]) }
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

func octets(_ text: String) -> [UInt8] { Array(text.utf8) }
