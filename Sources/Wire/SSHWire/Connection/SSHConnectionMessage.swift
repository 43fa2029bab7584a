import SSHKeys

/// A message of the connection protocol, taken apart as far as it is the same for every kind of channel and request.
///
/// ```text
///   80 string name │ boolean wants an answer │ …         93 uint32 channel │ uint32 octets
///   81 …                                                 94 uint32 channel │ string data
///   82                                                   95 uint32 channel │ uint32 stream │ string data
///   90 string kind │ uint32 channel, window, packet │ …  96 uint32 channel
///   91 uint32 channel, channel, window, packet │ …       97 uint32 channel
///   92 uint32 channel, reason │ string text, language    98 uint32 channel │ string name │ boolean answer │ …
///                                                        99, 100 uint32 channel
/// ```
///
/// - Source: RFC 4254 section 9.
enum SSHConnectionMessage {
    case globalRequest(name: String, wantsAnswer: Bool, fields: SSHReader)
    case globalAnswer([UInt8]?)
    case open(name: String, peerNumber: UInt32, window: UInt32, packet: UInt32, fields: SSHReader)
    case confirmation(channel: UInt32, peerNumber: UInt32, window: UInt32, packet: UInt32)
    case refusal(channel: UInt32, SSHChannelRefusal)
    case adjustment(channel: UInt32, UInt32)
    case data(channel: UInt32, SSHChannelData)
    case end(channel: UInt32)
    case close(channel: UInt32)
    case request(channel: UInt32, name: String, wantsAnswer: Bool, fields: SSHReader)
    case answer(channel: UInt32, Bool)
    /// A number that is not defined.
    case other

    init(_ message: [UInt8]) throws(SSHDataFailure) {
        var reader = SSHReader(message)
        switch try reader.octet() {
        case SSHMessageNumber.globalRequest:
            let name = try Self.name(from: &reader)
            self = .globalRequest(name: name, wantsAnswer: try reader.boolean(), fields: reader)
        case SSHMessageNumber.requestSuccess: self = .globalAnswer(Array(reader.rest))
        case SSHMessageNumber.requestFailure: self = .globalAnswer(nil)
        case SSHMessageNumber.channelOpen:
            let name = try Self.name(from: &reader)
            let (number, window, packet) = (try reader.uint32(), try reader.uint32(), try reader.uint32())
            self = .open(name: name, peerNumber: number, window: window, packet: packet, fields: reader)
        case SSHMessageNumber.channelOpenConfirmation:
            let (channel, number) = (try reader.uint32(), try reader.uint32())
            let (window, packet) = (try reader.uint32(), try reader.uint32())
            self = .confirmation(channel: channel, peerNumber: number, window: window, packet: packet)
        case SSHMessageNumber.channelOpenFailure:
            let (channel, reason) = (try reader.uint32(), try reader.uint32())
            let text = try reader.string(limit: SSHChannelLimits.textByteCount)
            self = .refusal(
                channel: channel,
                SSHChannelRefusal(.init(rawValue: reason), String(decoding: text, as: UTF8.self)))
        case SSHMessageNumber.channelWindowAdjust:
            self = .adjustment(channel: try reader.uint32(), try reader.uint32())
        case SSHMessageNumber.channelData:
            let channel = try reader.uint32()
            self = .data(channel: channel, try Self.data(.output, message, &reader))
        case SSHMessageNumber.channelExtendedData:
            let (channel, code) = (try reader.uint32(), try reader.uint32())
            self = .data(channel: channel, try Self.data(SSHChannelStream(code: code), message, &reader))
        case SSHMessageNumber.channelEOF: self = .end(channel: try reader.uint32())
        case SSHMessageNumber.channelClose: self = .close(channel: try reader.uint32())
        case SSHMessageNumber.channelRequest:
            let channel = try reader.uint32()
            let name = try Self.name(from: &reader)
            self = .request(channel: channel, name: name, wantsAnswer: try reader.boolean(), fields: reader)
        case SSHMessageNumber.channelSuccess: self = .answer(channel: try reader.uint32(), true)
        case SSHMessageNumber.channelFailure: self = .answer(channel: try reader.uint32(), false)
        default: self = .other
        }
    }

    private static func name(from reader: inout SSHReader) throws(SSHDataFailure) -> String {
        try reader.text(limit: SSHChannelLimits.nameByteCount)
    }

    private static func data(
        _ stream: SSHChannelStream, _ message: [UInt8], _ reader: inout SSHReader
    ) throws(SSHDataFailure) -> SSHChannelData {
        let length = Int(try reader.uint32())
        // The string is all that is left.
        guard reader.count >= length else { throw .truncated }
        guard reader.count == length else { throw .trailing }
        return SSHChannelData(stream: stream, message: message, start: message.count - length, length: length)
    }
}
