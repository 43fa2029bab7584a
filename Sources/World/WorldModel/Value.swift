package import Basics

/// What a property may hold.
///
/// ```text
///   tag 1 octet, then
///   0 false · 1 true · 2 signed varint · 3 string · 4 varint thing · 5 varint count, values · 6 count, (string, value)
///   7 signed varint milliseconds · 8 count, (style octet, string) · 9 varint count, octets
/// ```
///
/// - Limits: lists and maps nest at most ``maximumDepth`` deep when decoded.
/// - SeeAlso: `WorldModelTests/ValueTests`.
package enum Value: Hashable, Sendable {
    case bool(Bool)
    case int(Int64)
    case text(String)
    case thing(ThingID)
    case list([Value])
    case map([String: Value])
    /// A length of time in milliseconds.
    case duration(Int64)
    /// Text with styles.
    case styled(StyledText)
    /// The content of a file.
    case octets([UInt8])

    /// How deep a decoded value may nest, so that hostile bytes cannot exhaust the stack.
    package static let maximumDepth = 32

    package func encode(into writer: inout ByteWriter) {
        switch self {
        case .bool(let value):
            writer.byte(value ? 1 : 0)
        case .int(let value):
            writer.byte(2)
            writer.signed(value)
        case .text(let value):
            writer.byte(3)
            writer.string(value)
        case .thing(let id):
            writer.byte(4)
            writer.varint(id.number)
        case .list(let values):
            writer.byte(5)
            writer.varint(UInt64(values.count))
            for value in values { value.encode(into: &writer) }
        case .map(let entries):
            writer.byte(6)
            writer.varint(UInt64(entries.count))
            // Sorted, so that equal values have equal bytes.
            for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
                writer.string(key)
                value.encode(into: &writer)
            }
        case .duration(let milliseconds):
            writer.byte(7)
            writer.signed(milliseconds)
        case .styled(let text):
            writer.byte(8)
            writer.varint(UInt64(text.runs.count))
            for run in text.runs {
                writer.byte(run.style.rawValue)
                writer.string(run.text)
            }
        case .octets(let content):
            writer.byte(9)
            writer.blob(content)
        }
    }

    package init(from reader: inout ByteReader) throws(ByteFailure) {
        try self.init(from: &reader, depth: 0)
    }

    private init(from reader: inout ByteReader, depth: Int) throws(ByteFailure) {
        let start = reader.position
        guard depth < Self.maximumDepth else { throw .malformed(at: start) }
        switch try reader.byte() {
        case 0: self = .bool(false)
        case 1: self = .bool(true)
        case 2: self = .int(try reader.signed())
        case 3: self = .text(try reader.string())
        case 4: self = .thing(ThingID(try reader.varint()))
        case 5:
            var values: [Value] = []
            for _ in 0..<(try Self.count(from: &reader)) {
                values.append(try Value(from: &reader, depth: depth + 1))
            }
            self = .list(values)
        case 6:
            var entries: [String: Value] = [:]
            for _ in 0..<(try Self.count(from: &reader)) {
                let key = try reader.string()
                entries[key] = try Value(from: &reader, depth: depth + 1)
            }
            self = .map(entries)
        case 7: self = .duration(try reader.signed())
        case 8:
            var text = StyledText()
            for _ in 0..<(try Self.count(from: &reader)) {
                let start = reader.position
                guard let style = TextStyle(rawValue: try reader.byte()) else { throw .malformed(at: start) }
                text.runs.append(StyledText.Run(try reader.string(), style))
            }
            self = .styled(text)
        case 9: self = .octets(Array(try reader.blob()))
        default: throw .malformed(at: start)
        }
    }

    private static func count(from reader: inout ByteReader) throws(ByteFailure) -> Int {
        let start = reader.position
        let count = try reader.varint()
        // Every element takes at least one octet, so a larger count is a lie.
        guard count <= UInt64(reader.remaining) else { throw .malformed(at: start) }
        return Int(count)
    }
}

/// A Swift type that a ``Property`` can hold.
package protocol PropertyContent {
    init?(_ value: Value)
    var value: Value { get }
}

extension Bool: PropertyContent {
    package init?(_ value: Value) {
        guard case .bool(let content) = value else { return nil }
        self = content
    }
    package var value: Value { .bool(self) }
}

extension Int: PropertyContent {
    package init?(_ value: Value) {
        guard case .int(let content) = value, let exact = Int(exactly: content) else { return nil }
        self = exact
    }
    package var value: Value { .int(Int64(self)) }
}

extension String: PropertyContent {
    package init?(_ value: Value) {
        guard case .text(let content) = value else { return nil }
        self = content
    }
    package var value: Value { .text(self) }
}

extension ThingID: PropertyContent {
    package init?(_ value: Value) {
        guard case .thing(let content) = value else { return nil }
        self = content
    }
    package var value: Value { .thing(self) }
}

extension Array: PropertyContent where Element: PropertyContent {
    /// Elements of another type are left out.
    package init?(_ value: Value) {
        guard case .list(let values) = value else { return nil }
        self = values.compactMap { Element($0) }
    }
    package var value: Value { .list(map(\.value)) }
}

extension Dictionary: PropertyContent where Key == String, Value: PropertyContent {
    /// Entries of another type are left out.
    package init?(_ stored: WorldModel.Value) {
        guard case .map(let entries) = stored else { return nil }
        self = entries.compactMapValues { Value($0) }
    }
    package var value: WorldModel.Value { .map(mapValues { $0.value }) }
}

extension Duration: PropertyContent {
    package init?(_ value: Value) {
        guard case .duration(let content) = value else { return nil }
        self = .milliseconds(content)
    }

    /// To the millisecond, which is as long as a hundred million years and no longer.
    package var value: Value {
        let (seconds, attoseconds) = components
        let (product, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
        if isTooLong { return .duration(seconds < 0 ? .min : .max) }
        let (sum, isOver) = product.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return .duration(isOver ? (seconds < 0 ? .min : .max) : sum)
    }
}

extension StyledText: PropertyContent {
    /// Plain text is text without styles.
    package init?(_ value: Value) {
        switch value {
        case .styled(let content): self = content
        case .text(let content): self.init(content)
        default: return nil
        }
    }
    package var value: Value { .styled(self) }
}

extension Value {
    /// Calls `visit` with every thing it names, however deep.
    func visitReferences(_ visit: (ThingID) -> Void) {
        switch self {
        case .thing(let id): visit(id)
        case .list(let values): for value in values { value.visitReferences(visit) }
        case .map(let entries): for value in entries.values { value.visitReferences(visit) }
        case .bool, .int, .text, .duration, .styled, .octets: break
        }
    }

    /// The same without one thing: its elements and entries are left out; nil when nothing else was there.
    func without(_ id: ThingID) -> Value? {
        switch self {
        case .thing(id): nil
        case .list(let values): .list(values.compactMap { $0.without(id) })
        case .map(let entries): .map(entries.compactMapValues { $0.without(id) })
        default: self
        }
    }
}
