import Basics
import WorldLanguage
import WorldModel

/// Several people to whom one thing is said.
///
/// ```text
///   tell ben hello        tell ben, cat hello        tell ben, cat and dora hello
/// ```
///
/// A comma may as well be the first sign of what is said, as in `tell ben, hello`: a word after it is a further name only
/// when it is somebody's whole name and something follows that can be said.
extension CommandParser {
    /// The token after the names that begin at one; the first is taken to be a name, whatever it says.
    func endOfNames(from start: Int, amongThoseHere: Bool) -> Int {
        var end = start + 1
        while true {
            var next = end
            while next < tokens.count, tokens[next].word == "and" { next += 1 }
            guard next > end, next + 1 < tokens.count, !tokens[(next + 1)...].allSatisfy(\.isComma),
                (amongThoseHere ? personHere(tokens[next].word) : otherPlayer(tokens[next].word)) != nil
            else { return end }
            end = next + 1
        }
    }

    /// Those whom the names of a row mean, each once.
    mutating func recipients(_ range: Range<Int>, amongThoseHere: Bool) throws -> [Thing] {
        guard let first = tokens[range].first?.word else { return [] }
        var people = [amongThoseHere ? try one([first], .people, nil) : try player(first, mayBeAway: true)]
        for token in tokens[range].dropFirst() where token.word != "and" {
            guard let person = amongThoseHere ? personHere(token.word) : otherPlayer(token.word) else { continue }
            if !people.contains(where: { $0 === person }) { people.append(person) }
        }
        return people
    }

    private func otherPlayer(_ name: String) -> Thing? {
        turn.world.player(named: name).flatMap { $0 === turn.actor ? nil : $0 }
    }

    private func personHere(_ name: String) -> Thing? {
        var person: Thing?
        turn.perception.walk(naming: [name], atMost: Self.mostMet) { percept in
            let thing = percept.thing
            if thing.has(.persona), thing !== turn.actor, percept.unseen == nil,
                thing.words.match([name], plural: false) == .exact
            {
                person = thing
            }
            return person == nil
        }
        return person
    }
}
