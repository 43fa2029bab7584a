package import FileAccess
package import Glibc

/// A folder of a test's own, removed with everything in it when the test lets it go.
///
/// - Isolation: may be used from any thread.
package final class TemporaryFolder: Sendable {
    package let path: String

    /// Makes the folder.
    ///
    /// - Throws: ``FileFailure``: why not.
    package init() throws(FileFailure) {
        var template = Array("/tmp/mudd-tests-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw FileFailure(code: errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { remove() }

    /// Removes it now; for what is kept until the process ends, when nobody lets it go.
    package func remove() { Self.remove(path) }

    /// Makes a folder in it.
    ///
    /// - Throws: ``FileFailure``: why not; also when it is there already.
    package func makeFolder(_ name: String) throws(FileFailure) {
        guard unsafe mkdir("\(path)/\(name)", 0o755) == 0 else { throw FileFailure(code: errno) }
    }

    /// Makes a file, or replaces its content; everybody may read it.
    ///
    /// - Returns: Its path.
    /// - Throws: ``FileFailure``: why it is not there as a whole.
    @discardableResult package func write(_ text: String, to name: String) throws(FileFailure) -> String {
        try write(Array(text.utf8), to: name)
    }

    /// Makes a file, or replaces its content; everybody may read it.
    ///
    /// - Returns: Its path.
    /// - Throws: ``FileFailure``: why it is not there as a whole.
    @discardableResult package func write(_ octets: [UInt8], to name: String) throws(FileFailure) -> String {
        let file = "\(path)/\(name)"
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileFailure(code: errno) }
        defer { close(descriptor) }
        var rest = octets[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw FileFailure(code: count < 0 ? errno : EIO) }
            rest = rest.dropFirst(count)
        }
        guard fchmod(descriptor, 0o644) == 0 else { throw FileFailure(code: errno) }
        return file
    }

    /// The text of a file in the folder, or at an absolute path; nil when it cannot be read.
    package func read(_ name: String) -> String? {
        let octets = try? readFile(name.hasPrefix("/") ? name : "\(path)/\(name)", limit: 64 << 20)
        return octets.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The permissions of a file (`chmod(2)`); nil when there is none.
    package func mode(of name: String) -> UInt32? {
        var status = stat()
        return unsafe stat("\(path)/\(name)", &status) == 0 ? status.st_mode & 0o7777 : nil
    }

    /// Gives a file other permissions.
    ///
    /// - Throws: ``FileFailure``: why not.
    package func setMode(_ mode: mode_t, of name: String) throws(FileFailure) {
        guard unsafe chmod("\(path)/\(name)", mode) == 0 else { throw FileFailure(code: errno) }
    }

    private static func remove(_ path: String) {
        var status = stat()
        // What a link leads to is not the test's.
        let isFolder = unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        if isFolder, let names = try? namesInFolder(path) {
            for name in names { remove(path + "/" + name) }
        }
        unsafe Glibc.remove(path)
    }
}
