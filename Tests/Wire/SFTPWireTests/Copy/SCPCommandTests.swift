import SFTPWire
import Testing

@Suite("The command of scp")
struct SCPCommandTests {
    @Test(
        "A command is read as a shell splits it",
        arguments: [
            ("scp -t notes", "notes"), ("scp -v -r -p -t -- -odd", "-odd"), ("scp -rpt 'a b'", "a b"),
            ("scp -f a\\ b", "a b"),
            ("scp -f \"a \\\"b\" ", "a \"b"), ("scp  -q   -f\t/x", "/x"), ("scp -f 'it'\\''s'", "it's"),
            ("scp -t ''", ""),
            ("scp -t .", "."), ("scp -t -", "-"),
        ])
    func reads(line: String, path: String) throws { #expect(try #require(SCPCommand(line)).path == path) }

    @Test("Options say what is wanted")
    func options() throws {
        let command = try #require(SCPCommand("scp -r -p -d -t x"))
        #expect(command.direction == .toServer && command.isRecursive && command.keepsTimes && command.isDirectory)
        let plain = try #require(SCPCommand("scp -f x"))
        #expect(plain.direction == .fromServer && !plain.isRecursive && !plain.keepsTimes && !plain.isDirectory)
    }

    @Test(
        "Anything else is not this program",
        arguments: [
            "", "scp", "scp x", "scp -t", "scp -t a b", "scp -t 'a", "scp -t a\\", "scp -Z -t a", "look", "scpx -t a",
            "/bin/scp -t a",
            "scp -t " + String(repeating: "a", count: 8192),
        ])
    func refuses(line: String) { #expect(SCPCommand(line) == nil) }
}
