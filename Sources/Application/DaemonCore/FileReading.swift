import Glibc

/// Why a file could not be read or made, in the system's words.
package struct FileFailure: Error {
    package let code: Int32

    package init(code: Int32) {
        self.code = code
    }

    package var reason: String { String(cString: strerror(code)) }
}

/// Reads a whole file of at most `limit` octets; `open(2)`, `read(2)`.
package func readFile(_ path: String, limit: Int) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(code: errno) }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0, errno == EINTR { continue }
        if count < 0 { throw FileFailure(code: errno) }
        if count == 0 { return content }
        content += chunk[..<count]
        if content.count > limit { throw FileFailure(code: EFBIG) }
    }
}
