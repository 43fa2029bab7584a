import SSHKeys

/// What a server answers to one request.
///
/// - Source: draft-ietf-secsh-filexfer-02 section 7.
public enum SFTPReply: Hashable, Sendable {
    /// `SSH_FXP_STATUS`: it is done, or why not.
    case status(SFTPStatus)
    /// `SSH_FXP_HANDLE`: what is open is called that from now on.
    case handle([UInt8])
    /// `SSH_FXP_DATA`: octets that were read.
    case data([UInt8])
    /// `SSH_FXP_NAME`: names.
    case names([SFTPName])
    /// `SSH_FXP_ATTRS`: what is known of a file.
    case attributes(SFTPAttributes)
    /// `SSH_FXP_EXTENDED_REPLY`: what an extension says.
    case extended([UInt8])

    /// Reads what follows a packet's number and id; nil for a number that is no reply's.
    init?(number: UInt8, _ reader: inout SSHReader) throws(SSHDataFailure) {
        switch number {
        case SFTPPacketNumber.statusReply: self = .status(try SFTPStatus(&reader))
        case SFTPPacketNumber.handleReply: self = .handle(Array(try reader.string(limit: SFTPLimits.handle)))
        case SFTPPacketNumber.dataReply: self = .data(Array(try reader.string()))
        case SFTPPacketNumber.nameReply:
            let count = try reader.uint32()
            var names: [SFTPName] = []
            for _ in 0..<count { names.append(try SFTPName(&reader)) }
            self = .names(names)
        case SFTPPacketNumber.attributesReply: self = .attributes(try SFTPAttributes(&reader))
        case SFTPPacketNumber.extendedReply: self = .extended(Array(reader.rest))
        default: return nil
        }
    }

    /// The packet, its length included.
    public func packet(id: UInt32) -> [UInt8] {
        switch self {
        case .status(let status): SFTPPacket.make(SFTPPacketNumber.statusReply, id) { status.write(to: &$0) }
        case .handle(let handle): SFTPPacket.make(SFTPPacketNumber.handleReply, id) { $0.string(handle) }
        case .data(let data): SFTPPacket.make(SFTPPacketNumber.dataReply, id, data: data)
        case .names(let names):
            SFTPPacket.make(SFTPPacketNumber.nameReply, id) {
                $0.uint32(UInt32(clamping: names.count))
                for name in names { name.write(to: &$0) }
            }
        case .attributes(let attributes):
            SFTPPacket.make(SFTPPacketNumber.attributesReply, id) { attributes.write(to: &$0) }
        case .extended(let data): SFTPPacket.make(SFTPPacketNumber.extendedReply, id) { $0.raw(data) }
        }
    }
}

extension SFTPStatus {
    /// Reads a status; early servers send only its code.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        code = SFTPStatusCode(rawValue: try reader.uint32())
        message = reader.isAtEnd ? "" : String(decoding: try reader.string(), as: UTF8.self)
        language = reader.isAtEnd ? "" : String(decoding: try reader.string(), as: UTF8.self)
    }

    /// Writes a status.
    func write(to writer: inout SSHWriter) {
        writer.uint32(code.rawValue)
        writer.string(String(decoding: message.utf8.prefix(SFTPLimits.message), as: UTF8.self))
        writer.string(language)
    }
}
