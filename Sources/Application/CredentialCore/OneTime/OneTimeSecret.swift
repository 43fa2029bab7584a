package import Basics
import DigestWire

/// The secret that an authenticator app shares with this server, and the codes that follow from it.
///
/// ```text
///   code(counter) = the last `digits` digits of 31 bits chosen from HMAC-SHA-1(secret, counter as 8 octets)
///   counter       = seconds since 1970 / period
/// ```
///
/// A code is taken once: whoever looks over a shoulder is late. The step of the last accepted code is kept by the
/// caller beside the secret, given in and taken out.
///
/// - Isolation: none; a value type, time is a parameter.
/// - Limits: a code is good for its own period and the one before and after, against clocks that are off. A guess
///   hits with a chance of 3 in a million, so count guesses; see ``GuessBudget``.
/// - Source: RFC 4226 section 5.3 (HOTP), RFC 6238 sections 4 and 5.2 (TOTP).
package struct OneTimeSecret: Hashable, Sendable, CustomStringConvertible {
    /// Octets of a new secret (RFC 4226 section 4 recommends 20).
    package static let standardLength = 20
    /// Octets of the shortest and longest secret taken; RFC 4226 section 4 demands 16 at least.
    package static let lengths = 16...64
    /// The digits of a code that authenticators offer.
    package static let digitChoices = 6...8
    /// Periods before and after its own in which a code is taken (RFC 6238 section 5.2).
    package static let window: Int64 = 1

    package let octets: [UInt8]
    /// Digits of a code, 6 to 8.
    package let digits: Int
    /// Seconds for which an authenticator shows a code, 1 or more.
    package let period: Int64

    /// - Returns: Nil when the secret is shorter or longer than ``lengths`` says, or the other numbers make no sense.
    package init?(octets: [UInt8], digits: Int = 6, period: Int64 = 30) {
        guard Self.lengths.contains(octets.count), Self.digitChoices.contains(digits), (1...3600).contains(period)
        else { return nil }
        self.octets = octets
        self.digits = digits
        self.period = period
    }

    /// Reads a secret in Base32, as it is stored and as people type it.
    package init?(base32: String, digits: Int = 6, period: Int64 = 30) {
        guard base32.utf8.count <= 256, let octets = Base32.decode(base32) else { return nil }
        self.init(octets: octets, digits: digits, period: period)
    }

    private init(fresh octets: [UInt8]) {
        self.octets = octets
        digits = 6
        period = 30
    }

    /// A new random secret for codes of six digits that change every 30 seconds, which every authenticator knows.
    ///
    /// - Throws: ``PasswordFailure/noRandomness``.
    package static func make() throws(PasswordFailure) -> OneTimeSecret {
        OneTimeSecret(fresh: try Digest.randomOctets(standardLength))
    }

    /// The secret in Base32, to be stored, and typed where no camera is.
    package var base32: String { Base32.text(octets) }

    /// The code for a counter.
    package func code(counter: UInt64) -> String {
        let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> UInt64(56 - 8 * $0)) }
        let hash = HashFunction.sha1.authenticate(message, key: octets)
        let offset = Int(hash[hash.count - 1] & 0xF)
        let bits = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt32(1)) { power, _ in power * 10 }
        let text = String(bits % modulus)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    /// The number of the period that an instant is in; negative before 1970.
    package func step(at instant: WallInstant) -> Int64 {
        let length = period * 1000
        let (quotient, remainder) = instant.milliseconds.quotientAndRemainder(dividingBy: length)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// Checks a code; the time taken does not tell how much of it is right.
    ///
    /// - Parameters:
    ///   - code: As typed; spaces in it are passed over.
    ///   - instant: Now.
    ///   - lastStep: What this returned at the last accepted code of this secret; nil when there was none.
    /// - Returns: The step to keep as the last one, or nil when the code is wrong, or not newer than the last.
    package func verify(_ code: String, at instant: WallInstant, after lastStep: Int64?) -> Int64? {
        let typed = code.utf8.prefix(32).filter { $0 != UInt8(ascii: " ") }
        let now = step(at: instant)
        var accepted: Int64?
        for candidate in now - Self.window...now + Self.window where candidate >= 0 {
            let expected = Array(self.code(counter: UInt64(candidate)).utf8)
            let isRight = Digest.areEqual(Array(typed), expected)
            if isRight, candidate > lastStep ?? -1, accepted == nil { accepted = candidate }
        }
        return accepted
    }

    /// The address that an authenticator reads from a picture of squares.
    ///
    /// ```text
    ///   otpauth://totp/<issuer>:<account>?secret=<Base32>&issuer=<issuer>&algorithm=SHA1&digits=6&period=30
    /// ```
    ///
    /// - Parameters:
    ///   - issuer: The name of this server, as the authenticator shall show it.
    ///   - account: The name of the account there.
    /// - Returns: The address; it holds the secret.
    package func address(issuer: String, account: String) -> String {
        let issuer = Self.percentEncoded(issuer)
        return "otpauth://totp/\(issuer):\(Self.percentEncoded(account))?secret=\(base32)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=\(digits)&period=\(period)"
    }

    /// RFC 3986 section 2.1, of all but the unreserved characters.
    private static func percentEncoded(_ text: String) -> String {
        var octets: [UInt8] = []
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                octets.append(octet)
            default:
                let digits = String(octet, radix: 16, uppercase: true)
                octets += Array((octet < 16 ? "%0" : "%").utf8) + Array(digits.utf8)
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    /// The shape alone, so that no log shows the secret.
    package var description: String { "one-time secret of \(digits) digits every \(period) s" }
}
