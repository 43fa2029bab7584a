/// The beginning of a SCRAM client's first message: channel binding, and whom it wants to act for.
///
/// ```text
///   n,,                  no channel binding
///   y,,                  the client could, but believes that the server cannot
///   p=tls-exporter,,     the exchange is bound to the channel by data of this type
///   n,a=name,            the client wants to act for somebody else
/// ```
///
/// - Source: RFC 5802 sections 5.1, 6 and 7 (`gs2-header`); RFC 9266 for `tls-exporter`.
package struct SCRAMHeader: Hashable, Sendable {
    /// What the client says about channel binding.
    package enum ChannelBinding: Hashable, Sendable {
        /// It does not support it (`n`).
        case unsupported
        /// It supports it, but the server did not offer it (`y`).
        case notOffered
        /// It uses the type of this name (`p=`).
        case used(type: String)
    }

    /// The longest name of a type of channel binding, in octets.
    package static let longestTypeName = 64

    package let channelBinding: ChannelBinding
    /// Whom the client wants to act for; nil for itself.
    package let authorizationIdentity: String?

    /// - Throws: ``SASLFailure`` when a part cannot be written.
    package init(
        channelBinding: ChannelBinding = .unsupported, authorizationIdentity: String? = nil
    ) throws(SASLFailure) {
        if case .used(let type) = channelBinding { try Self.check(type: Array(type.utf8)) }
        if let authorizationIdentity {
            try SASLText.check(authorizationIdentity, "authorization identity", limit: SASLLimits.name)
        }
        self.channelBinding = channelBinding
        self.authorizationIdentity = authorizationIdentity
    }

    /// Reads the two parts before the second comma.
    init(flag: ArraySlice<UInt8>, identity: ArraySlice<UInt8>) throws(SASLFailure) {
        if flag.elementsEqual("n".utf8) {
            channelBinding = .unsupported
        } else if flag.elementsEqual("y".utf8) {
            channelBinding = .notOffered
        } else {
            guard flag.starts(with: "p=".utf8) else { throw .malformed("channel binding") }
            try Self.check(type: flag.dropFirst(2))
            channelBinding = .used(type: String(decoding: flag.dropFirst(2), as: UTF8.self))
        }
        if identity.isEmpty {
            authorizationIdentity = nil
        } else {
            guard identity.starts(with: "a=".utf8) else { throw .malformed("authorization identity") }
            authorizationIdentity = try SCRAMName.unescaped(identity.dropFirst(2))
        }
    }

    /// The octets on the wire, with both commas; they are sent again in the client's last message.
    package var encoded: [UInt8] {
        let flag =
            switch channelBinding {
            case .unsupported: "n"
            case .notOffered: "y"
            case .used(let type): "p=" + type
            }
        let identity = authorizationIdentity.map { "a=" + SCRAMName.escaped($0) } ?? ""
        return Array("\(flag),\(identity),".utf8)
    }

    private static func check(type: some Collection<UInt8>) throws(SASLFailure) {
        if type.count > longestTypeName { throw .tooLong("channel binding", limit: longestTypeName) }
        let isName = type.allSatisfy { octet in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isName, !type.isEmpty else { throw .malformed("channel binding") }
    }
}
