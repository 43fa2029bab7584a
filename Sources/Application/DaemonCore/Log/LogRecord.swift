package import Basics
package import Logging

/// One record of the log, before it is written in a ``LogFormat``.
package struct LogRecord: Sendable {
    package var time: WallInstant
    package var level: Logger.Level
    /// The subsystem.
    package var label: String
    package var message: String
    /// In alphabetical order of the keys.
    package var fields: [(key: String, value: String)] = []

    /// Scalars of one value; what is longer is cut and marked with an ellipsis.
    static let longestValue = 2048
    private static let secretWords = ["password", "secret", "token", "claim"]

    package init(
        time: WallInstant, level: Logger.Level, label: String, message: String,
        fields: [(key: String, value: String)] = []
    ) {
        self.time = time
        self.level = level
        self.label = label
        self.message = message
        self.fields = fields
    }

    /// The value of a field as it may be written: that of a key which names a secret never is.
    static func shown(_ key: String, _ value: String) -> String {
        secretWords.contains { key.folded.contains($0) } ? Withheld<Never>.text : value
    }

    /// RFC 3339 in UTC with milliseconds.
    var stamp: String { time.stamp }
}

/// A value that must not be seen: whatever prints it, a log or a debugger's description, says so instead.
package struct Withheld<Value>: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The value itself, for the one who needs it.
    package let value: Value

    package init(_ value: Value) { self.value = value }

    package var description: String { Withheld<Never>.text }
    package var debugDescription: String { Withheld<Never>.text }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Withheld: Sendable where Value: Sendable {}
extension Withheld: Equatable where Value: Equatable {}

extension Withheld where Value == Never {
    /// What is written in place of a secret.
    package static var text: String { "(withheld)" }
}
