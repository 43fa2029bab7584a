import Basics
package import WorldLanguage
package import WorldModel

/// What is said on a channel by those of another network, who have no characters.
///
/// A thing with the faculty `bridge` speaks for all of one network; whose words they are, everybody reads as `ben@network`. What
/// holds for others holds for them: moderators ban them by that name or a pattern of it (`*@network`), and whoever ignores one
/// reads nothing of them, now and in the history.
extension Channel {
    /// Of a name on another network with the network's own, in octets.
    package static let longestVisitor = 64
    /// Of a network's name here, in octets; what it leaves of a visitor's is enough for the nicks of nearly all networks.
    package static let longestNetwork = 20
    private static let mostBridges = 50

    /// Whether a network may be called that here: letters, digits and `-`.
    package static func isNetwork(_ name: String) -> Bool {
        (1...longestNetwork).contains(name.utf8.count)
            && name.utf8.allSatisfy { octet in
                switch octet {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// What speaks for a network already; nil when nothing does.
    ///
    /// - Complexity: O(*n*) in the bridges.
    package static func bridge(named network: String, in world: World) -> Thing? {
        (world.root?[.bridges] ?? []).lazy.compactMap { world[$0] }.first { $0.name.folded == network.folded }
    }

    /// What speaks for a network, made when there is nothing yet.
    ///
    /// - Parameters:
    ///   - network: Its name here; see ``isNetwork(_:)``.
    ///   - turn: The turn in which it is made.
    /// - Returns: What speaks for it.
    /// - Throws: A refusal when that is no name, or there are as many as may be.
    package static func bridge(to network: String, _ turn: Turn) throws -> Thing {
        let world = turn.world
        guard let root = world.root, isNetwork(network) else {
            throw turn.refusal("\"\(plain: network)\" is no name of a network.")
        }
        if let known = bridge(named: network, in: world) { return known }
        if root[.bridges].count >= mostBridges { throw turn.refusal("There are bridges enough.", .tooMany) }
        let thing = world.create(.bridge)
        world.set(.name, to: network, on: thing)
        world.set(.article, to: "", on: thing)
        world.set(.bridges, to: root[.bridges] + [thing.id], on: root)
        return thing
    }

    /// Says what somebody on another network has said; the actor is what speaks for that network.
    ///
    /// - Parameters:
    ///   - text: In one line.
    ///   - isGesture: Whether it goes on from the speaker's name.
    ///   - name: The speaker's, as it is on their network.
    ///   - turn: Whose actor is a bridge.
    /// - Throws: A refusal when the speaker is banned, the channel is moderated and the bridge has no voice there, or everybody
    ///   has to wait.
    package func relay(_ text: String, isGesture: Bool = false, by name: String, _ turn: Turn) throws {
        let bridge = turn.actor
        guard bridge.has(.bridge) else { throw turn.refusal("Only a bridge speaks for others.", .needsRole) }
        if text.isEmpty { throw turn.refusal("Say what?", .nothingSaid) }
        if text.utf8.count > Self.longestText { throw turn.refusal("That is too long for a channel.", .tooLong) }
        let visitor = Self.visitor(name, of: bridge)
        guard visitor.utf8.count <= Self.longestVisitor, !visitor.contains(where: \.isWhitespace) else {
            throw turn.refusal("That is too long a name.", .tooLong)
        }
        if bans(at: Int(world.now.milliseconds)).contains(where: { $0.pattern.matches(visitor) }) {
            throw turn.refusal("\(plain: visitor) is banned from \(title).", .banned)
        }
        try requireRelease(turn)
        if !hasVoice(bridge), ChannelRules.isModerated(thing) { try turn.require(.speak, on: thing) }
        try requirePace(turn)
        try say(text, isGesture, as: visitor, turn)
    }

    /// What everybody here reads as the name of somebody on another network.
    package static func visitor(_ name: String, of bridge: Thing) -> String { "\(name)@\(bridge.name)" }
}
