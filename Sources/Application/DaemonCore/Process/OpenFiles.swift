import Glibc

/// Tells what a process has open, by `/proc`.
package enum OpenFiles {
    /// What the descriptors of a process lead to, such as `/var/lib/mudd/lock` or `socket:[4711]`; nil when that may not be
    /// seen.
    package static func of(_ process: Int32) -> [String]? {
        let folder = "/proc/\(process)/fd"
        guard let entries = opendir(folder) else { return nil }
        defer { closedir(entries) }
        var found: [String] = []
        var room = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            let count = readlink("\(folder)/\(name)", &room, room.count - 1)
            if count > 0 { found.append(String(decoding: room[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)) }
        }
        return found
    }
}
