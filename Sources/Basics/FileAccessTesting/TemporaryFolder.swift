import FileAccess
package import Glibc

/// A folder of a test's own, removed with everything in it when the test lets it go.
package final class TemporaryFolder {
    package let path: String

    /// Makes the folder.
    ///
    /// - Throws: ``FileFailure``: why not.
    package init() throws {
        var template = Array("/tmp/mudd-tests-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw FileFailure(code: errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { Self.remove(path) }

    package func makeFolder(_ name: String) { unsafe mkdir("\(path)/\(name)", 0o755) }

    /// Makes a file, or replaces its content; everybody may read it.
    ///
    /// - Returns: Its path.
    @discardableResult package func write(_ text: String, to name: String) -> String {
        write(Array(text.utf8), to: name)
    }

    /// Makes a file, or replaces its content; everybody may read it.
    ///
    /// - Returns: Its path.
    @discardableResult package func write(_ octets: [UInt8], to name: String) -> String {
        let file = "\(path)/\(name)"
        guard let stream = unsafe fopen(file, "we") else { return file }
        unsafe fwrite(octets, 1, octets.count, stream)
        unsafe fclose(stream)
        unsafe chmod(file, 0o644)
        return file
    }

    /// The text of a file in the folder, or at an absolute path; nil when there is none.
    package func read(_ name: String) -> String? {
        let octets = try? readFile(name.hasPrefix("/") ? name : "\(path)/\(name)", limit: 64 << 20)
        return octets.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The permissions of a file (`chmod(2)`); nil when there is none.
    package func mode(of name: String) -> UInt32? {
        var status = stat()
        return unsafe stat("\(path)/\(name)", &status) == 0 ? status.st_mode & 0o7777 : nil
    }

    package func setMode(_ mode: mode_t, of name: String) { unsafe chmod("\(path)/\(name)", mode) }

    private static func remove(_ path: String) {
        var status = stat()
        // What a link leads to is not the test's.
        let isFolder = unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        if isFolder, let folder = unsafe opendir(path) {
            while let entry = unsafe readdir(folder) {
                let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            unsafe closedir(folder)
        }
        unsafe Glibc.remove(path)
    }
}
