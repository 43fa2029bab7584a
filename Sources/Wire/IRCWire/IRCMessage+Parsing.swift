/// Why a line is not a message.
public enum IRCParsingFailure: Error, Hashable, Sendable {
    /// There is nothing on it but spaces.
    case empty
    /// There is no command where one must be, or it has octets that can't stand in one.
    case malformed
    /// There is a CR, LF or NUL on it.
    case forbiddenOctet
    /// It is not UTF-8.
    case notUTF8
}

extension IRCMessage {
    /// Reads a line without its end.
    ///
    /// Several spaces count as one, and those at the end are dropped; the fifteenth parameter takes all that is
    /// left of the line, with or without a colon.
    ///
    /// - Parameter line: Octets without CR LF.
    /// - Throws: ``IRCParsingFailure``.
    /// - Complexity: O(*n*) in the octets, but for tags with the same key.
    public init(parsing line: borrowing Span<UInt8>) throws(IRCParsingFailure) {
        try Self.check(line)
        var place = 0
        var tags = IRCTags()
        if Self.octet(line, place) == UInt8(ascii: "@") {
            let start = place + 1
            place = Self.end(ofWordAt: start, line)
            tags = IRCTags(parsing: line.extracting(start..<place))
        }
        Self.skipSpaces(line, &place)
        var source: IRCSource?
        if Self.octet(line, place) == UInt8(ascii: ":") {
            place += 1
            let text = Self.word(line, &place)
            if !text.isEmpty { source = IRCSource(parsing: text) }
            Self.skipSpaces(line, &place)
        }
        if place == line.count { throw tags.isEmpty && source == nil ? .empty : .malformed }
        let start = place
        place = Self.end(ofWordAt: start, line)
        guard let command = IRCCommand(line.extracting(start..<place)) else { throw .malformed }
        self.init(command, Self.parameters(line, &place), source: source, tags: tags)
    }

    /// Reads a line without its end, as the one that takes a span does.
    ///
    /// - Throws: ``IRCParsingFailure``.
    public init(parsing line: [UInt8]) throws(IRCParsingFailure) {
        try self.init(parsing: line.span)
    }

    /// Reads a line without its end, as the one that takes a span does.
    ///
    /// - Throws: ``IRCParsingFailure``.
    public init(parsing line: String) throws(IRCParsingFailure) {
        try self.init(parsing: Array(line.utf8).span)
    }

    private static func check(_ line: borrowing Span<UInt8>) throws(IRCParsingFailure) {
        var (highest, found): (UInt8, UInt8) = (0, 0)
        // To the end in any case, so that many octets are looked at at once.
        line.withUnsafeBufferPointer { octets in
            for octet in octets {
                found |= IRCParameter.isForbidden(octet) ? 1 : 0
                highest |= octet
            }
        }
        if found != 0 { throw .forbiddenOctet }
        if highest >= 0x80, !isUTF8(line) { throw .notUTF8 }
    }

    private static func isUTF8(_ line: borrowing Span<UInt8>) -> Bool {
        do {
            _ = try UTF8Span(validating: copy line)
            return true
        } catch {
            return false
        }
    }

    // MARK: Words

    private static func octet(_ line: borrowing Span<UInt8>, _ place: Int) -> UInt8? {
        place < line.count ? line[place] : nil
    }

    private static func skipSpaces(_ line: borrowing Span<UInt8>, _ place: inout Int) {
        while place < line.count, line[place] == 0x20 { place += 1 }
    }

    /// The octets up to the next space or the end, where `place` is moved to.
    private static func word(_ line: borrowing Span<UInt8>, _ place: inout Int) -> String {
        let start = place
        place = end(ofWordAt: start, line)
        return text(line, start..<place)
    }

    private static func end(ofWordAt start: Int, _ line: borrowing Span<UInt8>) -> Int {
        var place = start
        while place < line.count, line[place] != 0x20 { place += 1 }
        return place
    }

    static func text(_ line: borrowing Span<UInt8>, _ range: Range<Int>) -> String {
        line.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    private static func parameters(_ line: borrowing Span<UInt8>, _ place: inout Int) -> [IRCParameter] {
        var parameters: [IRCParameter] = []
        skipSpaces(line, &place)
        if place == line.count { return parameters }
        // Room for those of most messages, so that it grows seldom.
        parameters.reserveCapacity(4)
        while true {
            skipSpaces(line, &place)
            guard let first = octet(line, place) else { return parameters }
            if first == UInt8(ascii: ":") || parameters.count == IRCLimits.parameters - 1 {
                let start = first == UInt8(ascii: ":") ? place + 1 : place
                place = line.count
                parameters.append(IRCParameter(checked: text(line, start..<place)))
                return parameters
            }
            parameters.append(IRCParameter(checked: word(line, &place)))
        }
    }
}
