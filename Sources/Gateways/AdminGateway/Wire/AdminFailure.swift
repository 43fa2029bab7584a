/// Why a request was not done, in a word for programs and a sentence for people.
package struct AdminFailure: Error, Codable, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure; `mud-admin` exits with `exitCode`.
    package enum Code: String, Codable, CaseIterable, Sendable {
        case failed
        case usage
        case notFound = "not-found"
        case permission
        case notRunning = "not-running"
        case timedOut = "timed-out"
        case tryAgain = "try-again"

        /// A word this version does not know is just a failure.
        package init(from decoder: any Decoder) throws {
            self = Code(rawValue: try decoder.singleValueContainer().decode(String.self)) ?? .failed
        }

        package var exitCode: Int32 {
            switch self {
            case .failed: 1
            case .usage: 2
            case .notFound: 3
            case .permission: 4
            case .notRunning: 5
            case .timedOut: 6
            case .tryAgain: 75
            }
        }
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
