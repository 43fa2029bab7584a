/// Why octets are no JSON text that we take, and where.
package struct JSONFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: Hashable, Sendable {
        /// The text ends inside a value.
        case incomplete
        /// Something other than what may stand here.
        case unexpected
        /// Something follows the value.
        case trailing
        /// The octets are no UTF-8.
        case encoding
        /// A control character stands unescaped in a string (RFC 8259 section 7).
        case control
        /// A backslash is followed by nothing it may be followed by.
        case escape
        /// One half of a surrogate pair without the other.
        case surrogate
        /// A number is greater than a double can be, or longer than ``JSONLimits/numberOctets``.
        case number
        /// The text is longer than ``JSONLimits/octets``.
        case tooLong
        /// The value is nested deeper than ``JSONLimits/depth``.
        case tooDeep
        /// There are more members and elements than ``JSONLimits/members``.
        case tooMany
    }

    package let reason: Reason
    /// Offset in octets from the beginning of the text.
    package let position: Int

    package init(_ reason: Reason, at position: Int) {
        self.reason = reason
        self.position = position
    }

    package var description: String { "JSON, octet \(position): \(reason)" }
}
