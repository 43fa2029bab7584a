/// What a client asks of an agent, which holds private keys and signs with them.
///
/// ```text
///   11 list           13 sign: string key │ string message │ uint32 flags
///   17 add: private key │ string remark     25 the same │ constraints      18 remove: string key     19 remove all
///   22 lock: string passphrase              23 unlock: string passphrase   27 extension: string name │ contents
/// ```
///
/// - Isolation: none; a value type.
/// - Source: draft-miller-ssh-agent section 3.
/// - SeeAlso: ``SSHAgentAnswer``; ``SSHAgentFramer`` for the length before each message.
public enum SSHAgentRequest: Sendable, CustomStringConvertible, CustomReflectable {
    /// Which public keys the agent has.
    case list
    /// A signature by the key of these octets.
    case sign(key: [UInt8], message: [UInt8], flags: SignFlags)
    /// To take in a private key.
    case add(SSHPrivateKey, remark: String, constraints: Constraints)
    /// To forget the key of these octets.
    case remove(key: [UInt8])
    /// To forget all keys.
    case removeAll
    /// To neither list nor sign until the same passphrase unlocks it.
    case lock(passphrase: [UInt8])
    /// To list and sign again.
    case unlock(passphrase: [UInt8])
    /// Something that has a name.
    case `extension`(name: String, contents: [UInt8])
    /// Something else, such as a smart card, which is answered with ``SSHAgentAnswer/failure``.
    case other(number: UInt8, contents: [UInt8])

    /// How an RSA key shall sign; other keys take no notice.
    ///
    /// - Source: draft-miller-ssh-agent section 3.6.1.
    public struct SignFlags: OptionSet, Hashable, Sendable {
        /// The bits.
        public let rawValue: UInt32
        /// Takes bits as they are.
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// With SHA-256.
        public static let rsaSHA256 = SignFlags(rawValue: 2)
        /// With SHA-512.
        public static let rsaSHA512 = SignFlags(rawValue: 4)

        /// Asks for an algorithm.
        public init(_ algorithm: SSHSignatureAlgorithm) {
            switch algorithm {
            case .rsaSHA256: self = .rsaSHA256
            case .rsaSHA512: self = .rsaSHA512
            default: self = []
            }
        }
    }

    /// Under what conditions an agent shall keep a key.
    ///
    /// - Source: draft-miller-ssh-agent section 3.2.7.
    public struct Constraints: Hashable, Sendable {
        /// Seconds after which the key is forgotten; nil for never.
        public var lifetime: UInt32?
        /// Whether the agent asks its owner before each signature.
        public var confirms: Bool

        /// Puts conditions together; none by default.
        public init(lifetime: UInt32? = nil, confirms: Bool = false) {
            self.lifetime = lifetime
            self.confirms = confirms
        }

        /// Whether there are none.
        public var isEmpty: Bool { lifetime == nil && !confirms }
    }

    /// Reads a message, without the length before it.
    ///
    /// - Throws: ``SSHKeyFailure``; an agent answers that with ``SSHAgentAnswer/failure``.
    public init(message: [UInt8]) throws(SSHKeyFailure) {
        var reader = SSHReader(message)
        if let number = message.first, number == 17 || number == 25 {
            self = try Self.added(&reader)
            return
        }
        do throws(SSHDataFailure) {
            switch try reader.octet() {
            case 11: self = .list
            case 13:
                let (key, signed) = (Array(try reader.string()), Array(try reader.string()))
                self = .sign(key: key, message: signed, flags: SignFlags(rawValue: try reader.uint32()))
            case 18: self = .remove(key: Array(try reader.string()))
            case 19: self = .removeAll
            case 22: self = .lock(passphrase: Array(try reader.string()))
            case 23: self = .unlock(passphrase: Array(try reader.string()))
            case 27:
                self = .extension(name: try reader.text(limit: 256), contents: Array(reader.rest))
                return
            case let number:
                self = .other(number: number, contents: Array(reader.rest))
                return
            }
            try reader.finish()
        } catch {
            throw SSHKeyFailure(error, in: "the agent's request")
        }
    }

    private static func added(_ reader: inout SSHReader) throws(SSHKeyFailure) -> SSHAgentRequest {
        let isConstrained = (try? reader.octet()) == 25
        let fields = try PrivateFields(&reader)
        let remark: String
        var constraints = Constraints()
        do throws(SSHDataFailure) {
            remark = String(decoding: try reader.string(limit: 1024), as: UTF8.self)
            while isConstrained, !reader.isAtEnd {
                switch try reader.octet() {
                case 1: constraints.lifetime = try reader.uint32()
                case 2: constraints.confirms = true
                // What an agent does not know it may not leave out.
                default: throw .notText
                }
            }
            try reader.finish()
        } catch {
            throw SSHKeyFailure(error, in: "the agent's request")
        }
        return .add(try SSHPrivateKey(fields), remark: remark, constraints: constraints)
    }

    /// The message, without the length before it.
    public var message: [UInt8] {
        switch self {
        case .list: return [11]
        case .sign(let key, let message, let flags):
            var writer = SSHWriter(message: 13, reserving: key.count + message.count + 16)
            writer.string(key)
            writer.string(message)
            writer.uint32(flags.rawValue)
            return writer.octets
        case .add(let key, let remark, let constraints):
            var writer = SSHWriter(message: constraints.isEmpty ? 17 : 25)
            writer.raw(key.privateOctets)
            writer.string(remark)
            if let lifetime = constraints.lifetime {
                writer.octet(1)
                writer.uint32(lifetime)
            }
            if constraints.confirms { writer.octet(2) }
            return writer.octets
        case .remove(let key): return Self.message(18, key)
        case .removeAll: return [19]
        case .lock(let passphrase): return Self.message(22, passphrase)
        case .unlock(let passphrase): return Self.message(23, passphrase)
        case .extension(let name, let contents): return Self.message(27, Array(name.utf8)) + contents
        case .other(let number, let contents): return [number] + contents
        }
    }

    /// What is asked, without what is secret.
    public var description: String {
        switch self {
        case .list: "list"
        case .sign(_, let message, _): "sign \(message.count) octets"
        case .add(let key, let remark, _): "add \(key) \(remark)"
        case .remove: "remove"
        case .removeAll: "remove all"
        case .lock: "lock"
        case .unlock: "unlock"
        case .extension(let name, _): "extension \(name)"
        case .other(let number, _): "request \(number)"
        }
    }

    /// Nothing inside, so that no dump shows a passphrase.
    public var customMirror: Mirror { Mirror(self, children: []) }

    private static func message(_ number: UInt8, _ string: [UInt8]) -> [UInt8] {
        var writer = SSHWriter(message: number, reserving: string.count + 5)
        writer.string(string)
        return writer.octets
    }
}
