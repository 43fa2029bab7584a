import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting

@testable import WorldVerbs

@Suite struct HelpTests {
    private static let pages = HelpLibrary([
        HelpEntry(
            topic: "light", aliases: ["dark", "lamps"], title: "Light and darkness",
            body: "In the dark you see nothing. `light lamp` helps, and `extinguish lamp` ends it; `look` then."),
        HelpEntry(
            topic: "movement", aliases: ["walking", "gateways"], title: "Moving about",
            body: "Type `north` or `go north`. A closed gateway is opened with `open gateway`."),
        HelpEntry(
            topic: "names", aliases: [], title: "Naming things", body: "Say which gateway: `open second gateway`."),
    ])

    private func read(_ line: String, role: Role = .player) -> String {
        let stage = House.make()
        stage.interpreter.help = Self.pages
        guard let ada = stage.player(named: "Ada") else { return "" }
        stage.roles[ada.id] = role
        return stage.play(line, by: ada).deliveries.map(\.text.plain).joined(separator: "\n")
    }

    @Test(arguments: VerbTable.standard.verbs.map(\.name))
    func everyVerbHasItsPage(name: String) throws {
        let verb = try #require(VerbTable.standard.verb(exactly: name))
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        stage.roles[ada.id] = .owner
        let text = stage.play("help \(name)", by: ada).deliveries.first?.text
        #expect(text?.plain.hasPrefix("\(name): \(verb.summary)\n") == true, "\(text?.plain ?? "")")
        // The usage stands there as commands.
        for usage in verb.usage { #expect(text?.runs.contains(StyledText.Run(usage, .command)) == true) }
    }

    @Test(arguments: [
        // Whole names, then beginnings that only one page has.
        ("help dark", "Light and darkness"), ("help walk", "go: "), ("help walki", "Moving about"),
        ("help nam", "Naming things"),
        ("help mov", "Moving about"), ("help inven", "inventory: "), ("help hu", "hug: "), ("help ruf", "ruffle: "),
    ]) func aNameOrItsBeginningIsEnough(line: String, beginning: String) {
        #expect(read(line).hasPrefix(beginning), "\(read(line))")
    }

    @Test func severalPagesThatBeginSoAreListed() {
        let text = read("help ex")
        #expect(text.hasPrefix("These pages begin with \"ex\":\n"), "\(text)")
        #expect(text.contains("\n- help examine: "))
    }

    @Test func theBestPageComesFirst() {
        #expect(
            read("help search gateways")
                == """
                These pages speak of "gateways":
                - help movement: Moving about
                - help names: Naming things
                """)
    }

    @Test func pagesWithAllTheWordsShutOutTheOthers() {
        let text = read("help search which gateway")
        #expect(text.contains("help names") && !text.contains("help movement"), "\(text)")
    }

    @Test func questionsAreReadForTheirWords() {
        let text = read("help how do I see in the dark")
        #expect(text.hasPrefix("These pages speak of \"how do I see in the dark\":\n- help light: Light and darkness"))
    }

    /// A command and an idea may have the same name.
    @Test func theCommandIsReadBelowTheIdea() {
        let text = read("help light")
        #expect(text.hasPrefix("Light and darkness\n"), "\(text)")
        #expect(text.contains("\n\nlight: ") && text.contains("\n  light THING\n"), "\(text)")
        #expect(text.hasSuffix("\nSee also: help douse and help look."), "\(text)")
    }

    @Test func aKindOfCommandsIsAPage() {
        #expect(read("help building", role: .builder) == read("commands building", role: .builder))
    }

    @Test func directionsAndSignsAreTyped() {
        #expect(read("help n").hasPrefix("go: Go somewhere"))
        #expect(read("? take off").hasPrefix("remove: "))
        #expect(read("help how do I open a door").contains("\n- help open: Open a door or a container."))
    }

    @Test(arguments: [Role.guest, .player, .owner]) func everyCommandIsListedUnderItsKind(role: Role) {
        let text = read("commands", role: role)
        for group in VerbGroup.allCases {
            let names = VerbTable.standard.verbs.filter { $0.group == group && $0.role <= role }.map(\.name)
            let line = text.split(separator: "\n").first { $0.hasPrefix("- \(group.rawValue): ") }.map(String.init)
            let listed = line.map { line in
                String(line.dropFirst("- \(group.rawValue): ".count).dropLast())
                    .replacing(" and ", with: " ").replacing(", ", with: " ")
            }
            #expect(listed == (names.isEmpty ? nil : names.joined(separator: " ")))
            if names.isEmpty { continue }
            let kind = group == .game ? "game" : group.rawValue.lowercased()
            let lines = read("commands \(kind)", role: role).split(separator: "\n").map(String.init)
            #expect(lines.first == group.rawValue)
            #expect(lines.dropFirst().map { String($0.dropFirst(2).prefix { $0 != ":" }) } == names)
        }
    }

    @Test func nearNamesAreOffered() {
        #expect(read("help lihgt") == "There is no help about \"lihgt\". Did you mean help light?")
        #expect(read("help movment") == "There is no help about \"movment\". Did you mean help movement?")
        #expect(read("help ") != "")
        #expect(read("help zzyzx") == "There is no help about \"zzyzx\". Try help or commands.")
        #expect(read("help " + String(repeating: "x", count: 900)).hasPrefix("There is no help about"))
    }

    @Test func pagesNameTheVerbsTheySpeakOfAndVerbsTheirPages() {
        #expect(read("help dark").hasSuffix("\nSee also: help douse and help look."), "\(read("help dark"))")
        #expect(read("help open").hasSuffix("\nSee also: help movement and help names."), "\(read("help open"))")
    }

    @Test func whatOneMayNotUseIsNotFound() {
        #expect(!read("help search faculty", role: .guest).contains("help attach"))
        #expect(read("help search faculty", role: .owner).contains("help attach"))
    }

    /// Pages are read once, and again when there are others.
    @Test func searchesFollowThePages() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        func found(_ word: String) -> String {
            stage.play("help search \(word)", by: ada).deliveries.map(\.text.plain).joined(separator: "\n")
        }
        stage.interpreter.help = Self.pages
        #expect(found("gateways").contains("\n- help movement: Moving about"))
        stage.interpreter.help = HelpLibrary([
            HelpEntry(topic: "movement", aliases: [], title: "Swimming", body: "Mind the quagmires.")
        ])
        #expect(!found("gateways").contains("help movement"))
        #expect(found("quagmire").contains("\n- help movement: Swimming"))
        stage.interpreter.verbs = VerbTable([.helpVerb])
        #expect(!found("inventory").contains("help inventory"))
    }

    @Test func longTextsAreLookedForByTheirBeginning() {
        let words = (1...HelpSearch.mostWords).map { "xyzzy\($0)" }.joined(separator: " ")
        #expect(read("help search \(words) gateway").hasPrefix("There is no help about"))
        #expect(read("help search gateway \(words)").contains("\n- help movement"))
        #expect(read("help gateway " + String(repeating: "zyx ", count: 480)).contains("\n- help movement"))
    }

    @Test func listsAreBounded() {
        let lines = read("help search a").split(separator: "\n")
        #expect(lines.count <= 14)
    }
}
