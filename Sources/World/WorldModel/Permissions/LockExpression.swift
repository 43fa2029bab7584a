/// Who may do something, as people write and read it.
///
/// ```text
///   expression   part { or part }                binds last
///   part         factor { and factor }
///   factor       not factor | ( expression ) | condition
///   condition    anyone | nobody | owner | guest | role ROLE | name NAME, NAME, … | carries THING | wears THING
///                | in PLACE | it is WORD | its PROPERTY is VALUE
/// ```
///
/// Things and places are words of their names, `#12`, or the key of a content file, `mill/office-key`. Words that mean
/// something in an expression stand in quotation marks: `carries "bread and butter"`.
///
/// - Limits: ``longest`` characters, ``deepest`` parentheses and negations within each other.
/// - SeeAlso: ``LockExpression/init(_:)`` reads it, `description` writes it.
package indirect enum LockExpression: Hashable, Sendable {
    case condition(LockCondition)
    case not(LockExpression)
    /// Every one of at least two.
    case all([LockExpression])
    /// One of at least two.
    case any([LockExpression])

    /// In Unicode scalars.
    package static let longest = 200
    package static let deepest = 10
}

/// What a lock can ask of somebody.
package enum LockCondition: Hashable, Sendable {
    case anyone
    case nobody
    /// Whose the thing is.
    case owner
    /// Who plays without an account.
    case guest
    /// At least that.
    case role(Role)
    /// A character of one of these names.
    case names([String])
    case carries(String)
    case wears(String)
    /// The place somebody is in, by its name or key or the key of its area.
    case within(String)
    /// What is so of the thing: a property that is on, or `closed`.
    case state(String)
    /// What a property of the thing says.
    case property(String, String)
}

extension LockExpression: CustomStringConvertible {
    /// The expression as it is typed; reading that again gives the same one.
    package var description: String {
        switch self {
        case .condition(let condition): condition.description
        case .not(let inner): "not " + inner.enclosed(unless: { if case .all = $0 { false } else { !$0.isAny } })
        case .all(let parts): parts.map { $0.enclosed { !$0.isAny && !$0.isAll } }.joined(separator: " and ")
        case .any(let parts): parts.map { $0.enclosed { !$0.isAny } }.joined(separator: " or ")
        }
    }

    private var isAny: Bool { if case .any = self { true } else { false } }
    private var isAll: Bool { if case .all = self { true } else { false } }

    private func enclosed(unless isBare: (LockExpression) -> Bool) -> String {
        isBare(self) ? description : "(\(description))"
    }
}

extension LockCondition: CustomStringConvertible {
    package var description: String {
        switch self {
        case .anyone: "anyone"
        case .nobody: "nobody"
        case .owner: "owner"
        case .guest: "guest"
        case .role(let role): "role \(role.rawValue)"
        case .names(let names): "name " + names.map(Self.quoted).joined(separator: ", ")
        case .carries(let thing): "carries \(Self.quoted(thing))"
        case .wears(let thing): "wears \(Self.quoted(thing))"
        case .within(let place): "in \(Self.quoted(place))"
        case .state(let word): "it is \(word)"
        case .property(let name, let value): "its \(name) is \(Self.quoted(value))"
        }
    }

    /// Words that end a phrase.
    static let links: Set<String> = ["and", "or", "not"]

    private static func quoted(_ phrase: String) -> String {
        let isPlain = !phrase.unicodeScalars.contains { "(),".unicodeScalars.contains($0) }
        let words = phrase.unicodeScalars.split(separator: " ").map { String($0) }
        if isPlain, !words.isEmpty, !words.contains(where: { links.contains($0.lowercased()) }) { return phrase }
        return "\"\(phrase)\""
    }
}
