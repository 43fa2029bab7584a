import Testing

@testable import PluginHost

@Suite struct BuildIDTests {
    private static func note(_ name: [UInt8], _ type: UInt8, _ content: [UInt8]) -> [UInt8] {
        func filled(_ octets: [UInt8]) -> [UInt8] {
            octets + [UInt8](repeating: 0, count: (4 - octets.count % 4) % 4)
        }
        return [UInt8(name.count), 0, 0, 0, UInt8(content.count), 0, 0, 0, type, 0, 0, 0] + filled(name)
            + filled(content)
    }

    private static let gnu = Array("GNU\0".utf8)

    @Test func theNoteIsFoundAmongOthers() {
        let notes =
            Self.note(Self.gnu, 1, [1, 2, 3, 4, 5]) + Self.note(Array("X\0".utf8), 3, [9])
            + Self.note(Self.gnu, 3, [0x0A, 0xFF, 0x10])
        #expect(BuildID.identity(in: notes) == "0aff10")
    }

    @Test func whatIsCutOffOrLiesIsNoNote() {
        let whole = Self.note(Self.gnu, 3, [1, 2, 3, 4])
        for length in 0..<whole.count { #expect(BuildID.identity(in: Array(whole.prefix(length))) == nil) }
        #expect(BuildID.identity(in: [255, 255, 255, 255, 255, 255, 255, 255, 3, 0, 0, 0] + Self.gnu) == nil)
    }

    @Test(arguments: ["/dev/null", "/nonexistent", "/etc/passwd"]) func otherFilesHaveNone(path: String) {
        #expect(BuildID.read(ofFile: path) == nil)
    }

}
