package import Logging
import Synchronization

/// How much is logged, as a whole and by subsystem: `info`, or `info,game=debug,door.telnet=trace`.
///
/// A subsystem's level counts for those below it as well: `door=debug` for `door.telnet`. The most exact one wins.
package struct LogLevels: Hashable, Sendable, CustomStringConvertible {
    /// That of subsystems without one of their own.
    package var standard: Logger.Level
    package var bySubsystem: [String: Logger.Level] = [:]

    package init(_ standard: Logger.Level) { self.standard = standard }

    /// Reads the form above; nil when it is none.
    package init?(_ text: String) {
        standard = .info
        for (index, part) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let level = Logger.Level(rawValue: String(sides[sides.count - 1])) else { return nil }
            if sides.count == 2 {
                guard Self.isName(sides[0]), bySubsystem.updateValue(level, forKey: String(sides[0])) == nil else {
                    return nil
                }
            } else {
                guard index == 0 else { return nil }
                standard = level
            }
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || ".-_".contains($0) }
    }

    /// The level of a subsystem.
    package func level(of subsystem: String) -> Logger.Level {
        var name = subsystem[...]
        while true {
            if let level = bySubsystem[String(name)] { return level }
            guard let dot = name.lastIndex(of: ".") else { return standard }
            name = name[..<dot]
        }
    }

    /// The form it is read from, subsystems in alphabetical order.
    package var description: String {
        let parts = bySubsystem.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.rawValue)" }
        return ([standard.rawValue] + parts).joined(separator: ",")
    }
}

/// The level of one subsystem at this moment, for all its loggers and on every thread.
final class LevelCell: Sendable {
    private let index: Atomic<Int>

    init(_ level: Logger.Level) { index = Atomic(Self.index(of: level)) }

    var level: Logger.Level {
        get { Logger.Level.allCases[index.load(ordering: .relaxed)] }
        set { index.store(Self.index(of: newValue), ordering: .relaxed) }
    }

    private static func index(of level: Logger.Level) -> Int { Logger.Level.allCases.firstIndex(of: level) ?? 0 }
}
