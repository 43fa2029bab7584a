import Testing

@testable import CredentialCore

@Suite struct CheckerDescriptionTests {
    static let good: [(String, String, [CheckerDescription.Field])] = [
        ("unix", "unix", []),
        ("anonymous:", "anonymous", [.init(name: nil, value: "")]),
        ("file:/etc/passwords", "file", [.init(name: nil, value: "/etc/passwords")]),
        ("file:/a\\:b\\\\c\\=d", "file", [.init(name: nil, value: "/a:b\\c=d")]),
        ("memory:ada=x=y:bob=", "memory", [.init(name: "ada", value: "x=y"), .init(name: "bob", value: "")]),
    ]

    @Test(arguments: good) func reads(text: String, type: String, fields: [CheckerDescription.Field]) throws {
        let description = try CheckerDescription(parsing: text)
        #expect(description.type == type && description.fields == fields)
        #expect("\(description)" == type)
    }

    static let bad: [(String, CheckerDescription.Failure)] = [
        ("", .noType), (":x", .noType), ("a=b", .noType), ("file:\\", .danglingBackslash),
        (String(repeating: "x", count: 4097), .tooLong(limit: 4096)),
    ]

    @Test(arguments: bad) func refuses(text: String, failure: CheckerDescription.Failure) {
        #expect(throws: failure) { try CheckerDescription(parsing: text) }
    }
}
