extension AuthorizedKeyOptions {
    /// Reads options with commas between them.
    init(_ octets: ArraySlice<UInt8>) throws(SSHKeyFailure) {
        var rest = octets
        while !rest.isEmpty {
            let name = rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=") }
            rest = rest.dropFirst(name.count)
            let word = String(decoding: name, as: UTF8.self)
            if rest.first == UInt8(ascii: "=") {
                rest = rest.dropFirst()
                try set(word, to: try Self.value(&rest))
            } else {
                try set(word)
            }
            guard rest.isEmpty || rest.popFirst() == UInt8(ascii: ",") else {
                throw SSHKeyFailure(.malformed, "expected a comma behind the option \(SSHKeyFailure.shown(word))")
            }
        }
    }

    /// Takes a text in quotes, in which only quotes are written with a backslash.
    private static func value(_ rest: inout ArraySlice<UInt8>) throws(SSHKeyFailure) -> String {
        guard rest.popFirst() == UInt8(ascii: "\"") else {
            throw SSHKeyFailure(.malformed, "the value of an option stands in quotes")
        }
        var value: [UInt8] = []
        while let octet = rest.popFirst() {
            if octet == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "\"") {
                value.append(UInt8(ascii: "\""))
                rest = rest.dropFirst()
            } else if octet == UInt8(ascii: "\"") {
                return String(decoding: value, as: UTF8.self)
            } else {
                value.append(octet)
            }
        }
        throw SSHKeyFailure(.malformed, "the quotes of an option do not end")
    }

    private mutating func set(_ name: String) throws(SSHKeyFailure) {
        let word = name.lowercased()
        switch word {
        case "restrict": forbidden = Set(Right.allCases)
        case "verify-required": demand = .verification
        case "no-touch-required": if demand == .presence { demand = .nothing }
        default:
            if let right = Right.allCases.first(where: { $0.rawValue.lowercased() == word }) {
                forbidden.remove(right)
            } else if let right = Right.allCases.first(where: { "no-" + $0.rawValue.lowercased() == word }) {
                forbidden.insert(right)
            } else {
                throw SSHKeyFailure(.unsupported, "the option \(SSHKeyFailure.shown(name)) is not known here")
            }
        }
    }

    private mutating func set(_ name: String, to value: String) throws(SSHKeyFailure) {
        func add(_ list: WritableKeyPath<AuthorizedKeyOptions, [String]>) throws(SSHKeyFailure) {
            guard self[keyPath: list].count < Self.mostOfAKind else {
                throw SSHKeyFailure(.malformed, "the option \(SSHKeyFailure.shown(name)) is given too often")
            }
            self[keyPath: list].append(value)
        }
        switch name.lowercased() {
        case "command": command = value
        case "environment": try add(\.environment)
        case "from": from = value
        case "permitopen": try add(\.permittedTargets)
        case "permitlisten": try add(\.permittedListeners)
        case "expiry-time":
            guard let time = Self.seconds(value) else {
                throw SSHKeyFailure(.malformed, "expected YYYYMMDD[HHMM[SS]][Z] for expiry-time")
            }
            expires = min(expires ?? time, time)
        default: throw SSHKeyFailure(.unsupported, "the option \(SSHKeyFailure.shown(name)) is not known here")
        }
    }

    /// The options as they are written; empty for none.
    public var text: String {
        var words: [String] = []
        let rights = Right.allCases
        if forbidden.count == rights.count {
            words.append("restrict")
        } else {
            words += rights.filter(forbidden.contains).map { "no-" + $0.rawValue }
        }
        switch demand {
        case .nothing: words.append("no-touch-required")
        case .presence: break
        case .verification: words.append("verify-required")
        }
        if let command { words.append(Self.written("command", command)) }
        words += environment.map { Self.written("environment", $0) }
        if let from { words.append(Self.written("from", from)) }
        if let expires { words.append(Self.written("expiry-time", Self.written(expires))) }
        words += permittedTargets.map { Self.written("permitopen", $0) }
        words += permittedListeners.map { Self.written("permitlisten", $0) }
        return words.joined(separator: ",")
    }

    /// A backslash at the end would take the quotes for its own, and gets a blank.
    private static func written(_ name: String, _ value: String) -> String {
        let quotes = UInt8(ascii: "\"")
        let octets = value.utf8.flatMap { $0 == quotes ? [UInt8(ascii: "\\"), quotes] : [$0] }
        return "\(name)=\"" + String(decoding: octets, as: UTF8.self) + (value.hasSuffix("\\") ? " \"" : "\"")
    }
}
