/// Finds aliases before the text is parsed, because aliases used as keys make parsing itself explode.
///
/// An alias needs an anchor of the same name. Looking for that pair anywhere, even in prose, finds every real alias;
/// prose with the same word behind `&` and behind `*` is refused too, which nobody has written yet.
enum AliasScan {
    struct Alias {
        let name: String
        let line: Int
        let column: Int
    }

    static func firstAlias(in text: String) -> Alias? {
        let anchors = Set(names(after: "&", in: text).map(\.name))
        if anchors.isEmpty { return nil }
        return names(after: "*", in: text).first { anchors.contains($0.name) }
    }

    private static func names(after sign: Unicode.Scalar, in text: String) -> [Alias] {
        var found: [Alias] = []
        var line = 1
        var column = 1
        var open: (name: String, column: Int)?
        for scalar in text.unicodeScalars {
            if let current = open {
                if isNamePart(scalar) {
                    open?.name.unicodeScalars.append(scalar)
                } else {
                    if !current.name.isEmpty {
                        found.append(Alias(name: current.name, line: line, column: current.column))
                    }
                    open = nil
                }
            }
            if scalar == sign { open = ("", column) }
            column += 1
            if scalar == "\n" {
                line += 1
                column = 1
            }
        }
        if let current = open, !current.name.isEmpty {
            found.append(Alias(name: current.name, line: line, column: current.column))
        }
        return found
    }

    /// The characters the YAML library takes for part of an anchor's name.
    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }
}
