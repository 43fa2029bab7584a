/// What is wrong with a key, a signature, or a file or line that should hold one.
public struct SSHKeyFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sort of failure, for decisions; ``SSHKeyFailure/detail`` is for people.
    public enum Code: Hashable, Sendable {
        /// The octets or the text are not what they should be.
        case malformed
        /// A type, cipher or format that is not known here.
        case unsupported
        /// A key that is too short to be safe, or longer than anything sensible.
        case badSize
        /// The key is encrypted, and no passphrase was given.
        case passphraseNeeded
        /// The passphrase is wrong.
        case wrongPassphrase
        /// The parts of a key do not belong together.
        case mismatch
        /// The key cannot make a signature of that algorithm.
        case wrongAlgorithm
        /// The cryptographic library refused.
        case library
    }

    /// The sort of failure.
    public var code: Code

    /// What exactly is wrong; never a part of a secret.
    public var detail: String

    /// Says what is wrong.
    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    /// What is wrong.
    public var description: String { detail }

    /// Says where octets were not what they should be.
    init(_ failure: SSHDataFailure, in place: String) {
        let reason =
            switch failure {
            case .truncated: "ends too early"
            case .trailing: "has octets left over"
            case .tooLong: "has a part that is too long"
            case .notText: "has a text that is none"
            case .negative: "has a number below zero"
            }
        self.init(.malformed, "\(place) \(reason)")
    }

    /// Somebody else's word, so that it can be shown: short, and of visible ASCII.
    static func shown(_ word: some StringProtocol) -> String {
        String(decoding: word.utf8.prefix(64).map { $0 > 0x20 && $0 < 0x7F ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
