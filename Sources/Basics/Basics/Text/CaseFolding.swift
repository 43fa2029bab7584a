extension String {
    /// The form under which names are compared: lower case, canonically composed by Swift's equality.
    ///
    /// - Complexity: O(*n*); ASCII takes a fast path without Unicode tables.
    package var folded: String {
        var ascii = true
        var hasUpper = false
        for octet in utf8 {
            if octet >= 0x80 {
                ascii = false
                break
            }
            if octet >= 0x41, octet <= 0x5A { hasUpper = true }
        }
        return ascii && !hasUpper ? self : lowercased()
    }

    /// The text without white space at either end.
    package var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }

    /// The text with its first letter in upper case.
    package var capitalizedFirst: String {
        guard let first else { return self }
        return first.uppercased() + dropFirst()
    }
}
