import Basics
import Testing
import WorldModel

@Suite struct LockExpressionTests {
    static let good: [(text: String, read: LockExpression)] = [
        ("anyone", .condition(.anyone)),
        ("  nobody ", .condition(.nobody)),
        ("role builder or owner", .any([.condition(.role(.builder)), .condition(.owner)])),
        ("carries the iron key", .condition(.carries("the iron key"))),
        ("name ada, ben", .condition(.names(["ada", "ben"]))),
        ("not guest", .not(.condition(.guest))),
        (
            "wears a hood and not (in the mill or in #12)",
            .all([
                .condition(.wears("a hood")),
                .not(.any([.condition(.within("the mill")), .condition(.within("#12"))])),
            ])
        ),
        (
            "anyone or nobody and owner",
            .any([.condition(.anyone), .all([.condition(.nobody), .condition(.owner)])])
        ),
        ("carries \"bread and butter\"", .condition(.carries("bread and butter"))),
        (
            "it is open and its water is very deep",
            .all([.condition(.state("open")), .condition(.property("water", "very deep"))])
        ),
        ("CARRIES the Key OR Role ADMIN", .any([.condition(.carries("the Key")), .condition(.role(.admin))])),
    ]

    @Test func readsWhatPeopleWrite() throws {
        for (text, read) in Self.good { #expect(try LockExpression(text) == read, "\(text)") }
    }

    static let slips: [(text: String, column: Int, mistake: String)] = [
        ("", 1, "a condition is missing"),
        ("and", 1, "a condition is missing here"),
        ("anyone or", 10, "a condition is missing"),
        ("anyone and or owner", 12, "a condition is missing here"),
        ("anyone at all", 8, "expected `and`, `or` or the end"),
        ("not", 4, "a condition is missing"),
        ("(anyone", 1, "there is a ( without a )"),
        ("anyone)", 7, "there is a ) without a ("),
        ("(anyone, owner)", 8, "expected `and`, `or` or )"),
        ("()", 2, "a condition is missing here"),
        ("carries", 8, "expected the name of a thing"),
        ("carries and owner", 9, "expected the name of a thing"),
        ("in", 3, "expected the name of a place"),
        ("name ada,", 10, "expected a name"),
        ("role king", 6, "expected a role: guest, player, builder, programmer, admin, owner"),
        ("builder", 1, "say `role builder`"),
        ("carrie key", 1, "carrie is no condition (did you mean carries?)"),
        (
            "blue", 1,
            "blue is no condition; there are anyone, nobody, owner, guest, role, name, carries, wears, in, it, its"
        ),
        ("it open", 4, "expected `is`"),
        ("it is", 6, "expected a state, such as open"),
        ("its", 4, "expected a property"),
        ("its water", 10, "expected `is`"),
        ("its water is", 13, "expected a value"),
        ("carries \"key", 9, "there is a \" without another"),
        ("carries \"\"", 9, "expected the name of a thing"),
        ("any\u{1B}one", 4, "there is a control character"),
        (
            "\u{1F5DD} key", 1,
            "\u{1F5DD} is no condition; there are anyone, nobody, owner, guest, role, name, carries, wears, in, it, its"
        ),
        (String(repeating: "(", count: 11) + "anyone", 12, "more than 10 parentheses or negations within each other"),
        (
            String(repeating: "not ", count: 12) + "anyone", 45,
            "more than 10 parentheses or negations within each other"
        ),
        (String(repeating: "a", count: 201), 201, "a lock has at most 200 characters"),
    ]

    @Test func saysWhatIsWrongAndWhere() {
        for (text, column, mistake) in Self.slips {
            do throws(LockMistake) {
                let read = try LockExpression(text)
                Issue.record("\(text) was read as \(read)")
            } catch {
                #expect(error.column == column && error.text == mistake, "\(text): \(error)")
            }
        }
    }

    @Test func whatIsPrintedIsReadAgainAsTheSame() throws {
        var random = SeededGenerator(seed: 5)
        var read = 0
        for _ in 0..<3000 {
            let expression = Self.expression(depth: 3, &random)
            let text = expression.description
            if text.unicodeScalars.count > LockExpression.longest { continue }
            read += 1
            #expect(try LockExpression(text) == expression, "\(text)")
        }
        #expect(read > 1000)
    }

    @Test func noTextTraps() {
        var random = SeededGenerator(seed: 6)
        let words = [
            "anyone", "nobody", "owner", "guest", "role", "name", "carries", "wears", "in", "it", "its", "is", "not",
            "and", "or",
            "(", ")", ",", "\"", "builder", "ada", "#1", "é", "\u{301}", " ", "\u{0}", "🙂", "a/b",
        ]
        for _ in 0..<5000 {
            let count = Int.random(in: 0..<14, using: &random)
            let text = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }
                .joined(separator: Bool.random(using: &random) ? " " : "")
            guard let expression = try? LockExpression(text) else { continue }
            #expect((try? LockExpression(expression.description)) == expression, "\(text)")
        }
        for _ in 0..<1000 {
            let octets = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                UInt8.random(in: 0...0xFF, using: &random)
            }
            _ = try? LockExpression(String(decoding: octets, as: UTF8.self))
        }
    }

    private static let phrases = [
        "key", "the iron key", "bread and butter", "a (b)", "x, y", "NOT now", "#12", "mill/key", "é",
    ]

    private static func expression(depth: Int, _ random: inout SeededGenerator) -> LockExpression {
        let phrase = phrases.randomElement(using: &random) ?? "key"
        switch Int.random(in: 0..<(depth == 0 ? 9 : 14), using: &random) {
        case 0: return .condition(.anyone)
        case 1: return .condition(.owner)
        case 2: return .condition(.role(Role.allCases.randomElement(using: &random) ?? .guest))
        case 3: return .condition(.names(Bool.random(using: &random) ? [phrase] : [phrase, "ben"]))
        case 4: return .condition(.carries(phrase))
        case 5: return .condition(.wears(phrase))
        case 6: return .condition(.within(phrase))
        case 7: return .condition(.state("lit"))
        case 8: return .condition(.property("water", phrase))
        case 9, 10: return .not(expression(depth: depth - 1, &random))
        case 11: return .all((0..<2).map { _ in expression(depth: depth - 1, &random) })
        default: return .any((0..<3).map { _ in expression(depth: depth - 1, &random) })
        }
    }
}
