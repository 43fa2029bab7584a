/// What a server tells the lists of games, as variables with one value or several: telnet option 70.
///
/// ```text
///   *( VAR name 1*( VAL value ) )          VAR 1   VAL 2
/// ```
///
/// - Limits: ``MSSPLimits``.
/// - Source: the MSSP page of mudstandards.org.
package struct MSSPTable: Hashable, Sendable {
    /// One variable.
    package struct Entry: Hashable, Sendable {
        /// In capitals, with spaces between words.
        package let name: String
        package var values: [String]
    }

    /// In the order in which they are told, each name once.
    package private(set) var entries: [Entry] = []

    package init() {}

    /// The values of a variable; setting none removes it.
    package subscript(name: String) -> [String] {
        get { entries.first { $0.name == name }?.values ?? [] }
        set {
            let place = entries.firstIndex { $0.name == name }
            switch (place, newValue.isEmpty) {
            case (let place?, true): entries.remove(at: place)
            case (let place?, false): entries[place].values = newValue
            case (nil, true): break
            case (nil, false): entries.append(Entry(name: name, values: newValue))
            }
        }
    }

    private enum Mark {
        static let variable: UInt8 = 1
        static let value: UInt8 = 2
    }

    /// The payload; control characters in names and values are left out, so that IAC needs no doubling.
    package var encoded: [UInt8] {
        var output: [UInt8] = []
        for entry in entries {
            output.append(Mark.variable)
            output += MUDText.line(entry.name).utf8
            for value in entry.values {
                output.append(Mark.value)
                output += MUDText.line(value).utf8
            }
        }
        return output
    }

    /// The answer to a line `mssp-request`, for those who speak no telnet: names and values with a TAB between them.
    ///
    /// Several values of one variable are several TABs in one line.
    package var lines: [String] {
        ["MSSP-REPLY-START"]
            + entries.map { entry in ([entry.name] + entry.values).map(MUDText.line).joined(separator: "\t") }
            + ["MSSP-REPLY-END"]
    }

    /// Reads a payload, as a client does; what stands before the first VAR and what is no UTF-8 is forgiven.
    ///
    /// - Parameter payload: What stood between `IAC SB 70` and `IAC SE`, IAC undoubled.
    /// - Throws: ``MSSPFailure/tooLong``.
    package init(parsing payload: [UInt8]) throws(MSSPFailure) {
        if payload.count > MSSPLimits.payloadOctets { throw .tooLong }
        var places: [String: Int] = [:]
        var kept = 0
        for part in payload.split(separator: Mark.variable, omittingEmptySubsequences: false).dropFirst() {
            let words = part.split(separator: Mark.value, omittingEmptySubsequences: false)
            guard let first = words.first, kept < MSSPLimits.entries else { continue }
            let values = words.dropFirst().prefix(MSSPLimits.entries - kept).map(Self.text)
            let name = Self.text(first)
            if values.isEmpty || name.isEmpty { continue }
            kept += values.count
            if let place = places[name] {
                entries[place].values += values
            } else {
                places[name] = entries.count
                entries.append(Entry(name: name, values: values))
            }
        }
    }

    private static func text(_ octets: ArraySlice<UInt8>) -> String {
        MUDText.line(String(decoding: octets, as: UTF8.self))
    }
}

/// Why octets are no MSSP table that we take.
package enum MSSPFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The payload is longer than ``MSSPLimits/payloadOctets``.
    case tooLong

    package var description: String { "the table is longer than \(MSSPLimits.payloadOctets) octets" }
}
