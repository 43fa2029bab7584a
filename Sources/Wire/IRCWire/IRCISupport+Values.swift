extension IRCISupport {
    /// How names are compared; ``IRCCaseMapping/rfc1459`` when the server does not say.
    public var caseMapping: IRCCaseMapping { self["CASEMAPPING"].map(IRCCaseMapping.init(token:)) ?? .rfc1459 }

    /// What channels' names begin with.
    public var channelTypes: String { self["CHANTYPES"] ?? "#&" }

    /// Whether a target is a channel, by its first character.
    public func isChannel(_ target: String) -> Bool {
        guard let first = target.unicodeScalars.first else { return false }
        return channelTypes.unicodeScalars.contains(first)
    }

    /// The modes of a channel's members with the sign before their nicks, highest first.
    public var prefixes: [(mode: Character, sign: Character)] {
        let value = self["PREFIX"] ?? "(ov)@+"
        guard value.first == "(", let close = value.firstIndex(of: ")") else { return [] }
        let modes = value[value.index(after: value.startIndex)..<close]
        return Array(zip(modes, value[value.index(after: close)...])).map { (mode: $0.0, sign: $0.1) }
    }

    /// The modes of channels in their four classes; empty texts for those not told.
    ///
    /// A: lists. B: always a parameter. C: a parameter when set. D: never one.
    public var channelModes: (list: String, always: String, whenSet: String, never: String) {
        var classes = (self["CHANMODES"] ?? "b,k,l,imnpst")
            .split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        while classes.count < 4 { classes.append("") }
        return (classes[0], classes[1], classes[2], classes[3])
    }

    /// Signs before a channel's name that send to those members only.
    public var statusSigns: String { self["STATUSMSG"] ?? "" }

    /// Octets of a line without tags, CR LF included.
    public var lineOctets: Int {
        number("LINELEN", in: IRCLimits.bodyOctets...IRCLimits.longestBodyOctets) ?? IRCLimits.bodyOctets
    }

    /// Octets of a nick; nil when the server does not say.
    public var nickOctets: Int? { number("NICKLEN", in: 1...IRCLimits.bodyOctets) }

    /// Octets of a topic; nil when the server does not say.
    public var topicOctets: Int? { number("TOPICLEN", in: 1...65_536) }

    /// Changes of modes with a parameter in one command; 3 when the server does not say.
    public var modes: Int { number("MODES", in: 1...100) ?? (has("MODES") ? 100 : 3) }

    /// Nicks that may be watched with MONITOR; nil when it can't be used, `Int.max` for no limit.
    public var monitor: Int? { has("MONITOR") ? number("MONITOR", in: 1...1_000_000) ?? .max : nil }

    /// Targets that a command takes in one line; nil when the server does not say.
    public func targets(of command: String) -> Int? {
        for part in (self["TARGMAX"] ?? "").split(separator: ",") {
            let pair = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, pair[0] == command else { continue }
            return pair[1].isEmpty ? .max : Int(pair[1])
        }
        return nil
    }

    /// The network's name; nil when the server does not say.
    public var network: String? { self["NETWORK"] }

    /// The letter of the mode that marks programs; nil when there is none.
    public var botMode: Character? { self["BOT"]?.first }

    private func number(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = self[name].flatMap({ Int($0) }) else { return nil }
        return min(max(value, range.lowerBound), range.upperBound)
    }
}
