import Basics
package import WorldModel

/// All commands, each once; what `help`, `commands` and the interpreter read.
///
/// A word means the verb of that name or alias; else, from two letters on, the verb highest in the table with a name
/// or alias that begins so. The order of the rows is therefore the order of precedence of short forms.
package struct VerbTable: Sendable {
    package let verbs: [Verb]
    private let exact: [String: Int]
    /// Every beginning of a name, computed once.
    private let beginnings: [String: Int]
    /// By first word: second word and verb.
    private let phrases: [String: [(particle: String, index: Int)]]

    package init(_ verbs: [Verb]) {
        self.verbs = verbs
        var exact: [String: Int] = [:]
        var beginnings: [String: Int] = [:]
        var phrases: [String: [(particle: String, index: Int)]] = [:]
        for (index, verb) in verbs.enumerated() {
            for name in [verb.name] + verb.aliases {
                precondition(exact[name] == nil, "two verbs are called \(name)")
                exact[name] = index
                if !verb.hasShortForms { continue }
                for length in 2..<max(3, name.count) {
                    let beginning = String(name.prefix(length))
                    if beginnings[beginning] == nil { beginnings[beginning] = index }
                }
            }
            for phrase in verb.phrases {
                let words = phrase.split(separator: " ").map(String.init)
                precondition(words.count == 2, "\"\(phrase)\" is not two words")
                phrases[words[0], default: []].append((words[1], index))
            }
        }
        self.exact = exact
        self.beginnings = beginnings
        self.phrases = phrases
    }

    package func verb(exactly name: String) -> Verb? { exact[name].map { verbs[$0] } }

    /// The verb of a word: its whole name, else the verb highest in the table that begins so.
    package func verb(for word: String) -> Verb? { (exact[word] ?? beginnings[word]).map { verbs[$0] } }

    /// The verb of a line that begins with two words, or encloses its object between them, and where the second is.
    func phrase(_ tokens: [Token]) -> (verb: Verb, particle: Int)? {
        guard let first = tokens.first, let known = phrases[first.word], let last = tokens.last else { return nil }
        if tokens.count > 1, let match = known.first(where: { $0.particle == tokens[1].word }) {
            return (verbs[match.index], 1)
        }
        if tokens.count > 2, let match = known.first(where: { $0.particle == last.word }) {
            return (verbs[match.index], tokens.count - 1)
        }
        return nil
    }

    /// The names most like a word that is none, nearest first.
    package func suggestions(for word: String, role: Role) -> [String] {
        if word.utf8.count > Spelling.maximumLength { return [] }
        let length = word.utf8.count
        // A word of two letters is like too many others.
        if length < 3 { return [] }
        let farthest = max(1, min(3, word.count / 3))
        let letters = Spelling.letters(of: word)
        let near = exact.compactMap { name, index -> (name: String, distance: Int)? in
            guard verbs[index].role <= role, name.utf8.count > 2, abs(name.utf8.count - length) <= 4 * farthest,
                (Spelling.letters(of: name) ^ letters).nonzeroBitCount <= 2 * farthest
            else { return nil }
            let distance = Spelling.distance(word, name)
            return distance <= farthest ? (name, distance) : nil
        }
        return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }

    package static let standard = VerbTable([
        .look, .examine, .go, .get, .drop, .put, .give, .inventory, .open, .close, .lock, .unlock, .enter, .wear,
        .remove, .equipment, .light, .douse, .read, .say, .tell, .reply, .emote, .ask, .who, .helpVerb, .commands,
        .describe, .edit, .settings, .again, .oops, .password, .authenticator, .sshKey, .certificate, .appPassword,
        .claim, .quit, .why, .alias,
        .unalias,
        .inspect,
        .attach, .detach, .socials, .mail, .write, .board, .post,
        .time, .weather, .map, .path, .exits, .follow, .unfollow, .lose, .lead, .group, .gtell, .finger, .last, .plan,
        .tutorial,
        .permit, .permissions, .own, .may, .behave,
        .characters, .play, .connections,
        .whisper, .tells, .shout, .channel, .join, .part, .history, .ignore, .unignore, .report, .reports,
        .homepage, .notes, .away, .back, .ban, .unban,
    ])
}
