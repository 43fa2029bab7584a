/// A module that a client understands, in which version: an element of `Core.Supports.Set`.
///
/// ```text
///   Char.Items 1
/// ```
package struct GMCPModule: Hashable, Sendable {
    /// As it was written; modules are told apart without regard to case.
    package let name: String
    /// 1 or greater; 1 when none is given.
    package let version: Int

    package init(_ name: String, version: Int = 1) {
        self.name = name
        self.version = version
    }

    /// Reads a name and perhaps a version; nil if there is no name, or the version is no number.
    package init?(parsing text: String) {
        let words = text.utf8.split { $0 <= 0x20 }
        guard let first = words.first, words.count <= 2, let name = GMCPMessage.name(first) else { return nil }
        self.name = name
        guard words.count == 2 else {
            version = 1
            return
        }
        guard let version = Int(String(decoding: words[1], as: UTF8.self)), version >= 1 else { return nil }
        self.version = version
    }

    /// As it is written.
    package var text: String { "\(name) \(version)" }
}
