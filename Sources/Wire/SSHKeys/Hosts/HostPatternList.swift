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
    private let patterns: [[UInt8]]

    init(_ text: some Collection<UInt8>) {
        patterns = text.split(separator: UInt8(ascii: ",")).map { Self.lowercased($0) }
    }

    /// Whether a pattern fits the name, and none that names an exception does.
    func matches(_ name: String) -> Bool {
        let name = Self.lowercased(name.utf8)
        var isMatch = false
        for pattern in patterns {
            if pattern.first == UInt8(ascii: "!") {
                if Self.fits(pattern.dropFirst(), name[...]) { return false }
            } else if Self.fits(pattern[...], name[...]) {
                isMatch = true
            }
        }
        return isMatch
    }

    static func lowercased(_ octets: some Sequence<UInt8>) -> [UInt8] {
        octets.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
    }

    /// Only the last star is ever tried again, since a shorter run for those before it gains nothing.
    private static func fits(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        var (pattern, name) = (pattern, name)
        var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
        while let octet = name.first {
            if pattern.first == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                retry = (pattern, name)
            } else if let wanted = pattern.first, wanted == UInt8(ascii: "?") || wanted == octet {
                (pattern, name) = (pattern.dropFirst(), name.dropFirst())
            } else if let last = retry {
                name = last.name.dropFirst()
                pattern = last.pattern
                retry = (pattern, name)
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
