/// The octet after IAC (RFC 854 §"TELNET COMMAND STRUCTURE"; EOR: RFC 885).
package enum TelnetCommand {
    /// End of record: a prompt ends here (RFC 885).
    package static let endOfRecord: UInt8 = 239
    /// End of subnegotiation.
    package static let subnegotiationEnd: UInt8 = 240
    package static let noOperation: UInt8 = 241
    package static let dataMark: UInt8 = 242
    package static let breakKey: UInt8 = 243
    package static let interruptProcess: UInt8 = 244
    package static let abortOutput: UInt8 = 245
    package static let areYouThere: UInt8 = 246
    package static let eraseCharacter: UInt8 = 247
    package static let eraseLine: UInt8 = 248
    /// Go ahead: a prompt ends here, for clients without ``endOfRecord``.
    package static let goAhead: UInt8 = 249
    package static let subnegotiation: UInt8 = 250
    package static let will: UInt8 = 251
    package static let wont: UInt8 = 252
    package static let `do`: UInt8 = 253
    package static let dont: UInt8 = 254
    /// Interpret as command; doubled when it is data.
    package static let iac: UInt8 = 255
}
