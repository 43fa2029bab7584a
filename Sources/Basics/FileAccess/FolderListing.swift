import Glibc

/// Tells the names in a folder but `.` and `..`, in no order.
///
/// - Throws: ``FileFailure``: why it cannot be read.
/// - Source: `readdir(3)`.
package func namesInFolder(_ path: String) throws(FileFailure) -> [String] {
    guard let listing = unsafe opendir(path) else { throw FileFailure(code: errno) }
    defer { unsafe closedir(listing) }
    // The name is read in place: the kernel gives records shorter than the structure.
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return [] }
    var names: [String] = []
    while let entry = unsafe readdir(listing) {
        let start = unsafe UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
        let name = unsafe String(cString: start)
        if name != ".", name != ".." { names.append(name) }
    }
    return names
}

/// Tells what a symbolic link says, which need not be there; nil when it is none.
///
/// - Source: `readlink(2)`.
package func targetOfLink(_ path: String) -> String? {
    var room = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = unsafe readlink(path, &room, room.count - 1)
    return count > 0 ? String(decoding: room[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
}
