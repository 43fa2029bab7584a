/// The path of something a watcher saw, in the octets the file system keeps: names need not be UTF-8.
public struct WatchedPath: Hashable, Sendable, CustomStringConvertible {
    /// The path: that of the watched root as it was given, and the names below it.
    public var octets: [UInt8]

    /// Makes a path from the octets of the file system.
    public init(octets: [UInt8]) { self.octets = octets }

    /// Makes a path from text.
    public init(_ text: String) { octets = Array(text.utf8) }

    /// The path as text; octets that are not UTF-8 are shown as U+FFFD, which does not open the file.
    public var description: String { String(decoding: octets, as: UTF8.self) }

    /// The last name of the path.
    public var name: [UInt8] { octets.lastIndex(of: Self.slash).map { Array(octets[($0 + 1)...]) } ?? octets }

    static let slash = UInt8(ascii: "/")

    func appending(_ name: some Sequence<UInt8>) -> WatchedPath {
        var result = self
        if result.octets.last != Self.slash { result.octets.append(Self.slash) }
        result.octets.append(contentsOf: name)
        return result
    }

    /// Calls `body` with the path as the kernel takes it, ended by a zero octet.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let text = octets.map { CChar(bitPattern: $0) } + [0]
        return unsafe text.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("an array with an element has an address") }
            return unsafe body(start)
        }
    }
}
