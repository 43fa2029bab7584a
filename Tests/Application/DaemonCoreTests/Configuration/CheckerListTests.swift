import Testing

@testable import DaemonCore

@Suite struct CheckerListTests {
    @Test(arguments: [
        ("accounts", ["accounts"]), ("  a  b ", ["a", "b"]), ("", []), ("a\\ b c", ["a\\ b", "c"]),
        ("a\\\\ b", ["a\\\\", "b"]), ("a\tb", ["a", "b"]), ("a\\", ["a\\"]),
    ])
    func reading(_ text: String, _ expected: [String]) {
        #expect(CheckerList.read(text) == expected)
    }

    @Test(arguments: ["accounts", "memory:ada=correct horse", "memory:ada=a\\ b", "file:/a\\\\ b", "x\\:y z"])
    func whatIsProtectedStaysOne(_ description: String) {
        let list = [description, "accounts"].map(CheckerList.protected).joined(separator: " ")
        #expect(CheckerList.read(list) == [CheckerList.protected(description), "accounts"])
    }

    @Test func aListInAFileAndNoSecretInAnyMessage() throws {
        var configuration = Configuration()
        try configuration.overlay(text: "auth: [accounts, 'memory:ada=my secret']", file: "x")
        #expect(configuration.checkers == ["accounts", "memory:ada=my\\ secret"])
        let changes = Configuration().changes(to: configuration).map(\.description)
        #expect(changes == ["auth: accounts \u{2192} accounts memory"])
        for text in ["auth: []", "auth: {a: secret}", "auth: [[secret]]", "auth: ' '"] {
            let failure = #expect(throws: DaemonFailure.self) { try configuration.overlay(text: text, file: "x") }
            #expect(
                failure?.description.contains("auth: expected") == true
                    && failure?.description.contains("secret") == false)
        }
        let many = Array(repeating: "secret", count: 20).joined(separator: " ")
        let failure = #expect(throws: DaemonFailure.self) {
            try configuration.overlay(settings: [.init("--auth", "auth", many)])
        }
        #expect(failure?.description.contains("secret") == false)
    }
}
