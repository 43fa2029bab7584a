/// The numbers of the packets.
///
/// - Source: draft-ietf-secsh-filexfer-02 section 3.
enum SFTPPacketNumber {
    static let hello: UInt8 = 1
    static let version: UInt8 = 2
    static let open: UInt8 = 3
    static let close: UInt8 = 4
    static let read: UInt8 = 5
    static let write: UInt8 = 6
    static let linkAttributes: UInt8 = 7
    static let handleAttributes: UInt8 = 8
    static let setAttributes: UInt8 = 9
    static let setHandleAttributes: UInt8 = 10
    static let openDirectory: UInt8 = 11
    static let readDirectory: UInt8 = 12
    static let remove: UInt8 = 13
    static let makeDirectory: UInt8 = 14
    static let removeDirectory: UInt8 = 15
    static let realPath: UInt8 = 16
    static let attributes: UInt8 = 17
    static let rename: UInt8 = 18
    static let readLink: UInt8 = 19
    static let makeLink: UInt8 = 20
    static let extended: UInt8 = 200

    static let statusReply: UInt8 = 101
    static let handleReply: UInt8 = 102
    static let dataReply: UInt8 = 103
    static let nameReply: UInt8 = 104
    static let attributesReply: UInt8 = 105
    static let extendedReply: UInt8 = 201
}
