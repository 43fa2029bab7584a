import Basics
import WorldModel
import WorldVerbs

/// A letter as a mail message, the way mail programs open it from a file.
///
/// ```text
///   From: "Ada" <ada@mud.invalid>          CRLF
///   To: "Ben" <ben@mud.invalid>            CRLF
///   Subject: Tea                           CRLF
///   Date: Tue, 14 Nov 2023 22:13:20 +0000  CRLF
///   Message-ID: <42@mud.invalid>           CRLF
///   …
///                                          CRLF
///   Come at five.                          CRLF
/// ```
///
/// Addresses end in a name that no mail can be sent to. Header and text are UTF-8; with attachments the message has parts.
///
/// - Limits: a header's line has at most ``lineLimit`` octets before it is folded; text is as its writer broke it.
/// - Source: RFC 5322 sections 2 and 3.6, RFC 6532 (UTF-8 in headers), RFC 2046 section 5.1 (parts), RFC 2606 (`.invalid`).
struct LetterMessage {
    /// Octets of a line of the header, where it can be folded; what RFC 5322 section 2.1.1 recommends.
    static let lineLimit = 78
    static let domain = "mud.invalid"

    private let head: [UInt8]
    /// Each text with what stands before it, and what stands at the end.
    private let texts: [(head: [UInt8], text: String)]
    private let tail: [UInt8]

    init(_ letter: Letter) {
        let attachments = letter.attachments
        // No text can have this line unless it is about this very letter; then its writer spoils it for themself alone.
        let boundary = "mud-part-\(letter.original.id.number)-\(letter.thing[.sent])"
        var lines = [
            "From: " + Self.address(letter.authorName),
            Self.folded("To: ", letter.recipients.map(Self.address)),
            "Subject: " + Self.cleaned(letter.subject),
            "Message-ID: <\(letter.original.id.number)@\(Self.domain)>",
        ]
        // A draft has the time when it was begun, unless it is older than that is taken down.
        let date = letter.isDraft ? letter.received : letter.date
        if date.milliseconds > 0 { lines.insert("Date: " + Self.stamp(date), at: 3) }
        let answered = letter.thing[.replyTo]
        if answered > 0 { lines.append("In-Reply-To: <\(answered)@\(Self.domain)>") }
        lines.append("MIME-Version: 1.0")
        let plain = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        if attachments.isEmpty {
            head = Array((lines.joined(separator: "\r\n") + "\r\n" + plain + "\r\n").utf8)
            texts = [([], letter.body)]
            tail = []
        } else {
            lines.append("Content-Type: multipart/mixed; boundary=\"\(boundary)\"")
            head = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
            var parts = [(head: Array("--\(boundary)\r\n\(plain)\r\n".utf8), text: letter.body)]
            for attachment in attachments {
                let name = Self.quoted(attachment[.title])
                let lines = "--\(boundary)\r\n\(plain)Content-Disposition: attachment; filename=\(name)\r\n\r\n"
                parts.append((Array(lines.utf8), attachment[.body]))
            }
            texts = parts
            tail = Array("--\(boundary)--\r\n".utf8)
        }
    }

    /// How many octets the message has, counted without making it.
    var octetCount: Int {
        texts.reduce(head.count + tail.count) { sum, part in
            let feeds = part.text.utf8.count { $0 == 0x0A }
            return sum + part.head.count + part.text.utf8.count + feeds + 2
        }
    }

    var octets: [UInt8] {
        var octets = head
        octets.reserveCapacity(octetCount)
        for part in texts {
            octets += part.head
            for octet in part.text.utf8 {
                if octet == 0x0A { octets.append(0x0D) }
                octets.append(octet)
            }
            octets += [0x0D, 0x0A]
        }
        return octets + tail
    }

    // MARK: The header

    private static func address(_ name: String) -> String {
        let local = name.lowercased().filter { $0.isLetter || $0.isNumber }
        return "\(quoted(name)) <\(local.isEmpty ? "nobody" : local)@\(domain)>"
    }

    private static func quoted(_ text: String) -> String {
        "\"" + cleaned(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Without anything that could end a line: nobody writes a header of their own.
    private static func cleaned(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }

    /// Addresses in as many lines as it takes.
    private static func folded(_ name: String, _ addresses: [String]) -> String {
        var text = name
        var length = name.utf8.count
        for (index, address) in addresses.enumerated() {
            if index > 0 {
                let isFull = length + 2 + address.utf8.count > lineLimit
                text += isFull ? ",\r\n " : ", "
                length = isFull ? 1 : length + 2
            }
            text += address
            length += address.utf8.count
        }
        return text
    }

    /// The last millisecond of the year 9999; beyond it there are no four digits.
    private static let last: Int64 = 253_402_300_799_999

    /// `Tue, 14 Nov 2023 22:13:20 +0000` (RFC 5322 section 3.3).
    private static func stamp(_ date: WallInstant) -> String {
        let date = WallInstant(milliseconds: min(max(date.milliseconds, 0), last))
        let time = CivilTime(date)
        let day = (time.day < 10 ? "0" : "") + String(time.day)
        return "\(time.dayName), \(day) \(time.monthName) \(time.year) \(date.description.dropLast().suffix(8)) +0000"
    }
}
