import PluginCore
import Testing

@testable import PluginHost

private enum BuiltIn: Plugin {
    static let manifest = PluginManifest(name: "built-in", version: "1")
    static func register(in registry: inout PluginRegistry) { registry.add(Leaf("oak")) }
}

private enum Late: Plugin {
    static let manifest = PluginManifest(name: "late", version: "2")
    static func register(in registry: inout PluginRegistry) {
        registry.add(Leaf("elm"))
        registry.add(Leaf("ash"))
    }
}

private struct Leaf: Provision {
    static let kind = "leaf"
    let name: String
    init(_ name: String) { self.name = name }
}

@Suite struct PluginShelfTests {
    private static func file(_ text: String) throws -> PluginFile {
        try PluginFile.parse(text, folder: "/x/late", named: "late", isComplete: false)
    }

    private static func late(_ provides: String = "[leaf elm, leaf ash]", version: Int = 2) throws -> PluginFile {
        try file("{name: late, version: \(version), provides: \(provides)}")
    }

    private static func shelf() -> PluginShelf {
        var shelf = PluginShelf(PluginRegistry())
        shelf.add(BuiltIn.self)
        return shelf
    }

    private static let stamp = PluginShelf.FileStamp("/")

    @Test func whatIsNewIsTakenInOnce() throws {
        var shelf = Self.shelf()
        let stamp = try #require(Self.stamp)
        let finding = PluginShelf.Finding.loaded(try Self.late(), Late.self, stamp: stamp)
        #expect(shelf.take([finding], liveKinds: ["leaf"]) == ["The plugin late 2 is loaded: leaf elm, leaf ash."])
        #expect(shelf.take([finding]) == [])
        #expect(shelf.registry.all(Leaf.self).map(\.name) == ["oak", "elm", "ash"])
        #expect(shelf.registry.members.last?.folder == "/x/late")
        #expect(shelf.registry.members.last?.provides == ["leaf elm", "leaf ash"])
        // Without its folder it is gone, and stays nevertheless.
        let findings = shelf.look(in: nil)
        #expect(shelf.take(findings) == ["The plugin late is not there any more: it goes at the next start."])
        #expect(shelf.registry.plugins.map(\.name) == ["built-in", "late"])
    }

    @Test func whatWaitsForTheNextStartIsSaid() throws {
        var shelf = Self.shelf()
        let stamp = try #require(Self.stamp)
        #expect(
            shelf.take([.loaded(try Self.late(), Late.self, stamp: stamp)]) == [
                "The plugin late 2 is loaded: leaf elm (at the next start), leaf ash (at the next start)."
            ])
        #expect(
            shelf.take([.changed(from: try Self.late(), to: try Self.late(version: 3))]) == [
                "The plugin late has changed (2 → 3): at the next start."
            ])
    }

    static let untrue: [(provides: String, reason: String)] = [
        ("[leaf elm]", "it provides a leaf ash, which its manifest does not name"),
        ("[leaf elm, leaf ash, leaf fir]", "it provides no leaf fir, which its manifest names"),
    ]

    @Test(arguments: untrue) func aManifestHasToTellTheTruth(provides: String, reason: String) throws {
        var shelf = Self.shelf()
        let stamp = try #require(Self.stamp)
        #expect(
            shelf.take([.loaded(try Self.late(provides), Late.self, stamp: stamp)]) == [
                "The plugin late is left out: \(reason)."
            ])
        #expect(shelf.registry.all(Leaf.self).map(\.name) == ["oak"] && shelf.registry.plugins.count == 1)
    }

    @Test func whatIsLeftOutIsNamedAgainAtEachLook() {
        var shelf = Self.shelf()
        let failure = PluginFailure(plugin: "x", reason: "it is broken")
        for _ in 0..<2 {
            #expect(shelf.take([.failed(failure)]) == ["The plugin x is left out: it is broken."])
            #expect(shelf.registry.failures == [failure])
        }
        #expect(shelf.take([]) == [] && shelf.registry.failures.isEmpty)
    }

    @Test func aLibraryOfAnotherBuildIsNotOpened() throws {
        let text = "{name: late, version: 2, interface: 1, library: none.so, build: 00112233, provides: []}"
        let file = try PluginFile.parse(text, folder: "/x/late", named: "late", isComplete: true)
        #expect(throws: PluginFailure.self) { try PluginLibrary.load(file, into: "44556677") }
        do {
            _ = try PluginLibrary.load(file, into: nil)
            Issue.record("it was loaded")
        } catch {
            #expect(error.reason.contains("--build-id"))
        }
        do {
            _ = try PluginLibrary.load(file, into: "00112233")
            Issue.record("it was loaded")
        } catch {
            #expect(error.reason.hasPrefix("none.so: cannot open shared object file"))
        }
    }
}
