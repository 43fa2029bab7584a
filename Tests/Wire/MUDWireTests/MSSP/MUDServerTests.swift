import MUDWire
import Testing

@Suite struct ServerFactsTests {
    @Test func whatEveryListNeeds() {
        let table = MSSPTable(MUDServer(name: "A game", players: 3, startTime: 1_700_000_000, codebase: "mudd 1.0"))
        #expect(table.entries.prefix(3).map(\.name) == ["NAME", "PLAYERS", "UPTIME"])
        #expect(table["PLAYERS"] == ["3"])
        #expect(table["UPTIME"] == ["1700000000"])
        #expect(table["CODEBASE"] == ["mudd 1.0"])
        #expect(table["FAMILY"] == ["Custom"])
        // What is not known is left out; what is not spoken is said not to be.
        for name in ["PORT", "TLS", "SSL", "HOSTNAME", "CONTACT", "ROOMS", "CREATED", "CHARSET", "LANGUAGE"] {
            #expect(table[name].isEmpty, "\(name)")
        }
        for name in ["GMCP", "MXP", "MSP", "UTF-8", "PAY TO PLAY", "HIRING BUILDERS"] {
            #expect(table[name] == ["0"], "\(name)")
        }
        #expect(table.entries.allSatisfy { !$0.values.isEmpty })
    }

    @Test func everythingThatIsKnown() throws {
        var facts = MUDServer(name: "A game", players: 0, startTime: 5, codebase: "mudd")
        facts.hostname = "mud.example.org"
        facts.ports = [4000, 23]
        facts.tlsPorts = [4001]
        facts.website = "https://mud.example.org/"
        facts.icon = "https://mud.example.org/icon.png"
        facts.discord = "https://discord.gg/x"
        facts.contact = "owner@example.org"
        facts.location = "Germany"
        facts.created = 2026
        facts.languages = ["English", "Chinese"]
        facts.genre = "Fantasy"
        facts.gameplay = ["Social", "Adventure"]
        facts.status = "Live"
        facts.minimumAge = 0
        facts.crawlDelay = 5
        facts.areas = 2
        facts.rooms = 30
        facts.objects = 40
        facts.mobiles = 5
        facts.helpFiles = 60
        facts.skills = 0
        facts.classes = 0
        facts.races = 3
        facts.charsets = ["UTF-8", "ISO-8859-1"]
        facts.protocols = ["ANSI", "GMCP", "MCCP", "MSDP", "UTF-8", "XTERM TRUE COLORS", "TELEPATHY"]
        facts.hiringBuilders = true
        let table = MSSPTable(facts)
        let expected: [String: [String]] = [
            "HOSTNAME": ["mud.example.org"], "PORT": ["4000", "23"], "TLS": ["4001"], "SSL": ["4001"],
            "WEBSITE": ["https://mud.example.org/"], "CONTACT": ["owner@example.org"], "CREATED": ["2026"],
            "LANGUAGE": ["English", "Chinese"], "GAMEPLAY": ["Social", "Adventure"], "MINIMUM AGE": ["0"],
            "CRAWL DELAY": ["5"], "AREAS": ["2"], "ROOMS": ["30"], "OBJECTS": ["40"], "MOBILES": ["5"],
            "HELPFILES": ["60"], "SKILLS": ["0"], "CLASSES": ["0"], "RACES": ["3"],
            "CHARSET": ["UTF-8", "ISO-8859-1"], "GMCP": ["1"], "MXP": ["0"], "UTF-8": ["1"],
            "XTERM TRUE COLORS": ["1"], "HIRING BUILDERS": ["1"], "HIRING CODERS": ["0"], "LOCATION": ["Germany"],
            "STATUS": ["Live"], "GENRE": ["Fantasy"], "DISCORD": ["https://discord.gg/x"], "PLAYERS": ["0"],
        ]
        for (name, values) in expected { #expect(table[name] == values, "\(name)") }
        #expect(table["TELEPATHY"].isEmpty)
        #expect(try MSSPTable(parsing: table.encoded) == table)
        #expect(Set(table.entries.map(\.name)).count == table.entries.count)
    }
}
