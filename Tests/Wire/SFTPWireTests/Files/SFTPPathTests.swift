import Basics
import SFTPWire
import Testing

@Suite("SFTP paths")
struct SFTPPathTests {
    @Test(
        "A path is resolved by its text",
        arguments: [
            ("", "/home"), (".", "/home"), ("/", "/"), ("//", "/"), ("..", "/"), ("../..", "/"), ("/..", "/"),
            ("a", "/home/a"), ("a/b/", "/home/a/b"), ("./a//b/./c", "/home/a/b/c"), ("a/../b", "/home/b"),
            ("../../../../etc/passwd", "/etc/passwd"), ("/a/b/../../../c", "/c"), ("...", "/home/..."),
            ("/a/.../b", "/a/.../b"), ("~", "/home/~"), ("a b", "/home/a b"), ("/ä/書", "/ä/書"),
            ("..a/a..", "/home/..a/a.."),
            ("/%2e%2e/x", "/%2e%2e/x"), ("\\..\\x", "/home/\\..\\x"), ("/．．/x", "/．．/x"),
        ])
    func resolves(text: String, path: String) throws {
        let base = try SFTPPath("/home")
        #expect(try SFTPPath(text, from: base).description == path)
    }

    @Test(
        "What can be no path is refused",
        arguments: [
            [0], [0x61, 0, 0x62], [0x2E, 0x2E, 0], [0x0A], [0x7F], [0x1B, 0x5B], [0xC0, 0xAF],
            [0xC0, 0xAE, 0xC0, 0xAE, 0x2F],
            [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xFF], [0x61, 0xC3],
            [0xF4, 0x90, 0x80, 0x80],
            Array(repeating: 0x61, count: 256), Array(repeating: 0x2F, count: 4097),
        ] as [[UInt8]])
    func refuses(path: [UInt8]) {
        #expect(throws: SFTPStatus.self) { _ = try SFTPPath(path) }
        #expect(throws: SFTPStatus.self) { _ = try SFTPPath(octets("/a/") + path) }
    }

    @Test("Depth alone is no way out, and is bounded by the octets")
    func deep() throws {
        #expect(throws: SFTPStatus.self) { _ = try SFTPPath(String(repeating: "a/", count: 4096)) }
        #expect(throws: SFTPStatus.self) { _ = try SFTPPath(String(repeating: "../", count: 4096)) }
        let deepest = try SFTPPath(String(repeating: "/a", count: 2048))
        #expect(deepest.names.count == 2048)
        #expect(throws: SFTPStatus.self) { _ = try SFTPPath("a", from: deepest) }
        #expect(try SFTPPath(String(repeating: "../", count: 1365), from: deepest).names.count == 2048 - 1365)
    }

    /// 5,000 paths put together from what has led out of trees elsewhere, against a resolver that counts depth alone.
    @Test("No path leads out")
    func corpus() throws {
        let pieces: [[UInt8]] =
            [
                "..", ".", "", "...", ".. ", " ..", "a", "etc", "passwd", "~", "~root", "%2e%2e", "..%2f", "..;", "C:",
                "\\..", "..\\",
                "..%c0%af", "．．", "․․", "‥", "con", "proc", "self", "-rf", "$HOME", "*", "a\u{301}",
            ].map { octets($0) } + [
                [0x2E, 0x2E, 0], [0], [0xC0, 0xAE, 0xC0, 0xAE], [0xE0, 0x80, 0xAE], [0xFF, 0xFE],
                [0x2E, 0x2E, 0x0D, 0x0A], [0x7F],
                Array(repeating: 0x2E, count: 300),
            ]
        var random = SeededGenerator(seed: 7)
        let base = try SFTPPath("/home/ann")
        var (accepted, refused) = (0, 0)
        for _ in 0..<5000 {
            let parts = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }
            var path = Array(parts.joined(separator: octets("/")))
            if Bool.random(using: &random) { path = octets("/") + path }
            do {
                let resolved = try SFTPPath(path, from: base)
                accepted += 1
                for name in resolved.names { #expect(SFTPPath.objection(to: name) == nil) }
                let again = try SFTPPath(resolved.description)
                #expect(again == resolved && again.description == resolved.description)
                #expect(resolved.isWithin(.root))
                #expect(depth(path, 2) == resolved.names.count)
            } catch {
                refused += 1
            }
        }
        #expect(accepted > 500 && refused > 500)
    }

    /// The depth at which a path ends, counted from its octets.
    private func depth(_ path: [UInt8], _ base: Int) -> Int {
        var depth = path.first == 0x2F ? 0 : base
        for part in path.split(separator: 0x2F) {
            switch Array(part) {
            case [0x2E]: continue
            case [0x2E, 0x2E]: depth = max(0, depth - 1)
            default: depth += 1
            }
        }
        return depth
    }

    @Test("A path knows its parts")
    func parts() throws {
        let path = try SFTPPath("/notes/friends.txt")
        #expect(path.name == "friends.txt" && path.parent.description == "/notes" && !path.isRoot)
        #expect(SFTPPath.root.parent.isRoot && SFTPPath.root.name.isEmpty && SFTPPath.root.description == "/")
        #expect(path.isWithin(path.parent) && path.isWithin(path) && !path.parent.isWithin(path))
        #expect(try !SFTPPath("/notesbook").isWithin(path.parent))
        #expect(try path.parent.appending("x").description == "/notes/x")
        for name in ["", ".", "..", "a/b", "a\0", String(repeating: "x", count: 256)] {
            #expect(throws: SFTPStatus.self) { _ = try path.appending(name) }
        }
    }
}
