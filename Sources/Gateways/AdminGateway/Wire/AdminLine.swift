import FoundationEssentials

/// Writes and reads the one-line JSON objects of the control socket.
///
/// Keys are sorted and in snake case, so the same answer is always the same line.
package enum AdminLine {
    /// The line of a value, with its final newline.
    package static func encode(_ value: some Encodable) throws(AdminFailure) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        do {
            return Array(try encoder.encode(value)) + [0x0A]
        } catch {
            throw AdminFailure(.failed, "The answer cannot be written as JSON.")
        }
    }

    /// The value on a line; the newline may be there or not.
    package static func decode<Value: Decodable>(
        _ type: Value.Type, from line: some Sequence<UInt8>
    ) throws(AdminFailure) -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: Data(line))
        } catch {
            throw AdminFailure(.usage, "The line is not a JSON object of this protocol.")
        }
    }
}
