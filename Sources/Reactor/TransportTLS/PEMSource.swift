import COpenSSL
import FileAccess
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

    /// Reads a file of at most ``TLSLimits/fileByteCount`` octets.
    init(file path: String) throws(TLSFailure) {
        do throws(FileFailure) {
            self.init(name: path, bytes: try readFile(path, limit: TLSLimits.fileByteCount))
        } catch {
            throw TLSFailure(.unreadable, "\(path): \(error.reason)")
        }
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
}

/// Without this OpenSSL would ask on the terminal.
private func refusePassphrase(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _ isWriting: Int32, _ context: UnsafeMutableRawPointer?
) -> Int32 { -1 }
