import Basics
import Foundation
import Testing
import WorldModel
import WorldText

/// What concerns whole files: YAML itself, limits, the world's file, help pages.
@Suite struct ContentFilesTests {
    @Test func reportsAllFaultsOfAllFilesAtOnce() {
        let sources = [
            ContentSource(path: "a.yaml", text: "area: a\nrooms:\n  x:\n    nmae: X\n  y: text\n"),
            ContentSource(path: "b.yaml", text: "area: b\ntitle: [\n"),
            ContentSource(path: "c.yaml", text: "area: a\n"),
            ContentSource(path: "world.yaml", text: "start: b/z\n"),
        ]
        #expect(
            ContentReader.read(sources).diagnostics.map(\.description) == [
                "a.yaml:3:3: error: room a/x has no description",
                "a.yaml:3:3: error: room a/x has no name",
                "a.yaml:4:5: error: room a/x has no key nmae (did you mean name?)",
                "a.yaml:5:6: error: room a/y must be a map, not text",
                "b.yaml:3:1: error: this is not YAML: while parsing a flow node, did not find expected node content",
                "c.yaml:1:7: error: area a is given twice; the first is at a.yaml:1:7",
            ])
    }

    /// Bad YAML costs its own file and no other: each is told of, and so is what is wrong in those that can be read.
    @Test func badYAMLInSeveralFilesHidesNothingInTheOthers() {
        let sources = [
            ContentSource(path: "a.yaml", text: "area: a\n\trooms: x\n"),
            ContentSource(path: "b.yaml", text: "area: b\ntitle: [\n"),
            ContentSource(path: "c.yaml", text: "area: \"c\nrooms: {"),
            ContentSource(
                path: "d.yaml",
                text: "area: d\nrooms:\n  x:\n    name: X\n    description: Y.\n    exits: {north: y, south: a/x}\n"),
            ContentSource(path: "help/e.md", text: "no heading"),
            ContentSource(path: "f.yaml", text: "area: f\nthings:\n  k: {name: key, description: Z., in: d/z}\n"),
            ContentSource(path: "world.yaml", text: "start: d/x\n"),
        ]
        let found = ContentReader.read(sources).diagnostics
        let errors = found.filter { $0.severity == .error }
        let files = Dictionary(grouping: errors) { $0.description.prefix { $0 != ":" } }
        #expect(files.keys.sorted() == ["a.yaml", "b.yaml", "c.yaml", "d.yaml", "f.yaml", "help/e.md"])
        #expect(errors.count { $0.description.contains("this is not YAML") } == 3)
        let semantic = errors.map(\.description).filter { $0.hasPrefix("d.yaml") || $0.hasPrefix("f.yaml") }
        #expect(
            semantic == [
                "d.yaml:6:20: error: exit north of d/x leads to d/y, which does not exist (did you mean d/x?)",
                "f.yaml:3:39: error: thing f/k is in d/z, which does not exist (did you mean d/x?)",
            ])
    }

    struct Refused: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let diagnostic: String
    }

    static let refused = [
        Refused(testDescription: "empty", text: "", diagnostic: "a.yaml:1:1: error: the file is empty"),
        Refused(
            testDescription: "scalar", text: "hello",
            diagnostic: "a.yaml:1:1: error: the file must be a map, not text"),
        Refused(
            testDescription: "no area", text: "title: x",
            diagnostic: "a.yaml:1:1: error: the file names neither an `area` nor, for the whole world, a `start`"),
        Refused(
            testDescription: "too large", text: "area: a\n#" + String(repeating: "x", count: 1 << 20),
            diagnostic: "a.yaml:1:1: error: the file is larger than 1 MiB"),
        Refused(
            testDescription: "too deep",
            text: "area: " + String(repeating: "[", count: 80) + String(repeating: "]", count: 80),
            diagnostic: "a.yaml:1:70: error: lists and maps are nested more than 64 deep"),
        Refused(
            testDescription: "far too deep",
            text: String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000),
            diagnostic: "a.yaml:1:1: error: lists and maps are nested more than 64 deep"),
        Refused(
            testDescription: "alias", text: "area: &name a\ntitle: *name\n",
            diagnostic: "a.yaml:2:8: error: anchors and aliases (&name, *name) are not allowed; use a prototype"),
        Refused(
            testDescription: "anchor", text: "area: &name a\n",
            diagnostic: "a.yaml:1:7: error: anchors are not allowed; use a prototype"),
        Refused(
            testDescription: "two documents", text: "area: a\n---\narea: b\n",
            diagnostic:
                "a.yaml:2:1: error: this is not YAML: expected a single document in the stream, but found another document"
        ),
        Refused(
            testDescription: "colon in text", text: "area: a\ntitle: one: two\n",
            diagnostic:
                "a.yaml:2:11: error: this is not YAML: mapping values are not allowed in this context; put text with a colon between quotes"
        ),
        Refused(
            testDescription: "control character", text: "area: a\ntitle: \u{1}\n",
            diagnostic: "a.yaml:2:8: error: this is not YAML: control characters are not allowed"),
    ]

    @Test(arguments: refused)
    func refuses(_ file: Refused) {
        let (_, diagnostics) = ContentReader.read([
            ContentSource(path: "a.yaml", text: file.text)
        ])
        #expect(diagnostics.map(\.description).filter { !$0.contains("where the world starts") } == [file.diagnostic])
    }

    /// Ten levels of ten aliases each, as keys, where the library itself would compare them all.
    @Test func refusesAnAliasBombBeforeParsingIt() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...10 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "? &a\(level) [\(aliases)]\n: y\n"
        }
        let (_, diagnostics) = ContentReader.read([ContentSource(path: "a.yaml", text: text)])
        #expect(diagnostics.map(\.message) == ["anchors and aliases (&a0, *a0) are not allowed; use a prototype"])
    }

    @Test func namesAMissingStart() {
        #expect(
            Cove.read("area: cove\n", with: []).1 == [
                "cove.yaml:1:7: error: no file says where the world starts; write `start: area/room` into world.yaml"
            ])
        let (_, wrong) = Cove.read(
            Cove.good, with: [ContentSource(path: "world.yaml", text: "start: cove/baech\n")])
        #expect(
            wrong == [
                "world.yaml:1:8: error: the world starts at cove/baech, which does not exist (did you mean cove/beach?)"
            ])
    }

    @Test func tellsRepeatedKeysApart() {
        let text = """
            area: cove
            rooms:
              beach:
                name: A
                name: B
                'name': C
                description: D
              # a comment
              beach:
                name: E
              "beach": {x: y}
            """
        #expect(
            Cove.read(text).1 == [
                "cove.yaml:5:5: error: name is given twice; the first is on line 4",
                "cove.yaml:6:5: error: name is given twice; the first is on line 4",
                "cove.yaml:9:3: error: beach is given twice; the first is on line 3",
                "cove.yaml:11:3: error: beach is given twice; the first is on line 3",
            ])
        #expect(
            Cove.read("area: cove\nrooms: {a: {name: x, name: y}}\n").1 == [
                "cove.yaml:2:13: error: name is given more than once"
            ])
    }

    @Test func readsHelpPages() throws {
        let page =
            "---\r\ntopic: Light\r\naliases: [dark, Lamp]\r\ntitle: Light\r\n---\r\n\r\nOne\r\nmore.\r\n\r\nTwo:\r\n- a\r\n  b\r\n- c\r\n\r\n    light lamp\r\n    look\r\nEnd."
        let (content, diagnostics) = Cove.read(
            Cove.good,
            with: [
                Cove.world, ContentSource(path: "World/help/light.md", text: page),
                ContentSource(path: "World/README.md", text: "not content"),
            ])
        #expect(diagnostics == [])
        let light = try #require(content.helpPages.first)
        #expect(light.topic == "light")
        #expect(light.aliases == ["dark", "lamp"])
        #expect(light.title == "Light")
        #expect(light.body == "One more.\n\nTwo:\n- a b\n- c\n\n    light lamp\n    look\nEnd.")
    }

    @Test(arguments: [
        ("Text.", ["help/a.md:1:1: error: a help page begins with `topic` and `title` between two lines of ---"]),
        ("---\ntopic: a\n---\nText.", ["help/a.md:2:1: error: the help page has no title"]),
        ("---\ntopic: a\ntitle: A\n---\n \n", ["help/a.md:5:1: error: the text of the help page is empty"]),
        (
            "---\ntopic: a\ntitle: A\ntopics: b\n---\nText.",
            ["help/a.md:4:1: error: the help page has no key topics (did you mean topic?)"]
        ),
    ])
    func reportsAHelpPage(_ text: String, _ expected: [String]) {
        let (_, diagnostics) = Cove.read(
            Cove.good, with: [Cove.world, ContentSource(path: "help/a.md", text: text)])
        #expect(diagnostics == expected)
    }

    @Test func lineEndsOfOtherSystemsMakeNoDifference() {
        let (unix, _) = Cove.read(Cove.good)
        let (other, diagnostics) = Cove.read(Cove.good.replacing("\n", with: "\r\n"))
        #expect(diagnostics == [])
        #expect(makeWorld(other).snapshot() == makeWorld(unix).snapshot())
    }

    @Test func theExampleInTheReadmeIsSound() throws {
        let readme = try String(contentsOf: ShippedWorld.folder.appending(path: "README.md"), encoding: .utf8)
        let parts = readme.components(separatedBy: "```yaml\n")
        let example = try #require(parts.dropFirst().first?.components(separatedBy: "```").first)
        #expect(Cove.read(example).1 == [])
    }

    /// No text may stop the program, whatever it says.
    @Test func survivesMutations() {
        var random = SeededGenerator(seed: 2_026)
        let good = Array(Cove.good.utf8)
        let alphabet = Array("{}[]:,-?&*!|>'\"%@` \n\t#/ab0\u{1}\u{85}é\u{E000}".utf8)
        for _ in 0..<500 {
            var octets = good
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let index = Int.random(in: 0..<octets.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: octets[index] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                case 1: octets.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &random)], at: index)
                case 2: octets.remove(at: index)
                default:
                    let end = min(octets.count, index + Int.random(in: 1...60, using: &random))
                    octets.insert(contentsOf: octets[index..<end], at: Int.random(in: 0..<octets.count, using: &random))
                }
            }
            let (content, diagnostics) = Cove.read(String(decoding: octets, as: UTF8.self))
            if !diagnostics.contains(where: { $0.contains(": error: ") }) {
                #expect(makeWorld(content).violations() == [])
            }
        }
    }
}
