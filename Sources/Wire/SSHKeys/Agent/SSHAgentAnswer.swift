/// What an agent answers.
///
/// ```text
///   5 failure      6 success     12 keys: uint32 count │ (string key │ string remark) …     14 signed: string signature
///   28 extension failed          29 extension: string name │ contents
/// ```
///
/// - Isolation: none; a value type.
/// - Limits: at most ``SSHAgentAnswer/mostKeys`` keys.
/// - Source: draft-miller-ssh-agent sections 3.1, 3.5, 3.6 and 3.8.
public enum SSHAgentAnswer: Hashable, Sendable {
    /// Keys an agent may list.
    public static let mostKeys = 2048

    /// It was not done.
    case failure
    /// It was done.
    case success
    /// The keys it has.
    case keys([SSHAgentKey])
    /// A signature, an ``SSHSignature/blob``.
    case signature([UInt8])
    /// The extension is known, but it was not done.
    case extensionFailure
    /// What an extension answers.
    case extensionAnswer(name: String, contents: [UInt8])
    /// Something that is not known here.
    case other(number: UInt8, contents: [UInt8])

    /// Reads a message, without the length before it.
    ///
    /// - Throws: ``SSHKeyFailure`` with `malformed`.
    public init(message: [UInt8]) throws(SSHKeyFailure) {
        do throws(SSHDataFailure) {
            var reader = SSHReader(message)
            switch try reader.octet() {
            case 5: self = .failure
            case 6: self = .success
            case 12:
                let count = try reader.uint32()
                if count > UInt32(Self.mostKeys) { throw .tooLong }
                var keys: [SSHAgentKey] = []
                for _ in 0..<count {
                    let blob = Array(try reader.string())
                    keys.append(SSHAgentKey(blob: blob, remark: String(decoding: try reader.string(), as: UTF8.self)))
                }
                self = .keys(keys)
            case 14: self = .signature(Array(try reader.string()))
            case 28: self = .extensionFailure
            case 29:
                self = .extensionAnswer(name: try reader.text(limit: 256), contents: Array(reader.rest))
                return
            case let number:
                self = .other(number: number, contents: Array(reader.rest))
                return
            }
            // Old agents add to a failure or a success what nobody reads.
            if message.count > 1, self != .failure, self != .success { try reader.finish() }
        } catch {
            throw SSHKeyFailure(error, in: "the agent's answer")
        }
    }

    /// The message, without the length before it.
    public var message: [UInt8] {
        switch self {
        case .failure: return [5]
        case .success: return [6]
        case .keys(let keys):
            var writer = SSHWriter(message: 12)
            writer.uint32(UInt32(clamping: keys.count))
            for key in keys {
                writer.string(key.blob)
                writer.string(key.remark)
            }
            return writer.octets
        case .signature(let signature):
            var writer = SSHWriter(message: 14)
            writer.string(signature)
            return writer.octets
        case .extensionFailure: return [28]
        case .extensionAnswer(let name, let contents):
            var writer = SSHWriter(message: 29)
            writer.string(name)
            writer.raw(contents)
            return writer.octets
        case .other(let number, let contents): return [number] + contents
        }
    }
}
