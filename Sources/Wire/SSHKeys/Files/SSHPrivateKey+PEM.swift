import COpenSSL

extension SSHPrivateKey {
    /// Reads the text of a private key file of any format.
    ///
    /// - Throws: ``SSHKeyFailure`` as ``SSHPrivateKeyFile`` does.
    public init(text: [UInt8], passphrase: [UInt8]? = nil) throws(SSHKeyFailure) {
        self = try SSHPrivateKeyFile(text).open(passphrase: passphrase).key
    }

    /// Reads PEM (`PEM_read_bio_PrivateKey`).
    init(pem text: [UInt8], passphrase: [UInt8]) throws(SSHKeyFailure) {
        var asked: Int32 = 0
        let given = passphrase.isEmpty ? nil : passphrase
        let read = text.withUnsafeBytes { text in
            copenssl_read_private_key(
                text.baseAddress, Int32(clamping: text.count), given, Int32(clamping: passphrase.count), &asked)
        }
        guard let handle = KeyHandle(taking: read) else {
            switch (asked != 0, passphrase.isEmpty) {
            case (true, true): throw SSHKeyFailure(.passphraseNeeded, "the private key is encrypted with a passphrase")
            case (true, false): throw SSHKeyFailure(.wrongPassphrase, "the passphrase is wrong")
            case (false, _): throw SSHKeyFailure(.malformed, "the file holds no private key that libcrypto reads")
            }
        }
        try self.init(taking: handle)
    }
}
