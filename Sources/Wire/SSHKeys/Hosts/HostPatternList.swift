import Basics

/// A list of names with wildcards, as known hosts and the option `from` have it.
///
/// ```text
///   *.example.org,!old.example.org,10.1.?.7        * any run of characters, ? any one, ! names what is left out
/// ```
///
/// Small and capital letters of ASCII are the same.
///
/// - Complexity: matching is O(*n* · *m*) in the octets of pattern and name.
/// - Source: ssh_config(5), "Patterns".
struct HostPatternList: Hashable, Sendable {
    private var wanted: [[WildcardElement<UInt8>]] = []
    private var excepted: [[WildcardElement<UInt8>]] = []

    init(_ text: some Collection<UInt8>) {
        for pattern in text.split(separator: UInt8(ascii: ",")) {
            let isException = pattern.first == UInt8(ascii: "!")
            let elements = WildcardElement.elements(
                of: Self.lowercased(pattern.dropFirst(isException ? 1 : 0)), any: UInt8(ascii: "?"),
                run: UInt8(ascii: "*"))
            if isException { excepted.append(elements) } else { wanted.append(elements) }
        }
    }

    /// Whether a pattern fits the name, and none that names an exception does.
    func matches(_ name: String) -> Bool {
        let name = Self.lowercased(name.utf8)
        func isOne(of patterns: [[WildcardElement<UInt8>]]) -> Bool {
            patterns.contains { WildcardElement.matches(name, $0) }
        }
        return isOne(of: wanted) && !isOne(of: excepted)
    }

    static func lowercased(_ octets: some Sequence<UInt8>) -> [UInt8] {
        octets.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
    }
}
