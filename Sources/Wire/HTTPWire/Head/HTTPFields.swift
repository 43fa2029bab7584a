/// The fields of a head, in order; names are compared without regard to case.
///
/// - Isolation: none; a value type.
/// - Source: RFC 9110 §5.
/// - SeeAlso: `HTTPWireTests/HTTPFieldsTests`.
public struct HTTPFields: Hashable, Sendable {
    /// One line of a head.
    public struct Field: Hashable, Sendable {
        /// A token, in the case in which it came.
        public let name: String
        /// The value without spaces at its ends, and without control characters.
        public let value: String
    }

    /// The lines in order.
    public private(set) var all: [Field] = []

    /// Makes no fields.
    public init() {}

    /// The values of all lines with a name, in order.
    public func values(_ name: String) -> [String] {
        all.filter { HTTPText.isSame($0.name, name) }.map(\.value)
    }

    /// The value of a field that occurs once; nil when there is none, or more than one.
    public subscript(name: String) -> String? {
        let values = values(name)
        return values.count == 1 ? values[0] : nil
    }

    /// The elements of a list, from all lines with the name; empty ones are left out.
    ///
    /// Commas inside quoted text part the elements too: no list that is read here has any.
    public func list(_ name: String) -> [String] {
        values(name).flatMap { $0.split(separator: ",") }.compactMap { part in
            let trimmed = HTTPText.trimmed(Array(part.utf8)[...])
            return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self)
        }
    }

    /// Whether a list has an element, without regard to case.
    public func has(_ element: String, in name: String) -> Bool {
        list(name).contains { HTTPText.isSame($0, element) }
    }

    /// Adds a line at the end.
    ///
    /// - Returns: False when the name is no token or the value has control characters; then nothing is added.
    @discardableResult public mutating func add(_ name: String, _ value: String) -> Bool {
        guard HTTPText.isToken(name), value.utf8.allSatisfy(HTTPText.isValueOctet) else { return false }
        let octets = HTTPText.trimmed(Array(value.utf8)[...])
        all.append(Field(name: name, value: String(decoding: octets, as: UTF8.self)))
        return true
    }

    /// Reads the line of a field.
    mutating func add(line: ArraySlice<UInt8>) throws(HTTPFailure) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { throw .malformedField }
        let name = line[..<colon]
        let value = HTTPText.trimmed(line[line.index(after: colon)...])
        guard !name.isEmpty, name.allSatisfy(HTTPText.isTokenOctet), value.allSatisfy(HTTPText.isValueOctet) else {
            throw .malformedField
        }
        all.append(Field(name: String(decoding: name, as: UTF8.self), value: String(decoding: value, as: UTF8.self)))
    }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
    /// Makes fields in the order given; those that are none are left out.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }
}
