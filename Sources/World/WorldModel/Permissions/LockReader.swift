import Basics

/// What is wrong with a lock, and where.
package struct LockMistake: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1, in Unicode scalars; one past the end where something is missing.
    package let column: Int
    /// What is wrong, with `{1}` and so on where ``arguments`` stand: the key of a translation.
    package let message: String
    package let arguments: [String]

    init(column: Int, _ message: String, _ arguments: String...) {
        self.column = column
        self.message = message
        self.arguments = arguments
    }

    /// What is wrong, in English.
    package var text: String {
        arguments.enumerated().reduce(message) { $0.replacing("{\($1.offset + 1)}", with: $1.element) }
    }

    package var description: String { "column \(column): \(text)" }
}

extension LockExpression {
    /// Reads an expression.
    ///
    /// - Parameter text: What somebody wrote, whatever it is.
    /// - Throws: What is wrong, with the column; whatever the text, it does not trap.
    /// - Complexity: O(*n*) in the length of the text.
    package init(_ text: String) throws(LockMistake) {
        if text.unicodeScalars.count > Self.longest {
            throw LockMistake(column: Self.longest + 1, "a lock has at most {1} characters", "\(Self.longest)")
        }
        var reader = LockReader(try LockToken.split(text), end: text.unicodeScalars.count + 1)
        self = try reader.expression(depth: 0)
        if let extra = reader.next {
            let word = extra.kind == .close ? "there is a ) without a (" : "expected `and`, `or` or the end"
            throw LockMistake(column: extra.column, word)
        }
        if description.unicodeScalars.count > Self.longest {
            throw LockMistake(column: Self.longest + 1, "a lock has at most {1} characters", "\(Self.longest)")
        }
    }
}

/// A word or a sign of an expression.
private struct LockToken {
    enum Kind: Equatable {
        case word(String)
        case quoted(String)
        case comma, open, close
    }

    let kind: Kind
    let column: Int

    var word: String? {
        if case .word(let word) = kind { word.lowercased() } else { nil }
    }

    static func split(_ text: String) throws(LockMistake) -> [LockToken] {
        var tokens: [LockToken] = []
        var word = String.UnicodeScalarView()
        var start = 1
        var quote: Int?
        var column = 0
        func finish() {
            if !word.isEmpty { tokens.append(LockToken(kind: .word(String(word)), column: start)) }
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            column += 1
            if scalar.value < 0x20 || scalar.value == 0x7F {
                throw LockMistake(column: column, "there is a control character")
            }
            if let opening = quote {
                if scalar == "\"" {
                    tokens.append(LockToken(kind: .quoted(String(word)), column: opening))
                    (word, quote) = (String.UnicodeScalarView(), nil)
                } else {
                    word.append(scalar)
                }
                continue
            }
            switch scalar {
            case "\"":
                finish()
                quote = column
            case "(", ")", ",":
                finish()
                tokens.append(LockToken(kind: scalar == "(" ? .open : scalar == ")" ? .close : .comma, column: column))
            case _ where scalar.properties.isWhitespace: finish()
            default:
                if word.isEmpty { start = column }
                word.append(scalar)
            }
        }
        if let quote { throw LockMistake(column: quote, "there is a \" without another") }
        finish()
        return tokens
    }
}

private struct LockReader {
    let tokens: [LockToken]
    let end: Int
    var index = 0

    init(_ tokens: [LockToken], end: Int) {
        self.tokens = tokens
        self.end = end
    }

    var next: LockToken? { index < tokens.count ? tokens[index] : nil }
    var column: Int { next?.column ?? end }

    private mutating func takes(_ word: String) -> Bool {
        guard next?.word == word else { return false }
        index += 1
        return true
    }

    mutating func expression(depth: Int) throws(LockMistake) -> LockExpression {
        let first = try part(depth: depth)
        var parts = [first]
        while takes("or") { parts.append(try part(depth: depth)) }
        return parts.count == 1 ? first : .any(parts)
    }

    private mutating func part(depth: Int) throws(LockMistake) -> LockExpression {
        let first = try factor(depth: depth)
        var factors = [first]
        while takes("and") { factors.append(try factor(depth: depth)) }
        return factors.count == 1 ? first : .all(factors)
    }

    private mutating func factor(depth: Int) throws(LockMistake) -> LockExpression {
        let start = column
        if depth > LockExpression.deepest {
            throw LockMistake(
                column: start, "more than {1} parentheses or negations within each other", "\(LockExpression.deepest)")
        }
        if takes("not") { return .not(try factor(depth: depth + 1)) }
        guard next?.kind == .open else { return .condition(try condition()) }
        index += 1
        let inner = try expression(depth: depth + 1)
        guard let closing = next else { throw LockMistake(column: start, "there is a ( without a )") }
        guard closing.kind == .close else {
            throw LockMistake(column: closing.column, "expected `and`, `or` or )")
        }
        index += 1
        return inner
    }

    // MARK: Conditions

    private static let beginnings = [
        "anyone", "nobody", "owner", "guest", "role", "name", "carries", "wears", "in", "it", "its", "not",
    ]

    private mutating func condition() throws(LockMistake) -> LockCondition {
        let start = column
        guard let token = next else { throw LockMistake(column: start, "a condition is missing") }
        guard let word = token.word, !["and", "or"].contains(word) else {
            throw LockMistake(column: start, "a condition is missing here")
        }
        index += 1
        switch word {
        case "anyone": return .anyone
        case "nobody": return .nobody
        case "owner": return .owner
        case "guest": return .guest
        case "role": return .role(try role())
        case "name": return .names(try names())
        case "carries": return .carries(try phrase("expected the name of a thing"))
        case "wears": return .wears(try phrase("expected the name of a thing"))
        case "in": return .within(try phrase("expected the name of a place"))
        case "it":
            try expect("is")
            return .state(try name("expected a state, such as open"))
        case "its":
            let name = try name("expected a property")
            try expect("is")
            return .property(name, try phrase("expected a value"))
        default:
            index -= 1
            throw Self.unknown(word, at: start)
        }
    }

    private static func unknown(_ word: String, at column: Int) -> LockMistake {
        if Role(rawValue: word) != nil { return LockMistake(column: column, "say `role {1}`", word) }
        if let near = Spelling.nearest(to: word, among: beginnings) {
            return LockMistake(column: column, "{1} is no condition (did you mean {2}?)", word, near)
        }
        let known = beginnings.dropLast().joined(separator: ", ")
        return LockMistake(column: column, "{1} is no condition; there are {2}", word, known)
    }

    private mutating func expect(_ word: String) throws(LockMistake) {
        if !takes(word) { throw LockMistake(column: column, "expected `{1}`", word) }
    }

    private mutating func role() throws(LockMistake) -> Role {
        let start = column
        let names = Role.allCases.map(\.rawValue)
        guard let word = next?.word, let role = Role(rawValue: word) else {
            throw LockMistake(column: start, "expected a role: {1}", names.joined(separator: ", "))
        }
        index += 1
        return role
    }

    private mutating func names() throws(LockMistake) -> [String] {
        var names = [try phrase("expected a name")]
        while next?.kind == .comma {
            index += 1
            names.append(try phrase("expected a name"))
        }
        return names
    }

    /// The name of a property or a state, as the world stores it.
    private mutating func name(_ what: String) throws(LockMistake) -> String {
        guard case .word(let word)? = next?.kind, !LockCondition.links.contains(word.lowercased()),
            word.utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { throw LockMistake(column: column, what) }
        index += 1
        return word
    }

    /// Words up to what may follow them, with one space between them.
    private mutating func phrase(_ what: String) throws(LockMistake) -> String {
        let start = column
        var words: [String] = []
        while let token = next {
            if case .word(let word) = token.kind, !LockCondition.links.contains(word.lowercased()) {
                words.append(word)
            } else if case .quoted(let text) = token.kind {
                words += text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
            } else {
                break
            }
            index += 1
        }
        if words.isEmpty { throw LockMistake(column: start, what) }
        return words.joined(separator: " ")
    }
}
