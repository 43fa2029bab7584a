import Basics
package import JSONWire

/// One message of the Generic MUD Communication Protocol, the payload of telnet option 201.
///
/// ```text
///   Package.Sub.Name [ SP JSON ]
/// ```
///
/// Names are compared without regard to case. IAC needs no doubling: the payload is UTF-8, which has no such octet.
///
/// - Limits: ``GMCPLimits/messageOctets``, ``GMCPLimits/nameOctets``; the body's are ``JSONLimits/message``.
/// - Source: the GMCP pages of mudstandards.org and of Iron Realms.
/// - SeeAlso: ``GMCPClientMessage`` and ``GMCPServerMessage`` for what the well-known ones mean.
package struct GMCPMessage: Hashable, Sendable {
    /// As it was written.
    package let name: String
    /// Nil when there is none, which is not the same as `null`.
    package let body: JSONValue?

    package init(_ name: String, _ body: JSONValue? = nil) {
        self.name = name
        self.body = body
    }

    /// The name in small letters, by which messages are told apart.
    package var key: String { name.folded }

    /// Reads a payload.
    ///
    /// - Parameter payload: What stood between `IAC SB 201` and `IAC SE`, IAC undoubled.
    /// - Throws: ``GMCPFailure``.
    package init(parsing payload: [UInt8]) throws(GMCPFailure) {
        if payload.count > GMCPLimits.messageOctets { throw .tooLong }
        let end = payload.firstIndex { !Self.isInName($0) } ?? payload.count
        guard let name = Self.name(payload[..<end]) else { throw .malformedName }
        self.name = name
        let rest = payload[end...]
        // Some servers end the message with a line end, or a NUL.
        if rest.allSatisfy({ $0 <= 0x20 }) {
            body = nil
            return
        }
        do throws(JSONFailure) {
            body = try JSONReader.read(Array(rest), limits: .message)
        } catch {
            throw .malformedBody(JSONFailure(error.reason, at: end + error.position))
        }
    }

    /// The payload.
    package var encoded: [UInt8] {
        var output = Array(name.utf8)
        if let body {
            output.append(0x20)
            JSONWriter.append(body, to: &output)
        }
        return output
    }

    /// A name of a message or a module, or nil: letters and digits with dots, hyphens and low lines, a letter first.
    static func name(_ octets: some Collection<UInt8>) -> String? {
        guard let first = octets.first, isLetter(first), octets.count <= GMCPLimits.nameOctets,
            octets.allSatisfy(isInName)
        else { return nil }
        return String(decoding: octets, as: UTF8.self)
    }

    private static func isInName(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: isLetter(octet)
        }
    }

    private static func isLetter(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: false
        }
    }
}

extension GMCPMessage: CustomStringConvertible {
    /// As it travels, for showing to people; of messages about logins only the name.
    package var description: String {
        key.hasPrefix("char.login") ? name : String(decoding: encoded, as: UTF8.self)
    }
}
