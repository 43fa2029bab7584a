import Testing
import WorldModel
import WorldText
import WorldVerbs

@Suite struct SocialFilesTests {
    @Test func theShippedOnesAreManyAndCanBeTyped() throws {
        let socials = try ShippedWorld.read().socials
        #expect(socials.count >= 150)
        for name in socials.keys {
            #expect(VerbTable.standard.verb(for: name) == nil, "\(name) is hidden by a verb")
            #expect(socials[name]?["at"] != nil, "\(name) cannot be done at anybody")
        }
    }

    @Test func theyAreLoadedIntoTheWorldAndReplacedByAReload() throws {
        let world = makeWorld(try ShippedWorld.read())
        let root = try #require(world.root)
        #expect(root[.socials]["smile"]?["at"] == "<smile> at <you>.")
        let (content, diagnostics) = Cove.read(
            Cove.good,
            with: [Cove.world, ContentSource(path: "socials.yaml", text: "socials:\n  wave: {alone: <wave>.}\n")])
        #expect(diagnostics == [])
        _ = load(content, into: world)
        #expect(root[.socials] == ["wave": ["alone": "<wave>."]])
        _ = load(Cove.read(Cove.good).0, into: world)
        #expect(root[.socials] == [:])
    }

    @Test(arguments: [
        ("smile: {alone: <smile>, at: <smile> at <you>}", []),
        ("smile: {alone: <smile, heard: true}", ["2:19: error: alone of social smile has a < without a >"]),
        ("smile: {alone: smile>}", ["2:19: error: alone of social smile has a > without a <"]),
        ("smile: {alone: smiles.}", ["2:19: error: alone of social smile has no verb, such as <smile>"]),
        (
            "smile: {alone: <Smile>.}",
            ["2:19: error: alone of social smile has <Smile>, which is no word in lower case"]
        ),
        (
            "smile: {alone: <smile> at <you>.}",
            ["2:19: error: alone of social smile speaks of somebody else, who is only there in `at`"]
        ),
        ("smile: {at: <smile>.}", ["2:16: error: at of social smile does not say at whom; write <you> or <your>"]),
        ("smile: {heard: true}", ["2:4: error: social smile shows nothing; give it `alone`, `at` or both"]),
        ("smile: {alone: <smile>., tuoch: true}", ["2:29: error: social smile has no key tuoch (did you mean touch?)"]),
        (
            "north: {alone: <smile>.}",
            ["2:4: error: north cannot name a social; use 2 to 20 lower-case letters, and no direction"]
        ),
        (
            "smile: {alone: <smile> \(String(repeating: "x", count: 200))}",
            ["2:19: error: alone of social smile is longer than 200 octets"]
        ),
    ])
    func saysWhereAMistakeIs(_ line: String, _ mistakes: [String]) {
        let file = ContentSource(path: "socials.yaml", text: "socials:\n   \(line)\n")
        let (_, diagnostics) = Cove.read(Cove.good, with: [Cove.world, file])
        #expect(diagnostics == mistakes.map { "socials.yaml:" + $0 })
    }

    @Test func aNameBelongsToOneFile() {
        let files = ["a.yaml", "b.yaml"].map { ContentSource(path: $0, text: "socials:\n  wave: {alone: <wave>.}\n") }
        let (_, diagnostics) = Cove.read(Cove.good, with: [Cove.world] + files)
        #expect(diagnostics == ["b.yaml:2:3: error: social wave is given in another file already"])
    }
}
