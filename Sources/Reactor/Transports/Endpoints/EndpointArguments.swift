/// The fields of an endpoint description, for the parser of its kind to take one by one.
///
/// ```text
///   kind:positional:name=value        a backslash takes the next character as it is
/// ```
///
/// What nobody takes is an error, so that a misspelt option cannot pass unnoticed; see ``finish()``.
public struct EndpointArguments {
    private struct Field {
        var name: String?
        var value: String
        var source: String
    }

    /// The most wrappers around a description, as in `haproxy:haproxy:tcp:4000`; each costs a call inside another.
    public static let deepestNesting = 8

    /// The number of wrappers around this description.
    private var nesting = 0

    /// The first field, which tells the kind; set it to have the rest parsed as another kind's.
    public var kind: String

    private let text: String
    private var fields: [Field]

    /// Splits a description.
    ///
    /// - Complexity: O(*n*) in its length.
    public init(_ text: String) {
        self.text = text
        let all = Self.split(text)
        kind = all[0].source
        fields = Array(all.dropFirst())
    }

    /// Takes the next field without a name; nil when there is none.
    public mutating func positional() -> String? { takePositional()?.value }

    /// Takes the value of an option; nil when it is not given.
    public mutating func option(_ name: String) -> String? { take(name)?.value }

    /// Takes an option that is a whole number within bounds; nil when it is not given.
    public mutating func number(_ name: String, in range: ClosedRange<Int>) throws(EndpointFailure) -> Int? {
        guard let field = take(name) else { return nil }
        guard let number = Int(field.value), range.contains(number) else {
            throw failure(field.source, "a number from \(range.lowerBound) to \(range.upperBound) is wanted")
        }
        return number
    }

    /// Takes an option that is `yes` or `no`; nil when it is not given.
    public mutating func flag(_ name: String) throws(EndpointFailure) -> Bool? {
        guard let field = take(name) else { return nil }
        switch field.value {
        case "yes", "true", "on", "1": return true
        case "no", "false", "off", "0": return false
        default: throw failure(field.source, "yes or no is wanted")
        }
    }

    /// The kind of the description inside, when this kind is a wrapper such as `haproxy:tcp:4000`; takes all fields.
    public mutating func inner() -> EndpointArguments {
        defer { fields = [] }
        let rest = fields.map(\.source).joined(separator: ":")
        var inner = EndpointArguments(rest)
        inner.nesting = nesting + 1
        return inner
    }

    /// The description inside, when this kind is a wrapper whose options stand in front of it, as in `tls:cert=FILE:tcp:4000`;
    /// nil when what stands there is a port, or nothing.
    ///
    /// Takes everything from the first field without a name on.
    public mutating func wrapped() -> EndpointArguments? {
        guard let start = fields.firstIndex(where: { $0.name == nil }), Int(fields[start].value) == nil else {
            return nil
        }
        let outer = fields[..<start]
        fields.removeFirst(start)
        defer { fields = Array(outer) }
        return inner()
    }

    /// Complains about too many wrappers, which only a registry has to ask.
    func checkNesting() throws(EndpointFailure) {
        if nesting > Self.deepestNesting { throw failure("", "more than \(Self.deepestNesting) wrappers") }
    }

    /// Makes an error about this description.
    public func failure(_ part: String, _ problem: String) -> EndpointFailure {
        EndpointFailure(text: text, part: part, problem: problem)
    }

    /// Takes a port, the next field without a name.
    public mutating func port() throws(EndpointFailure) -> UInt16 {
        guard let field = takePositional() else { throw failure("", "the port is missing") }
        guard let port = UInt16(field.value) else { throw failure(field.source, "a port is a number from 0 to 65535") }
        return port
    }

    mutating func host<Host>(_ localhost: String, _ parse: (String) -> Host?) throws(EndpointFailure) -> Host? {
        guard let field = take("interface") ?? take("host") else { return nil }
        guard let host = parse(field.value == "localhost" ? localhost : field.value) else {
            throw failure(
                field.source, "a host is a numeric address of this kind or localhost; names are not looked up")
        }
        return host
    }

    mutating func path() throws(EndpointFailure) -> String {
        guard let field = takePositional(), !field.value.isEmpty else { throw failure("", "the path is missing") }
        guard field.value.utf8.count <= SocketAddress.longestPath else {
            throw failure(field.source, "a socket's path has at most \(SocketAddress.longestPath) octets")
        }
        guard !field.value.utf8.contains(0) else { throw failure(field.source, "a path holds no zero octet") }
        // As in other tools, an at sign stands for the zero octet in front of an abstract name.
        return field.value.utf8.first == UInt8(ascii: "@") ? "\0" + field.value.dropFirst() : field.value
    }

    mutating func mode() throws(EndpointFailure) -> UInt32? {
        guard let field = take("mode") else { return nil }
        guard let mode = UInt32(field.value, radix: 8), mode <= 0o777 else {
            throw failure(field.source, "a mode is an octal number from 0 to 777")
        }
        return mode
    }

    mutating func backlog() throws(EndpointFailure) -> Int? {
        guard let field = take("backlog") else { return nil }
        guard let backlog = Int32(field.value), backlog > 0 else {
            throw failure(field.source, "a backlog is a number above 0")
        }
        return Int(backlog)
    }

    mutating func sharesPort() throws(EndpointFailure) -> Bool {
        guard let field = take("reuseport") else { return false }
        switch field.value {
        case "yes": return true
        case "no": return false
        default: throw failure(field.source, "reuseport is yes or no")
        }
    }

    /// Complains about fields nothing has taken; to be called last.
    public func finish() throws(EndpointFailure) {
        guard let field = fields.first else { return }
        throw failure(field.source, field.name == nil ? "one field too many" : "unknown or repeated option")
    }

    private mutating func takePositional() -> Field? {
        guard let first = fields.first, first.name == nil else { return nil }
        return fields.removeFirst()
    }

    private mutating func take(_ name: String) -> Field? {
        guard let index = fields.firstIndex(where: { $0.name == name }) else { return nil }
        return fields.remove(at: index)
    }

    /// Splits at colons, and each field at its first equals sign; a backslash takes the next character as it is.
    private static func split(_ text: String) -> [Field] {
        var fields: [Field] = []
        var current = Field(name: nil, value: "", source: "")
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                current.value.unicodeScalars.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == ":" {
                fields.append(current)
                current = Field(name: nil, value: "", source: "")
                continue
            } else if scalar == "=", current.name == nil {
                current.name = current.value
                current.value = ""
            } else {
                current.value.unicodeScalars.append(scalar)
            }
            current.source.unicodeScalars.append(scalar)
        }
        fields.append(current)
        return fields
    }
}
