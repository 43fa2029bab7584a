import SSHKeys
import Testing

@Suite("Authorized keys")
struct AuthorizedKeyTests {
    private let key: SSHPublicKey

    init() throws { key = try SSHPrivateKey.generate(.ed25519).publicKey }

    @Test("A line without options is a key and its remark")
    func plain() throws {
        let read = try AuthorizedKey(line: " \t\(key.line)   ada at the laptop \r\n")
        #expect(read.key == key)
        #expect(read.remark == "ada at the laptop")
        #expect(read.options == AuthorizedKeyOptions())
        #expect(read.line == "\(key.line) ada at the laptop")
        #expect(AuthorizedKey(key).line == key.line)
    }

    @Test("Options are read, and written so that they are read again")
    func options() throws {
        let line = #"""
            restrict,pty,command="say \"hi, there\" \ now",environment="A=1",ENVIRONMENT="B=2 3",from="10.0.0.0/8,!10.1.0.0/16",\#
            expiry-time="20300101120000Z",permitopen="localhost:80",permitlisten="8080",verify-required \#(key.line) x y
            """#
        let read = try AuthorizedKey(line: line)
        let options = read.options
        #expect(options.allows(.terminal))
        for right in AuthorizedKeyOptions.Right.allCases where right != .terminal { #expect(!options.allows(right)) }
        #expect(options.command == #"say "hi, there" \ now"#)
        #expect(options.environment == ["A=1", "B=2 3"])
        #expect(options.from == "10.0.0.0/8,!10.1.0.0/16")
        #expect(options.expires == 1_893_499_200)
        #expect(options.permittedTargets == ["localhost:80"])
        #expect(options.permittedListeners == ["8080"])
        #expect(options.demand == .verification)
        #expect(read.remark == "x y")
        #expect(try AuthorizedKey(line: read.line) == read)
    }

    @Test("Each right is taken and given by its name", arguments: AuthorizedKeyOptions.Right.allCases)
    func rights(right: AuthorizedKeyOptions.Right) throws {
        let taken = try AuthorizedKey(line: "no-\(right.rawValue) \(key.line)")
        #expect(taken.options.forbidden == [right])
        #expect(try AuthorizedKey(line: taken.line) == taken)
        let given = try AuthorizedKey(line: "restrict,\(right.rawValue.uppercased()) \(key.line)")
        #expect(given.options.allows(right))
        #expect(given.options.forbidden.count == AuthorizedKeyOptions.Right.allCases.count - 1)
        #expect(try AuthorizedKey(line: given.line) == given)
    }

    @Test(
        "What would be misunderstood is refused",
        arguments: [
            "cert-authority", "principals=\"a\"", "tunnel=\"1\"", "x", "command=ls", "command=\"ls", "command",
            "pty=\"1\"",
            "pty,,pty", ",", "pty,,", "expiry-time=\"tomorrow\"", "expiry-time=\"20230229\"", "from=\"a\"b",
        ])
    func refused(options: String) {
        #expect(throws: SSHKeyFailure.self) { try AuthorizedKey(line: "\(options) \(key.line)") }
    }

    @Test(
        "Lines without a key are refused",
        arguments: ["", "ssh-ed25519", "restrict", "restrict ssh-ed25519", "\"", "a b c"])
    func keyless(line: String) {
        #expect(throws: SSHKeyFailure.self) { try AuthorizedKey(line: line) }
    }

    @Test("A file says which of its lines are wrong")
    func files() throws {
        let text = "# mine\n\n\(key.line) one\r\nnonsense\n  restrict \(key.line) two\n"
        let lines = AuthorizedKey.lines(of: text)
        #expect(lines.map(\.number) == [3, 4, 5])
        #expect(try lines[0].key.get().remark == "one")
        #expect(throws: SSHKeyFailure.self) { try lines[1].key.get() }
        #expect(try lines[2].key.get().options.forbidden.count == 5)
    }

    @Test(
        "Times are read as sshd reads them, in UTC",
        arguments: [
            ("19700101", 0), ("20240229", 1_709_164_800), ("202402292359", 1_709_251_140),
            ("20240229235959Z", 1_709_251_199),
            ("20000301", 951_868_800), ("99991231235959", 253_402_300_799),
        ] as [(String, Int64)])
    func times(text: String, seconds: Int64) throws {
        let read = try AuthorizedKey(line: "expiry-time=\"\(text)\" \(key.line)")
        #expect(read.options.expires == seconds)
        #expect(read.options.hasExpired(at: seconds))
        #expect(!read.options.hasExpired(at: seconds - 1))
        #expect(try AuthorizedKey(line: read.line) == read)
    }

    @Test(
        "Addresses are let in by network, pattern and exception",
        arguments: [
            ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.0/8", "::ffff:10.1.2.3", true),
            ("10.0.0.0/8,!10.1.0.0/16", "10.1.2.3", false), ("!10.1.0.0/16,10.0.0.0/8", "10.2.2.3", true),
            ("2001:db8::/32", "2001:db8:1::1", true), ("2001:db8::/32", "2001:db9::1", false),
            ("::1", "0:0:0:0:0:0:0:1", true),
            ("192.168.?.*", "192.168.7.12", true), ("192.168.?.*", "192.168.77.12", false),
            ("0.0.0.0/0", "1.2.3.4", true),
            ("0.0.0.0/0", "::1", false), ("10.0.0.0/33", "10.0.0.1", false), ("10.0.0.0/x,*", "10.0.0.1", false),
            ("10.0.0.128/25", "10.0.0.200", true), ("10.0.0.128/25", "10.0.0.100", false),
            ("10.0.0.1", "10.0.0.1", true),
            ("10.0.0.1", "10.0.0.11", false), ("", "10.0.0.1", false), ("10.0.0.0/8", "not an address", false),
        ])
    func addresses(from: String, address: String, expected: Bool) {
        var options = AuthorizedKeyOptions()
        #expect(options.allows(from: address))
        options.from = from
        #expect(options.allows(from: address) == expected)
    }

    @Test("Nothing in a remark or an option makes another line")
    func oneLine() throws {
        var options = AuthorizedKeyOptions()
        options.command = "a\n\(key.line)\\"
        let line = AuthorizedKey(key, remark: "ada\r\n\(key.line)", options: options).line
        #expect(!line.utf8.contains(0x0A) && !line.utf8.contains(0x0D))
        #expect(AuthorizedKey.lines(of: line).count == 1)
        #expect(try AuthorizedKey(line: line).options.command == "a\(key.line)\\ ")
        #expect(throws: SSHKeyFailure.self) { try AuthorizedKey(line: "command=\"a\nb\" \(key.line)") }
    }

    @Test("ssh-keygen reads what is written")
    func readByOthers() throws {
        let tool = try SSHKeygen()
        var options = AuthorizedKeyOptions()
        options.command = #"say "hello" now"#
        options.forbidden = Set(AuthorizedKeyOptions.Right.allCases)
        options.expires = 1_893_499_200
        try tool.write(AuthorizedKey(key, remark: "ada", options: options).line + "\n", to: "keys")
        #expect(try tool.output("ssh-keygen -l -f keys").contains("\(key.fingerprint) ada"))
    }
}
