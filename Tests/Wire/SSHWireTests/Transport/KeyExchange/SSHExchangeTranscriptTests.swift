import DigestWire
import Testing

@testable import SSHWire

struct SSHExchangeTranscriptTests {
    /// As Python's hashlib makes it of the same parts.
    @Test(arguments: [
        (HashFunction.sha256, "8dea0d12c3c60516e88a7ee462ced3752420cab04c27928ed9d86c5cde199043"),
        (
            .sha384,
            "31ee2f132e734068d148c73d2a28a2b0785eb5c3af0616a8fcb9df5f0c346d54d8002cafa38b553cfed0c3d16efff23a"
        ),
        (
            .sha512,
            "1dd443a327468235c7058a8fe3f6931eb1d9c880a764b57da30f9c14fc6ae556"
                + "fb73ac31796a90d1240cba66a39c79818889a7537dda3e1d881ed54001648b5b"
        ),
    ])
    func everyPartIsHashed(_ digest: HashFunction, _ expected: String) {
        let transcript = SSHExchangeTranscript(
            clientVersion: Array("SSH-2.0-client".utf8), serverVersion: Array("SSH-2.0-server x".utf8),
            clientOffer: [UInt8](0..<20), serverOffer: [UInt8](20..<50), hostKey: Array("host key".utf8),
            clientValue: [UInt8](0..<32), serverValue: [UInt8](32..<64), secret: [0, 0, 0, 3, 0, 0x81, 2])
        let hash = transcript.hash(digest)
        #expect(hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == expected)
    }
}
