import Glibc

/// A folder of a test's own, removed with everything in it when the test lets it go.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/mudd-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CreationFailure(code: errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { Self.remove(path) }

    struct CreationFailure: Error {
        let code: Int32
    }

    func makeFolder(_ name: String) { mkdir("\(path)/\(name)", 0o755) }

    func write(_ text: String, to name: String) {
        guard let file = fopen("\(path)/\(name)", "w") else { return }
        fputs(text, file)
        fclose(file)
        chmod("\(path)/\(name)", 0o644)
    }

    func setMode(_ mode: mode_t, of name: String) { chmod("\(path)/\(name)", mode) }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(folder)
        }
        Glibc.remove(path)
    }
}
