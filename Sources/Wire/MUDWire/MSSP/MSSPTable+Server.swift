extension MSSPTable {
    /// Makes the table of a server; what is not known is left out.
    ///
    /// - Parameter facts: As they are at this moment.
    package init(_ facts: MUDServer) {
        self.init()
        self["NAME"] = [facts.name]
        self["PLAYERS"] = [String(facts.players)]
        self["UPTIME"] = [String(facts.startTime)]
        set("CRAWL DELAY", facts.crawlDelay)

        set("HOSTNAME", facts.hostname)
        self["PORT"] = facts.ports.map { String($0) }
        // Two names for one thing: clients and lists ask for either.
        self["TLS"] = facts.tlsPorts.map { String($0) }
        self["SSL"] = facts.tlsPorts.map { String($0) }
        set("WEBSITE", facts.website)
        set("ICON", facts.icon)
        set("DISCORD", facts.discord)
        set("CONTACT", facts.contact)
        set("LOCATION", facts.location)

        self["CODEBASE"] = [facts.codebase]
        self["FAMILY"] = facts.family
        set("CREATED", facts.created)
        self["LANGUAGE"] = facts.languages
        set("GENRE", facts.genre)
        self["GAMEPLAY"] = facts.gameplay
        set("STATUS", facts.status)
        set("MINIMUM AGE", facts.minimumAge)

        set("AREAS", facts.areas)
        set("HELPFILES", facts.helpFiles)
        set("MOBILES", facts.mobiles)
        set("OBJECTS", facts.objects)
        set("ROOMS", facts.rooms)
        set("CLASSES", facts.classes)
        set("RACES", facts.races)
        set("SKILLS", facts.skills)

        self["CHARSET"] = facts.charsets
        for name in Self.protocols { set(name, facts.protocols.contains(name)) }
        set("PAY TO PLAY", facts.payToPlay)
        set("PAY FOR PERKS", facts.payForPerks)
        set("HIRING BUILDERS", facts.hiringBuilders)
        set("HIRING CODERS", facts.hiringCoders)
    }

    /// What a list asks each server about, so that those which are not spoken are told as well.
    private static let protocols = [
        "ANSI", "GMCP", "MCCP", "MCP", "MSDP", "MSP", "MXP", "PUEBLO", "UTF-8", "VT100", "XTERM 256 COLORS",
        "XTERM TRUE COLORS",
    ]

    private mutating func set(_ name: String, _ value: String?) {
        if let value, !value.isEmpty { self[name] = [value] }
    }

    private mutating func set(_ name: String, _ value: Int?) {
        if let value { self[name] = [String(value)] }
    }

    private mutating func set(_ name: String, _ value: Bool) {
        self[name] = [value ? "1" : "0"]
    }
}
