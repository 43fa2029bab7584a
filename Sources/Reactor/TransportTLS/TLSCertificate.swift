import COpenSSL

/// A certificate: whose it is, who vouches for it, and until when.
@safe public final class TLSCertificate: CustomStringConvertible {
    let handle: OpaquePointer

    /// Takes over one reference to an X509 object.
    init(owning handle: OpaquePointer) {
        unsafe self.handle = unsafe handle
    }

    deinit { unsafe X509_free(handle) }

    /// The holder's distinguished name, as in `CN=mud.example,O=Example` (RFC 2253).
    public var subject: String { unsafe Self.text(X509_get_subject_name(handle)) }

    /// The distinguished name of who signed it.
    public var issuer: String { unsafe Self.text(X509_get_issuer_name(handle)) }

    /// The DNS names it is valid for.
    public var dnsNames: [String] {
        guard let names = unsafe copenssl_alternative_names(handle) else { return [] }
        defer { unsafe copenssl_free_names(names) }
        var found: [String] = []
        let total = unsafe copenssl_name_count(names)
        for index in 0..<max(0, total) {
            var start: UnsafePointer<UInt8>?
            let count = unsafe Int(copenssl_dns_name(names, index, &start))
            guard count >= 0, unsafe start != nil else { continue }
            unsafe found.append(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        }
        return found
    }

    /// The SHA-256 digest of the certificate, 32 octets; what to compare with a pinned one.
    public var fingerprint: [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        guard unsafe X509_digest(handle, EVP_sha256(), &digest, &count) == 1 else { return [] }
        return Array(digest.prefix(Int(count)))
    }

    /// When it begins to be valid, in seconds since 1970.
    public var notBefore: Int64 { unsafe copenssl_seconds(X509_get0_notBefore(handle)) }

    /// When it ends to be valid, in seconds since 1970.
    public var notAfter: Int64 { unsafe copenssl_seconds(X509_get0_notAfter(handle)) }

    /// Why the certificate is not valid at this moment of the system's calendar; nil when it is.
    var lapse: String? {
        if unsafe X509_cmp_current_time(X509_get0_notAfter(handle)) < 0 { return "has expired" }
        if unsafe X509_cmp_current_time(X509_get0_notBefore(handle)) > 0 { return "is not valid yet" }
        return nil
    }

    /// The holder's distinguished name.
    public var description: String { subject }

    private static func text(_ name: OpaquePointer?) -> String {
        guard let bio = unsafe BIO_new(BIO_s_mem()) else { return "" }
        defer { unsafe BIO_free(bio) }
        guard unsafe copenssl_print_name(bio, name) == 1 else { return "" }
        var start: UnsafePointer<CChar>?
        let count = unsafe copenssl_memory(bio, &start)
        guard count > 0, let start = unsafe start else { return "" }
        return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
