/// A value of JSON.
///
/// Numbers written without fraction and exponent that fit 64 bits are exact integers; all others are doubles.
///
/// - Isolation: none; a value type. What ``JSONReader`` makes is nested ``JSONLimits/depth`` deep at most.
/// - Source: RFC 8259 section 3.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// The truth value; nil for values of other kinds.
    package var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The integer, also one written as a double (`1.0`, `1e3`) below 2^53 in size; nil for other values.
    package var integerValue: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value) where value.magnitude < 9_007_199_254_740_992: Int64(exactly: value)
        default: nil
        }
    }

    /// The number as a double, rounded where it does not fit; nil for values that are no numbers.
    package var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The text; nil for values of other kinds.
    package var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements; nil for values of other kinds.
    package var arrayValue: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members; nil for values of other kinds.
    package var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The value of the member of this name; nil for values that are no objects, too.
    package subscript(name: String) -> JSONValue? { objectValue?[name] }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (name, value) in elements { object[name] = value }
        self = .object(object)
    }
}
