import Basics
package import ReactorCore

/// A page of measurements in the text format that Prometheus reads.
///
/// ```text
///   # HELP mudd_turns_total Turns that changed something.
///   # TYPE mudd_turns_total counter
///   mudd_turns_total 4711
///   mudd_door_connections{door="telnet"} 12
/// ```
///
/// - Source: Prometheus text exposition format, version 0.0.4.
/// - Complexity: O(*n*) in the length of the page.
package struct PrometheusPage {
    /// The page's media type.
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    package typealias Labels = [(name: String, value: String)]

    package private(set) var text = ""

    package init() {}

    /// Adds what only ever grows; the name ends in `_total` by custom.
    package mutating func counter(_ name: String, _ help: String, _ samples: [(labels: Labels, value: Double)]) {
        family(name, "counter", help, samples)
    }

    package mutating func counter(_ name: String, _ help: String, _ value: some BinaryInteger) {
        counter(name, help, [([], Double(value))])
    }

    /// Adds what goes up and down.
    package mutating func gauge(_ name: String, _ help: String, _ samples: [(labels: Labels, value: Double)]) {
        family(name, "gauge", help, samples)
    }

    package mutating func gauge(_ name: String, _ help: String, _ value: Double) { gauge(name, help, [([], value)]) }

    package mutating func gauge(_ name: String, _ help: String, _ value: some BinaryInteger) {
        gauge(name, help, Double(value))
    }

    /// Adds how often something took how long, in seconds.
    package mutating func histogram(
        _ name: String, _ help: String, _ samples: [(labels: Labels, value: DurationHistogram)]
    ) {
        let name = Self.legalName(name)
        head(name, "histogram", help)
        for (labels, histogram) in samples {
            classes(name, labels, Self.durationBounds, histogram.counts, sum: histogram.total / .seconds(1))
        }
    }

    /// Adds how often something had which size: in each class what is in none before, up to its bound, in the last the rest.
    package mutating func histogram(_ name: String, _ help: String, bounds: [Int], counts: [UInt64], sum: Double) {
        let name = Self.legalName(name)
        head(name, "histogram", help)
        classes(name, [], bounds.map(Double.init), counts, sum: sum)
    }

    /// The bounds of the classes of durations but the last, in seconds.
    private static let durationBounds: [Double] = (0..<DurationHistogram.classCount).compactMap { index in
        DurationHistogram.bound(ofClass: index).map { bound in bound / Duration.seconds(1) }
    }

    private mutating func classes(
        _ name: String, _ labels: Labels, _ bounds: [Double], _ counts: [UInt64], sum: Double
    ) {
        var count: UInt64 = 0
        for (bound, more) in zip(bounds, counts) {
            count += more
            line(name + "_bucket", labels + [("le", Self.number(bound))], Double(count))
        }
        // The last class has no bound.
        for more in counts.dropFirst(bounds.count) { count += more }
        line(name + "_bucket", labels + [("le", "+Inf")], Double(count))
        line(name + "_sum", labels, sum)
        line(name + "_count", labels, Double(count))
    }

    /// Adds how much there was of something in all, and how often.
    package mutating func summary(
        _ name: String, _ help: String, _ samples: [(labels: Labels, count: UInt64, sum: Double)]
    ) {
        let name = Self.legalName(name)
        head(name, "summary", help)
        for (labels, count, sum) in samples {
            line(name + "_count", labels, Double(count))
            line(name + "_sum", labels, sum)
        }
    }

    private mutating func family(
        _ name: String, _ type: String, _ help: String, _ samples: [(labels: Labels, value: Double)]
    ) {
        let name = Self.legalName(name)
        head(name, type, help)
        for (labels, value) in samples { line(name, labels, value) }
    }

    private mutating func head(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(type)\n"
    }

    private mutating func line(_ name: String, _ labels: Labels, _ value: Double) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\(Self.legalLabel($0.name))=\"\(Self.escaped($0.value, quotes: true))\"" }
            text += "{" + pairs.joined(separator: ",") + "}"
        }
        text += " \(Self.number(value))\n"
    }

    /// A number without an exponent where it is whole.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value.rounded() == value && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// Every character that a name may not have becomes an underscore.
    static func legalName(_ name: String) -> String { legal(name, allowing: ":") }

    private static func legalLabel(_ name: String) -> String { legal(name, allowing: "_") }

    private static func legal(_ name: String, allowing extra: Unicode.Scalar) -> String {
        var result = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar)
            let isLegal =
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar == extra
                || isDigit
            if isDigit, result.isEmpty { result.append("_") }
            result.append(isLegal ? scalar : "_")
        }
        return result.isEmpty ? "_" : String(result)
    }
}
