import COpenSSL
import Glibc
import ReactorCore

/// PEM text, with the name it goes by in complaints.
struct PEMSource {
    let name: String
    private let bytes: [UInt8]

    init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Reads a file of at most ``TLSLimits/fileByteCount`` octets; a pipe that nobody writes is not waited for.
    init(file path: String) throws(TLSFailure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw Self.unreadable(path) }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFDIR else { throw TLSFailure(.unreadable, "\(path): this is no file") }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.unreadable(path) }
            if count == 0 { break }
            bytes.append(contentsOf: piece.prefix(count))
            guard bytes.count <= TLSLimits.fileByteCount else {
                throw TLSFailure(.unreadable, "\(path): longer than \(TLSLimits.fileByteCount) octets")
            }
        }
        self.init(name: path, bytes: bytes)
    }

    /// All certificates, in order.
    func certificates() throws(TLSFailure) -> [TLSCertificate] {
        ErrorQueue.clear()
        var found: [TLSCertificate] = []
        unsafe withBIO { bio in
            while let certificate = unsafe PEM_read_bio_X509(bio, nil, refusePassphrase, nil) {
                unsafe found.append(TLSCertificate(owning: certificate))
            }
        }
        // Every reading ends with an error: that there is no further certificate.
        let (code, text) = ErrorQueue.take()
        let isAtEnd = Self.reason(code) == PEM_R_NO_START_LINE
        guard isAtEnd, !found.isEmpty else {
            let problem = isAtEnd ? "no certificate in it" : "certificate \(found.count + 1) cannot be read: \(text)"
            throw TLSFailure(.malformed, "\(name): \(problem)")
        }
        return found
    }

    /// The private key; the caller owns it.
    func privateKey() throws(TLSFailure) -> OpaquePointer {
        ErrorQueue.clear()
        let key = unsafe withBIO { bio in unsafe PEM_read_bio_PrivateKey(bio, nil, refusePassphrase, nil) }
        let (code, text) = ErrorQueue.take()
        if let key = unsafe key { return unsafe key }
        // OpenSSL calls anything it does not recognise "unsupported"; a missing key shall be named so.
        guard String(decoding: bytes, as: UTF8.self).contains("PRIVATE KEY-----") else {
            throw TLSFailure(.malformed, "\(name): no private key in it")
        }
        if Self.reason(code) == PEM_R_BAD_PASSWORD_READ {
            throw TLSFailure(.malformed, "\(name): the private key is encrypted; it must be in the clear")
        }
        throw TLSFailure(.malformed, "\(name): the private key cannot be read: \(text)")
    }

    private func withBIO<Value>(_ body: (OpaquePointer) -> Value?) -> Value? {
        unsafe bytes.withUnsafeBytes { buffer in
            guard
                let bio = unsafe BIO_new_mem_buf(
                    buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1), Int32(buffer.count))
            else { return nil }
            defer { unsafe BIO_free(bio) }
            return unsafe body(bio)
        }
    }

    private static func reason(_ code: UInt) -> Int32 { Int32(code & 0x7F_FFFF) }

    private static func unreadable(_ path: String) -> TLSFailure {
        TLSFailure(.unreadable, "\(path): \(SystemFailure(code: errno, call: "open"))")
    }
}

/// Without this OpenSSL would ask on the terminal.
private func refusePassphrase(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _ isWriting: Int32, _ context: UnsafeMutableRawPointer?
) -> Int32 { -1 }
