import COpenSSL

/// Hashes, which only lack of memory can make fail.
enum Hash {
    static func sha256(_ octets: [UInt8]) -> [UInt8] { digest(octets, EVP_sha256(), length: 32) }

    static func sha512(_ octets: [UInt8]) -> [UInt8] { digest(octets, EVP_sha512(), length: 64) }

    private static func digest(_ octets: [UInt8], _ hash: OpaquePointer?, length: Int) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: length)
        let isDone = EVP_Digest(octets, octets.count, &digest, nil, hash, nil)
        precondition(isDone == 1, "a hash is not available")
        return digest
    }
}
