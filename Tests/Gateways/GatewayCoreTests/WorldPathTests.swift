import GatewayCore
import Testing
import WorldModel

@Suite struct WorldPathTests {
    @Test(arguments: [
        [".."], ["."], [""], ["a", ".."], ["a/b"], [".mill.yaml.1.new"], ["a\u{0}"], ["é"], ["-a"], ["_a"], ["a b"],
        ["a\\b"],
        [String(repeating: "n", count: 65)], Array(repeating: "a", count: 9),
    ])
    func whatIsNoPathIsRefused(_ names: [String]) {
        #expect(WorldPath(names) == nil)
    }

    @Test(arguments: [
        (["areas", "mill.yaml"], Role.builder), (["help", "files.md"], .builder), (["areas"], .admin),
        (["languages", "zh", "areas", "mill.yaml"], .builder), (["languages", "zh", "help", "files.md"], .builder),
        (["languages", "zh", "messages", "core.yaml"], .admin), (["languages", "zh", "verbs.yaml"], .admin),
        (["world.yaml"], .admin), (["socials.yaml"], .admin), (["areas", "far", "mill.yaml"], .admin),
        (["languages", "areas", "mill.yaml"], .admin), ([], .admin),
    ])
    func theRoleDependsOnWhatTheFileIsAbout(_ names: [String], _ role: Role) throws {
        #expect(try #require(WorldPath(names)).leastRole == role)
    }

    @Test(arguments: [
        ("mill.yaml", true), ("mill.yml", true), ("a.md", true), ("a.txt", false), ("a.yaml.filepart", false),
        ("yaml", false),
    ])
    func theServerReadsYAMLAndMarkdown(_ name: String, _ isContent: Bool) throws {
        #expect(try #require(WorldPath(["areas", name])).isContent == isContent)
    }
}
