/// A way to check credentials as `--auth` names it: a type, and what that type needs to know.
///
/// ```text
///   type:field:name=value        a backslash takes the next character as it is
///   memory:ada=secret            file:/etc/house/passwords            unix            anonymous
/// ```
///
/// - Isolation: none; a value type.
/// - Limits: ``longest`` octets.
public struct CheckerDescription: Hashable, Sendable, CustomStringConvertible {
    /// One argument; `name` is nil when it has no equals sign.
    public struct Field: Hashable, Sendable {
        /// What stands before the first equals sign.
        public let name: String?
        /// What follows it.
        public let value: String
    }

    /// Why a description cannot be read; what it says is not repeated, for it may hold passwords.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// It has more octets than `limit`.
        case tooLong(limit: Int)
        /// Nothing stands before the first colon.
        case noType
        /// A backslash stands last, with nothing to take.
        case danglingBackslash

        /// The same in words.
        public var description: String {
            switch self {
            case .tooLong(let limit): "it is longer than \(limit) octets"
            case .noType: "no type stands before the first colon"
            case .danglingBackslash: "a backslash stands at its end"
            }
        }
    }

    /// The longest description, in octets.
    public static let longest = 4096

    /// The type, before the first colon.
    public let type: String
    /// What follows, in order.
    public let fields: [Field]

    /// Reads a description.
    ///
    /// - Complexity: O(*n*).
    public init(parsing text: String) throws(Failure) {
        if text.utf8.count > Self.longest { throw .tooLong(limit: Self.longest) }
        var fields: [Field] = []
        var name: String?
        var value = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                value.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == ":" {
                fields.append(Field(name: name, value: String(value)))
                name = nil
                value.removeAll()
            } else if scalar == "=", name == nil {
                name = String(value)
                value.removeAll()
            } else {
                value.append(scalar)
            }
        }
        if isEscaped { throw .danglingBackslash }
        fields.append(Field(name: name, value: String(value)))
        let first = fields.removeFirst()
        guard first.name == nil, !first.value.isEmpty else { throw .noType }
        type = first.value
        self.fields = fields
    }

    /// The type alone, so that no log shows a password.
    public var description: String { type }
}
