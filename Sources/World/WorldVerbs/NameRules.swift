import Basics
package import WorldLanguage
package import WorldModel

/// Which names a character may have.
package enum NameRules {
    package static let shortest = 3
    package static let longest = 20

    /// Words that would make sentences ambiguous or players look like what they are not.
    private static let reserved: Set<String> = [
        "all", "and", "everybody", "everyone", "everything", "guest", "her", "here", "him", "himself", "herself", "its",
        "itself", "myself", "new", "nobody", "noone", "nothing", "self", "server", "somebody", "someone", "something",
        "system", "the", "them", "themself", "these", "this", "those", "you", "your", "yourself", "admin", "owner",
        "but",
        "builder", "root", "create", "connect", "except", "game", "mudd",
    ]

    /// What is wrong with a name for a new character in a world, as a sentence; nil when it will do.
    package static func problem(with name: String, in world: World) -> Sentence? {
        if let problem = problem(with: name) { return problem }
        if Channel(named: name.folded, in: world) != nil {
            return "A channel is called that; please choose another name."
        }
        // Nobody passes for the game itself, or for its network in IRC, which is called so.
        if world.root.map({ $0[.title].folded.filter { $0.isLetter || $0.isNumber } }) == name.folded {
            return isNeeded(name.folded)
        }
        guard let namesake = world.namesake(of: name) else { return nil }
        if namesake.has(.persona) { return "Somebody of that name lives here already; please choose another." }
        return "Something here is called \(plain: name.folded.capitalizedFirst); please choose another name."
    }

    /// What is wrong with a name wherever it is used, as a sentence; nil when it will do.
    package static func problem(with name: String) -> Sentence? {
        let folded = name.folded
        guard folded.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else {
            return "A name is made of the letters a to z only."
        }
        if folded.utf8.count < shortest { return "A name has at least \(plain: String(shortest)) letters." }
        if folded.utf8.count > longest { return "A name has at most \(plain: String(longest)) letters." }
        if folded.hasPrefix("guest") { return "Names that begin with Guest belong to guests." }
        // Services of IRC, such as NickServ, end so, and clients send them passwords.
        if folded.hasSuffix("serv") || reserved.contains(folded) || VerbTable.standard.verb(exactly: folded) != nil
            || Direction(word: folded) != nil
        {
            return isNeeded(folded)
        }
        return nil
    }

    private static func isNeeded(_ folded: String) -> Sentence {
        "\(plain: folded.capitalizedFirst) is a word the game needs; please choose another name."
    }

    /// The same in English.
    package static func check(_ name: String, in world: World) -> String? { problem(with: name, in: world)?.english }

    /// The same in English.
    package static func check(_ name: String) -> String? { problem(with: name)?.english }
}
