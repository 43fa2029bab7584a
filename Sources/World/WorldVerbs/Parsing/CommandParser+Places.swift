import Basics
import WorldLanguage
import WorldModel

/// Finding places by name, among those the actor has been to.
extension CommandParser {
    /// How well words name a place.
    private enum Fit: Int {
        case beginning, noun, whole
    }

    /// The place the words name best; nil when they name none that the actor knows.
    ///
    /// - Throws: A question when several fit as well.
    func knownPlace(named words: [String]) throws -> Thing? {
        let words = Self.bare(words)
        if words.isEmpty || words.count > Self.longestPlace { return nil }
        let known = turn.world.visitedPlaces(of: turn.actor)
        if let id = conversation.decided[phrases], let decided = known.first(where: { $0.id == id }) { return decided }
        let whole = words.joined(separator: " ")
        var best = Fit.beginning
        var found: [Thing] = []
        for place in known {
            guard let fit = fit(of: place, words, whole), fit.rawValue >= best.rawValue else { continue }
            if fit != best { found = [] }
            best = fit
            found.append(place)
        }
        if found.count < 2 { return found.first }
        throw Question(found, phrase: phrases, turn: turn)
    }

    /// Words of a place's name at most.
    private static let longestPlace = 12
    private static let articles: Set<String> = ["the", "a", "an"]

    private static func bare(_ words: [String]) -> [String] { Array(words.drop { articles.contains($0) }) }

    private func fit(of place: Thing, _ words: [String], _ whole: String) -> Fit? {
        let names = place.words
        let own = Self.bare(names.fullName.split(separator: " ").map(String.init)).joined(separator: " ")
        if own == whole { return .whole }
        switch names.match(words, plural: false) {
        case .exact?: return .noun
        case .prefix?: return .beginning
        case nil: return nil
        }
    }
}
