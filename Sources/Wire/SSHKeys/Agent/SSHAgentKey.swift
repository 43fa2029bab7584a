/// A key that an agent has.
public struct SSHAgentKey: Hashable, Sendable {
    /// The octets of the public key; of any kind, also one that is not known here.
    public let blob: [UInt8]
    /// What its owner calls it, usually a file's name.
    public let remark: String

    /// Puts both together.
    public init(blob: [UInt8], remark: String) {
        self.blob = blob
        self.remark = remark
    }

    /// The key; nil when its kind is not known here.
    public var publicKey: SSHPublicKey? { try? SSHPublicKey(blob: blob) }
}
