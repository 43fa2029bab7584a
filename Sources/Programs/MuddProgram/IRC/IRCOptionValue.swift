import ArgumentParser
import FileAccess

/// What options of several kinds of services for IRC take in the same form.
enum IRCOptionValue {
    /// Octets of a file with a password, at most.
    private static let longestSecretFile = 4096

    /// The first line of a file.
    ///
    /// - Throws: `ValidationError` when it cannot be read, is longer than 4,096 octets, or its first line is empty or no UTF-8.
    static func secret(in file: String) throws -> String {
        let octets: [UInt8]
        do throws(FileFailure) {
            octets = try readFile(file, limit: longestSecretFile)
        } catch {
            throw ValidationError("\(file): \(error.reason)")
        }
        let line = octets.prefix { $0 != 0x0A && $0 != 0x0D }
        guard let text = String(validating: line, as: UTF8.self), !text.isEmpty else {
            throw ValidationError("\(file): there is no password on its first line")
        }
        return text
    }

    /// The value of `--pace`, as `5:2`.
    ///
    /// - Parameters:
    ///   - text: How many at once, and how many in each second after that.
    ///   - range: From where to where both may be.
    /// - Returns: The two numbers.
    /// - Throws: `ValidationError` when it is anything else.
    static func pace(_ text: String, in range: ClosedRange<Int>) throws -> (burst: Int, rate: Int) {
        let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let burst = numbers[0], let rate = numbers[1], range.contains(burst),
            range.contains(rate)
        else {
            throw ValidationError("--pace is two numbers from \(range.lowerBound) to \(range.upperBound), such as 5:2")
        }
        return (burst, rate)
    }
}
