/// The fields of an endpoint description, taken one by one while parsing.
struct EndpointFields {
    private struct Field {
        var name: String?
        var value: String
        var source: String
    }

    let scheme: String
    private let text: String
    private var fields: [Field]

    init(_ text: String) {
        self.text = text
        let all = Self.split(text)
        scheme = all[0].source
        fields = Array(all.dropFirst())
    }

    mutating func port() throws(EndpointFailure) -> UInt16 {
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

    /// Complains about fields nothing has taken.
    func finish() throws(EndpointFailure) {
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

    private func failure(_ part: String, _ problem: String) -> EndpointFailure {
        EndpointFailure(text: text, part: part, problem: problem)
    }

    /// Splits at colons, and each field at its first equals sign; a backslash takes the next character as it is.
    private static func split(_ text: String) -> [Field] {
        var fields: [Field] = []
        var current = Field(name: nil, value: "", source: "")
        var isEscaped = false
        for character in text {
            if isEscaped {
                current.value.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == ":" {
                fields.append(current)
                current = Field(name: nil, value: "", source: "")
                continue
            } else if character == "=", current.name == nil {
                current.name = current.value
                current.value = ""
            } else {
                current.value.append(character)
            }
            current.source.append(character)
        }
        fields.append(current)
        return fields
    }
}
