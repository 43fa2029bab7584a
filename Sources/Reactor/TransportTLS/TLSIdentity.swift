import COpenSSL

/// Who one side says it is: a certificate, those between it and its root, and the private key.
///
/// The certificate comes first in its PEM text, the intermediate ones after it. The key is in the clear.
@safe public final class TLSIdentity {
    /// The certificate itself, then the intermediate ones.
    public let chain: [TLSCertificate]

    /// What is wrong with the certificate though it can be used, such as that it has expired.
    public let warnings: [String]

    let key: OpaquePointer

    /// Reads certificates and key from PEM files; one file may hold both.
    ///
    /// - Throws: ``TLSFailure``, which names the file and says what is wrong with it.
    public convenience init(certificateFile: String, keyFile: String) throws(TLSFailure) {
        try self.init(PEMSource(file: certificateFile), key: PEMSource(file: keyFile))
    }

    /// Takes certificates and key from PEM text.
    ///
    /// - Parameters:
    ///   - certificatePEM: The certificate, then the intermediate ones.
    ///   - keyPEM: The private key.
    ///   - name: What failures call the text.
    /// - Throws: ``TLSFailure``, which says what is wrong with the text.
    public convenience init(certificatePEM: [UInt8], keyPEM: [UInt8], name: String = "PEM text") throws(TLSFailure) {
        try self.init(PEMSource(name: name, bytes: certificatePEM), key: PEMSource(name: name, bytes: keyPEM))
    }

    private init(_ certificates: PEMSource, key source: PEMSource) throws(TLSFailure) {
        chain = try certificates.certificates()
        warnings = chain.compactMap { certificate in
            certificate.lapse.map { "\(certificates.name): the certificate of \(certificate.subject) \($0)" }
        }
        unsafe key = try unsafe source.privateKey()
        ErrorQueue.clear()
        let fits = unsafe X509_check_private_key(chain[0].handle, key) == 1
        ErrorQueue.clear()
        guard fits else {
            throw TLSFailure(
                .keyMismatch, "\(source.name): the key is not that of the certificate in \(certificates.name)")
        }
    }

    deinit { unsafe EVP_PKEY_free(key) }
}

/// Certificates whose holders may vouch for others.
public enum TLSRoots {
    /// Those the operating system trusts.
    case system

    /// These only.
    case only([TLSCertificate])

    /// The certificates of a PEM file only.
    ///
    /// - Throws: ``TLSFailure``, which names the file and says what is wrong with it.
    public static func file(_ path: String) throws(TLSFailure) -> TLSRoots {
        .only(try PEMSource(file: path).certificates())
    }

    /// The certificates of PEM text only.
    public static func pem(_ text: [UInt8], name: String = "PEM text") throws(TLSFailure) -> TLSRoots {
        .only(try PEMSource(name: name, bytes: text).certificates())
    }
}
