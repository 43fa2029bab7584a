import FileAccessTesting
import Glibc
import PluginCore
import Testing

@testable import PluginHost

@Suite struct PluginFolderTests {
    private static let manifest = """
        {name: roses, version: 1, interface: 1, library: l.so, build: 00ff00ff, provides: []}
        """

    private func plugin(_ folder: TemporaryFolder, _ name: String, _ manifest: String = Self.manifest) throws {
        try folder.makeFolder(name)
        try folder.write(manifest, to: "\(name)/plugin.yaml")
        try folder.write("", to: "\(name)/l.so")
    }

    private func reasons(_ folder: TemporaryFolder, user: uid_t = geteuid()) throws -> [String] {
        try PluginFolder(path: folder.path, user: user).look().map { result in
            switch result {
            case .success(let file): "\(file.name) in \(file.folder.split(separator: "/").last ?? "")"
            case .failure(let failure): failure.description
            }
        }
    }

    @Test func foldersAreLookedAtInOrderAndTheRestIsLeftAlone() throws {
        let folder = try TemporaryFolder()
        #expect(try reasons(folder) == [])
        for name in ["b", "a", ".hidden"] { try plugin(folder, name) }
        try folder.write("", to: "README")
        try folder.makeFolder("empty")
        #expect(
            try reasons(folder) == [
                "roses in a", "roses in b", "plugin empty: plugin.yaml cannot be read: No such file or directory",
            ])
    }

    @Test func whatIsMissingOrOfAnotherInterfaceIsNamed() throws {
        let folder = try TemporaryFolder()
        try plugin(folder, "a", Self.manifest.split(separator: "interface: 1").joined(separator: "interface: 7"))
        try plugin(folder, "b")
        unlink("\(folder.path)/b/l.so")
        #expect(
            try reasons(folder) == [
                "plugin a: it is written against version 7 of the interface, and this is version 1",
                "plugin b: l.so cannot be read: No such file or directory",
            ])
        let absent = PluginFolder(path: folder.path + "/none")
        #expect(
            throws: PluginFailure(
                plugin: folder.path + "/none", reason: "it cannot be read: No such file or directory")
        ) { try absent.look() }
    }

    @Test(arguments: ["a", "a/plugin.yaml", "a/l.so"]) func whatAnybodyMayWriteIsNotTrusted(name: String) throws {
        let folder = try TemporaryFolder()
        try plugin(folder, "a")
        try folder.setMode(0o757, of: name)
        let reason = try #require(try reasons(folder).first)
        #expect(reason.hasPrefix("plugin a: everybody may write to") && reason.hasSuffix("/" + name))
        try folder.setMode(0o755, of: name)
        #expect(try reasons(folder) == ["roses in a"])
        try folder.setMode(0o757, of: ".")
        #expect(throws: PluginFailure.self) { try reasons(folder) }
    }

    @Test func rootTrustsOnlyWhatIsRoots() throws {
        let folder = try TemporaryFolder()
        try plugin(folder, "a")
        guard geteuid() == 0 else {
            // Everything here belongs to somebody else then.
            #expect(throws: PluginFailure.self) { try reasons(folder, user: 0) }
            return
        }
        chown("\(folder.path)/a/l.so", 4242, 0)
        #expect(
            try reasons(folder, user: 0).first?.hasSuffix("belongs to user 4242, and this process is root's") == true)
        #expect(try reasons(folder, user: 4242) == ["roses in a"])
        chown("\(folder.path)/a/l.so", 0, 4242)
        try folder.setMode(0o664, of: "a/l.so")
        #expect(try reasons(folder, user: 0).first?.contains("group 4242 may write to") == true)
    }

    @Test func aFolderInWhichAnybodyMayPutAnotherIsNotTrustedByRoot() throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("open")
        try folder.makeFolder("open/plugins")
        try folder.setMode(0o777, of: "open")
        let inner = PluginFolder(path: "\(folder.path)/open/plugins", user: 0)
        #expect(throws: PluginFailure.self) { try inner.look() }
        try folder.setMode(0o1777, of: "open")
        if geteuid() == 0 { #expect(try inner.look().count == 0) }
    }
}
