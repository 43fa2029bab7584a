import Basics
import IRCWire
import WorldVerbs

/// Names of the world as IRC has them, and the other way round.
extension IRCMap {
    /// The nick under which a reader knows somebody; spaces and what cannot stand in a source become low lines.
    ///
    /// Somebody of another network, `ben@libera`, is `ben/libera`, as relays write it.
    ///
    /// - Parameter name: As the reader knows them; empty when they do not.
    /// - Returns: A nick; `*somebody` for those the reader does not know.
    static func nick(_ name: String) -> String {
        if name.isEmpty { return "*somebody" }
        if name.utf8.allSatisfy(isPlain) { return name }
        return String(String.UnicodeScalarView(name.unicodeScalars.map { $0 == "@" ? "/" : isPlain($0) ? $0 : "_" }))
    }

    /// What stands before the words of somebody who does not play here now: of another network, a guest who has gone, or a creature.
    ///
    /// - Parameters:
    ///   - name: As the reader knows them.
    ///   - isGone: Whether the world has them no longer.
    /// - Returns: Nick, user and host.
    static func source(ofNoPlayer name: String, isGone: Bool) -> IRCSource {
        let nick = nick(name)
        if let at = name.lastIndex(of: "@"), at != name.startIndex {
            return IRCSource(
                nick, user: Self.nick(String(name[..<at])), host: host(String(name[name.index(after: at)...])))
        }
        if isGone, name.hasPrefix("Guest"), name.dropFirst(5).allSatisfy(\.isNumber) {
            return IRCSource(nick, user: "guest", host: absent)
        }
        return IRCSource(nick, user: creature.user, host: creature.host)
    }

    /// The name of a network, as the host of those who are on it.
    private static func host(_ network: String) -> String {
        let host = network.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
        return host.isEmpty ? "elsewhere" : host
    }

    /// Whether it is the nick of somebody of another network.
    static func isOutside(_ nick: String) -> Bool { nick.contains("/") }

    private static func isPlain(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? isPlain(UInt8(truncatingIfNeeded: scalar.value)) : scalar.properties.isAlphabetic
    }

    /// The name of a channel of the game.
    static func channel(_ name: String) -> String { "#" + nick(name) }

    /// Whether two names mean the same in IRC.
    static func isSame(_ one: String, _ other: String) -> Bool { IRCCaseMapping.ascii.isSame(one, other) }

    /// The command in a line of ``here``; nil when it is something to say.
    static func command(in text: String) -> String? {
        guard text.first == mark else { return nil }
        let rest = text.dropFirst()
        return rest.first?.isLetter == true ? String(rest) : nil
    }

    /// What ``here`` is about: where one is, and which ways lead on.
    static func topic(of place: PlaceFacts) -> String {
        let area = place.area.isEmpty ? "" : " (\(place.area))"
        let exits = place.exits.map(\.way).joined(separator: ", ")
        return place.name + area + (exits.isEmpty ? "" : ": " + exits)
    }

    // MARK: Tags

    /// What clients may set for clients: that somebody types, which message is answered, and with what sign.
    static let clientTags = ["+typing", "+draft/reply", "+draft/react"]
    /// Octets of a tag's value at most: an id, or a word.
    static let clientTagLimit = 128

    /// What the server says of all others.
    static var deniedTags: String { "*" + clientTags.map { ",-" + $0.dropFirst() }.joined() }

    /// Those of some tags that go on to others.
    static func passed(_ tags: IRCTags) -> IRCTags {
        var passed = IRCTags()
        if tags.isEmpty { return passed }
        for key in clientTags {
            if let value = tags[key], value.utf8.count <= clientTagLimit { passed[key] = value }
        }
        return passed
    }

    // MARK: Masks

    /// The pattern of names that a mask of people means: `nick!*@*`, `*!account@*` or a name alone; nil for one that is of hosts,
    /// or of everybody.
    ///
    /// Somebody of another network is `nick/network!*@*` or `nick@network`, and `nick@network` in the world.
    ///
    /// The networks are those that are bridged, folded.
    static func pattern(of mask: String, networks: [String] = []) -> String? {
        if let end = mask.lastIndex(of: "@"), !mask.contains("!"),
            networks.contains(String(mask[mask.index(after: end)...]).folded)
        {
            return mask.folded
        }
        if let slash = mask.lastIndex(of: "/") {
            let (name, network) = (mask[..<slash], mask[mask.index(after: slash)...].prefix { $0 != "!" })
            return name.isEmpty || network.isEmpty ? nil : "\(name)@\(network)"
        }
        let mark = mask.firstIndex(of: "!")
        let at = mask.lastIndex(of: "@")
        let nick = mark.map { String(mask[..<$0]) } ?? (at == nil ? mask : "*")
        let user: String =
            if let mark, let at, mark < at { String(mask[mask.index(after: mark)..<at]) } else if mark == nil, let at {
                String(mask[..<at])
            } else {
                "*"
            }
        let host = at.map { String(mask[mask.index(after: $0)...]) } ?? "*"
        let isOfNick = nick != "*" && !nick.isEmpty
        let isOfUser = user != "*" && !user.isEmpty
        guard host == "*" || host.isEmpty, isOfNick != isOfUser else { return nil }
        return isOfNick ? nick : user
    }

    /// The address or network that a mask of `KLINE` means: `*@address`, or the address alone; nil when it is of users.
    static func address(of mask: String) -> String? {
        guard let at = mask.lastIndex(of: "@") else { return mask.contains("!") ? nil : mask }
        let rest = mask[..<at].split(separator: "!", omittingEmptySubsequences: false)
        guard rest.allSatisfy({ $0 == "*" }) else { return nil }
        return String(mask[mask.index(after: at)...])
    }

    /// The mask that stands for a pattern of names.
    static func mask(of pattern: String) -> String { pattern.folded.replacing("@", with: "/") + "!*@*" }
}
