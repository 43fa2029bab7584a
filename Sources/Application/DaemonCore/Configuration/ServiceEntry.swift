import Basics
package import ServiceCore
import Transports

/// A service that the section `services` of a configuration describes.
///
/// ```yaml
/// services:
///   mirror:
///     kind: echo
///     options:
///       listen: [tcp:4007, tcp6:4007]
///     after: [other]
///     restart: 5
///     essential: no
/// ```
package struct ServiceEntry: Sendable {
    /// An option of the service's kind, and what it is given.
    package struct Option: Equatable, Sendable {
        package let name: String
        package let values: [String]
    }

    /// When to start it again after it failed.
    package enum Restart: Equatable, Sendable {
        case never
        /// So many times in a row; nil for always.
        case times(Int?)
    }

    /// What it is called; its key in the section.
    package let name: String
    /// Which maker of services makes it; its name unless `kind` says otherwise.
    package private(set) var kind: String
    package private(set) var options: [Option] = []
    /// The services of the section that have to be ready before it.
    package private(set) var after: [String] = []
    package private(set) var restart = Restart.never
    package private(set) var isEssential = true
    /// By key, as `options.listen`, where it was said; the empty key stands for the whole.
    private var origins: [String: String] = [:]

    static let keys = ["kind", "options", "after", "restart", "essential"]

    init(_ name: String, at origin: String?) {
        self.name = name
        kind = name
        origins[""] = origin
    }

    /// The path of a key in the configuration: `services.mirror.kind`.
    package func path(_ key: String = "") -> String { "services.\(name)" + (key.isEmpty ? "" : ".\(key)") }

    /// Where a key was said, for a complaint about it: `FILE:LINE:COL`, a variable or an option.
    ///
    /// - Parameters:
    ///   - key: Such as `kind` or `options.listen`; the empty one stands for the whole.
    ///   - index: Which of several values; nil for all.
    /// - Returns: The place of the value, else that of the key, else that of the service.
    package func origin(of key: String = "", value index: Int? = nil) -> String {
        index.flatMap { origins["\(key)[\($0)]"] } ?? origins[key] ?? origins[""] ?? path()
    }

    /// What a tree of services does when it fails.
    package var policy: ServicePolicy {
        var policy = ServicePolicy()
        policy.isEssential = isEssential
        if case .times(let limit) = restart { policy.restart = .afterFailure(BackOff(), limit: limit) }
        return policy
    }

    /// Sets a key, such as `kind` or `options.listen`, from its texts.
    ///
    /// - Parameters:
    ///   - key: Of the service.
    ///   - texts: Its value, or several.
    ///   - origin: Where that was said.
    ///   - places: Where each value was said, if they stand apart.
    /// - Returns: What was expected instead, or nil when it fits.
    mutating func set(_ key: String, to texts: [String], at origin: String, _ places: [String]) -> String? {
        if key.hasPrefix("options.") {
            let option = Option(name: String(key.dropFirst("options.".utf8.count)), values: texts)
            options.removeAll { $0.name == option.name }
            options.append(option)
        } else if key == "after" {
            after = texts.flatMap { $0.split(separator: ",").map { String($0).trimmed } }
        } else {
            guard texts.count == 1, let text = texts.first else { return "one value" }
            if let expectation = set(key, to: text) { return expectation }
        }
        for index in 0..<texts.count {
            origins["\(key)[\(index)]"] = places.indices.contains(index) ? places[index] : nil
        }
        origins[key] = origin
        return nil
    }

    private mutating func set(_ key: String, to text: String) -> String? {
        switch key {
        case "kind":
            if text.isEmpty { return "a kind of service, as mudd --help lists them" }
            kind = text
        case "restart":
            switch text {
            case "never": restart = .never
            case "always": restart = .times(nil)
            default:
                guard let count = Int(text), (1...1_000_000).contains(count) else {
                    return "never, always, or how many times in a row"
                }
                restart = .times(count)
            }
        default:
            guard let flag = FlagText.read(text) else { return "yes or no" }
            isEssential = flag
        }
        return nil
    }

    /// Words in the name of an option whose value is nobody's business.
    private static let secretWords = ["password", "passphrase", "secret", "token", "credential"]

    /// What an option is given, for people; of one that is a secret by its name only whether it is given.
    private func shown(_ option: Option?, besides other: Option?) -> String {
        guard let option else { return "none" }
        guard Self.secretWords.contains(where: { option.name.contains($0) }) else {
            return option.values.joined(separator: ", ")
        }
        return other == nil || other == option ? "given" : "given otherwise"
    }

    /// The keys in which another entry of this name differs.
    func changes(to other: ServiceEntry) -> [ConfigurationChange] {
        var changes: [ConfigurationChange] = []
        func note(_ key: String, _ old: String, _ new: String) {
            changes.append(ConfigurationChange(path: path(key), old: old, new: new, isLive: false))
        }
        for ((key, old), (_, new)) in zip(texts, other.texts) where old != new { note(key, old, new) }
        let names = options.map(\.name) + other.options.map(\.name)
        for name in Set(names).sorted() {
            let old = options.first { $0.name == name }
            let new = other.options.first { $0.name == name }
            if old != new {
                note("options.\(name)", shown(old, besides: nil), shown(new, besides: old))
            }
        }
        return changes
    }

    /// The keys but for the options, with their values as text.
    private var texts: [(key: String, text: String)] {
        let times =
            switch restart {
            case .never: "never"
            case .times(let limit): limit.map(String.init) ?? "always"
            }
        return [
            ("kind", kind), ("after", after.isEmpty ? "none" : after.joined(separator: ", ")), ("restart", times),
            ("essential", isEssential ? "yes" : "no"),
        ]
    }

    /// Whether a text will do as the name of a service.
    static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "-")
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}

extension ServiceEntry: Equatable {
    /// Whether both describe the same service, wherever that was said.
    package static func == (one: ServiceEntry, other: ServiceEntry) -> Bool {
        one.name == other.name && one.changes(to: other).isEmpty
    }
}

extension Configuration {
    /// What stands before the keys of a service.
    static let servicesPrefix = "services."

    /// Sets a key of the section `services`, such as `services.mirror.kind`, and makes the service if it is new.
    ///
    /// - Returns: What is wrong, or nil.
    mutating func setService(_ path: String, to texts: [String], at origin: String, _ places: [String] = [])
        -> String?
    {
        let parts = path.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, ServiceEntry.isName(parts[1]) else {
            return "unknown key “\(path)”; a service has a name of lower-case letters, digits and hyphens, and keys: "
                + ServiceEntry.keys.joined(separator: ", ")
        }
        let key = parts[2]
        let isOption = key.hasPrefix("options.") && key.utf8.count > "options.".utf8.count
        guard isOption || (key != "options" && ServiceEntry.keys.contains(key)) else {
            let near = Spelling.nearest(to: key, among: ServiceEntry.keys)
            return "unknown key “\(path)”" + (near.map { "; did you mean services.\(parts[1]).\($0)?" } ?? "")
        }
        let index = services.firstIndex { $0.name == parts[1] } ?? services.count
        if index == services.count { services.append(ServiceEntry(parts[1], at: origin)) }
        return services[index].set(key, to: texts, at: origin, places).map {
            "\(path): expected \($0), not “\(texts.joined(separator: ", "))”"
        }
    }

    /// Takes in a service, of which nothing is said yet but its name.
    mutating func addService(_ name: String, at origin: String) {
        if !services.contains(where: { $0.name == name }) { services.append(ServiceEntry(name, at: origin)) }
    }
}
