import PluginCore
import Testing

@testable import PluginHost

@Suite struct PluginFileTests {
    private static let whole = """
        name: roses
        version: 1.2
        interface: 1
        library: libroses.so
        build: 00ff00ff
        compiler: "Swift: \\"a\\""
        provides:
          - service roses
          - verb smell
        """

    private func parse(_ text: String, isComplete: Bool = true) throws(PluginFailure) -> PluginFile {
        try PluginFile.parse(text, folder: "/x/roses", named: "roses", isComplete: isComplete)
    }

    @Test func everyKeyIsRead() throws {
        let file = try parse(Self.whole)
        #expect(file.manifest == PluginManifest(name: "roses", version: "1.2", interface: 1))
        #expect(file.libraryPath == "/x/roses/libroses.so" && file.build == "00ff00ff")
        #expect(file.compiler == "Swift: \"a\"" && file.provides == ["service roses", "verb smell"])
    }

    @Test func whatTheBuilderAddsIsReadAgain() throws {
        let file = try parse("name: roses\nversion: \"1 \\\"x\\\" \\\\\"\nprovides: [verb smell]\n", isComplete: false)
        let text = file.completed(library: "libroses.so", build: "0011223344", compiler: "a \"b\" \\")
        let whole = try parse(text)
        #expect(whole.version == #"1 "x" \"# && whole.compiler == #"a "b" \"# && whole.build == "0011223344")
        #expect(whole.interface == PluginManifest.currentInterface && whole.provides == ["verb smell"])
    }

    static let wrong: [(text: String, reason: String)] = [
        ("", "plugin.yaml is empty"),
        ("- a\n", "plugin.yaml:1:1: expected keys and values"),
        ("name: [\n", "plugin.yaml:2:1: did not find expected node content"),
        ("name: a\nname: b\n", "plugin.yaml:1:1: the key name stands there twice"),
        ("nmae: a\n", "plugin.yaml:1:1: unknown key “nmae”; did you mean name?"),
        ("name: Roses\n", "plugin.yaml:1:7: name: expected lower-case letters, digits and hyphens, not “Roses”"),
        ("name: [a]\n", "plugin.yaml:1:7: name: expected one value"),
        ("library: a/b\n", "plugin.yaml:1:10: library: expected the name of a file beside this one, not “a/b”"),
        ("library: ..\n", "plugin.yaml:1:10: library: expected the name of a file beside this one, not “..”"),
        ("build: XY\n", "plugin.yaml:1:8: build: expected 8 to 128 hexadecimal digits, not “XY”"),
        ("interface: -1\n", "plugin.yaml:1:12: interface: expected a whole number, not “-1”"),
        (
            "provides: service roses\n",
            "plugin.yaml:1:11: provides: expected a list such as [service roses, verb smell]"
        ),
        ("provides: [roses]\n", "plugin.yaml:1:12: provides: expected a kind and a name, such as service roses"),
        (
            "name: a\nversion: 1\n",
            "plugin.yaml: provides is missing; plugin.yaml: interface is missing; plugin.yaml: library is missing; "
                + "plugin.yaml: build is missing"
        ),
    ]

    @Test(arguments: wrong) func complaintsNameThePlace(text: String, reason: String) {
        #expect(throws: PluginFailure(plugin: "roses", reason: reason)) { try parse(text) }
    }
}
