/// A value of the MUD Server Data Protocol.
package enum MSDPValue: Hashable, Sendable {
    case text(String)
    case array([MSDPValue])
    case table([MSDPVariable])

    /// The text; nil for arrays and tables.
    package var textValue: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The texts of an array, or the only one; arrays and tables within are passed over.
    package var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .array(let elements): elements.compactMap(\.textValue)
        case .table: []
        }
    }

    /// The value of a name in a table; the last counts.
    package subscript(name: String) -> MSDPValue? {
        guard case .table(let variables) = self else { return nil }
        return variables.last { $0.name == name }?.value
    }
}

extension MSDPValue: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
}

/// A name and its value.
package struct MSDPVariable: Hashable, Sendable {
    /// In capitals, with low lines between words.
    package let name: String
    package let value: MSDPValue

    package init(_ name: String, _ value: MSDPValue) {
        self.name = name
        self.value = value
    }
}
