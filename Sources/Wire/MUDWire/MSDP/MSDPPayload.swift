/// Reads and writes payloads of telnet option 69.
///
/// ```text
///   payload  =  *variable
///   variable =  VAR name VAL value *( VAL value )
///   value    =  text  |  TABLE_OPEN *variable TABLE_CLOSE  |  ARRAY_OPEN *( VAL value ) ARRAY_CLOSE
///
///   VAR 1   VAL 2   TABLE_OPEN 3   TABLE_CLOSE 4   ARRAY_OPEN 5   ARRAY_CLOSE 6
/// ```
///
/// Several values after one name are an array, which is how older clients name several variables. Text is UTF-8; what
/// is not reads as U+FFFD.
///
/// - Limits: ``MSDPLimits/payloadOctets``, ``MSDPLimits/depth``.
/// - Complexity: O(*n*).
/// - Source: the MSDP page of mudstandards.org.
package enum MSDPPayload {
    enum Mark {
        static let variable: UInt8 = 1
        static let value: UInt8 = 2
        static let tableOpen: UInt8 = 3
        static let tableClose: UInt8 = 4
        static let arrayOpen: UInt8 = 5
        static let arrayClose: UInt8 = 6
    }

    /// Reads a payload.
    ///
    /// - Parameter payload: What stood between `IAC SB 69` and `IAC SE`, IAC undoubled.
    /// - Returns: The variables in the order in which they stood.
    /// - Throws: ``MSDPFailure``.
    package static func read(_ payload: [UInt8]) throws(MSDPFailure) -> [MSDPVariable] {
        if payload.count > MSDPLimits.payloadOctets { throw .tooLong }
        var reader = MSDPReader(payload)
        let variables = try reader.variables(depth: 0)
        if reader.position < payload.count { throw .unexpected(at: reader.position) }
        return variables
    }

    /// Makes a payload; control characters in names and texts are left out, so that IAC needs no doubling.
    package static func encoded(_ variables: [MSDPVariable]) -> [UInt8] {
        var output: [UInt8] = []
        for variable in variables { append(variable, to: &output) }
        return output
    }

    private static func append(_ variable: MSDPVariable, to output: inout [UInt8]) {
        output.append(Mark.variable)
        output += MUDText.line(variable.name).utf8
        output.append(Mark.value)
        append(variable.value, to: &output)
    }

    private static func append(_ value: MSDPValue, to output: inout [UInt8]) {
        switch value {
        case .text(let text):
            output += MUDText.line(text).utf8
        case .array(let elements):
            output.append(Mark.arrayOpen)
            for element in elements {
                output.append(Mark.value)
                append(element, to: &output)
            }
            output.append(Mark.arrayClose)
        case .table(let variables):
            output.append(Mark.tableOpen)
            for variable in variables { append(variable, to: &output) }
            output.append(Mark.tableClose)
        }
    }
}

private struct MSDPReader {
    private let payload: [UInt8]
    private(set) var position = 0

    private typealias Mark = MSDPPayload.Mark

    init(_ payload: [UInt8]) {
        self.payload = payload
    }

    /// Reads variables as long as there are any.
    mutating func variables(depth: Int) throws(MSDPFailure) -> [MSDPVariable] {
        var variables: [MSDPVariable] = []
        while take(Mark.variable) {
            let name = text()
            guard take(Mark.value) else { throw .unexpected(at: position) }
            let first = try value(depth: depth)
            var more: [MSDPValue] = []
            while take(Mark.value) { more.append(try value(depth: depth)) }
            variables.append(MSDPVariable(name, more.isEmpty ? first : .array([first] + more)))
        }
        return variables
    }

    private mutating func value(depth: Int) throws(MSDPFailure) -> MSDPValue {
        if take(Mark.tableOpen) {
            if depth >= MSDPLimits.depth { throw .tooDeep(at: position - 1) }
            let variables = try variables(depth: depth + 1)
            guard take(Mark.tableClose) else { throw .unexpected(at: position) }
            return .table(variables)
        }
        if take(Mark.arrayOpen) {
            if depth >= MSDPLimits.depth { throw .tooDeep(at: position - 1) }
            var elements: [MSDPValue] = []
            while take(Mark.value) { elements.append(try value(depth: depth + 1)) }
            guard take(Mark.arrayClose) else { throw .unexpected(at: position) }
            return .array(elements)
        }
        return .text(text())
    }

    /// Reads up to the next mark.
    private mutating func text() -> String {
        let start = position
        while position < payload.count, !(Mark.variable...Mark.arrayClose).contains(payload[position]) { position += 1 }
        return String(decoding: payload[start..<position], as: UTF8.self)
    }

    private mutating func take(_ mark: UInt8) -> Bool {
        guard position < payload.count, payload[position] == mark else { return false }
        position += 1
        return true
    }
}
