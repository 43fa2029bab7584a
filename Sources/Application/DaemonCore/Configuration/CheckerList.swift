/// Several descriptions of checkers in one text, with spaces between them.
///
/// ```text
///   accounts file:/etc/mudd/passwords           a backslash takes the space after it as it is
/// ```
package enum CheckerList {
    /// The most that are asked.
    static let most = 16

    /// The descriptions in a text, with what their own backslashes stand before left alone.
    static func read(_ text: String) -> [String] {
        var found: [String] = []
        var current = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if !isEscaped, scalar.properties.isWhitespace {
                if !current.isEmpty { found.append(String(current)) }
                current.removeAll()
                continue
            }
            isEscaped = !isEscaped && scalar == "\\"
            current.append(scalar)
        }
        if !current.isEmpty { found.append(String(current)) }
        return found
    }

    /// One description as it can stand among others: each space in it has a backslash before it.
    package static func protected(_ description: String) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in description.unicodeScalars {
            if !isEscaped, scalar.properties.isWhitespace { result.append("\\") }
            isEscaped = !isEscaped && scalar == "\\"
            result.append(scalar)
        }
        return String(result)
    }
}
