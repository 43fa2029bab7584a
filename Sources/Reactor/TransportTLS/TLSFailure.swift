import COpenSSL

/// What went wrong with TLS, its certificates or its set-up.
public struct TLSFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sort of failure, for decisions; ``detail`` is for people.
    public enum Kind: Hashable, Sendable {
        /// A file could not be read.
        case unreadable

        /// A certificate or key is not what it should be.
        case malformed

        /// The key does not belong to the certificate.
        case keyMismatch

        /// A setting is impossible.
        case configuration

        /// The handshake failed for another reason than those below.
        case handshake

        /// The peer's certificate is not one we trust.
        case untrusted

        /// The peer's certificate, or one above it, is not valid at this time.
        case expired

        /// The peer's certificate is for another name.
        case wrongName

        /// The two sides share no application protocol (ALPN).
        case noSharedProtocol

        /// The peer refused with an alert of this number (RFC 8446 §6).
        case refusedByPeer(alert: Int)

        /// The handshake was not complete in time.
        case handshakeTimedOut

        /// The peer went away before the handshake was complete.
        case handshakeInterrupted

        /// The connection ended without `close_notify`: somebody may have cut off what came last.
        case truncated

        /// A record was damaged or out of place after the handshake.
        case corrupted

        /// The peer had sent octets in the clear that it wanted taken for protected ones.
        case plaintextBeforeTLS

        /// The peer kept sending handshake messages after the handshake.
        case handshakeFlood
    }

    /// The sort of failure.
    public var kind: Kind

    /// What exactly happened, with the name of the file or peer concerned.
    public var detail: String

    /// Makes a failure.
    public init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    /// The failure in one line.
    public var description: String { "TLS: \(detail)" }
}

/// The errors OpenSSL has noted for this thread.
enum ErrorQueue {
    /// Forgets errors, to be done before a call whose errors are going to be looked at.
    static func clear() {
        // Clearing walks through all places for errors; looking for one does not.
        if ERR_peek_error() != 0 { ERR_clear_error() }
    }

    /// Takes all errors: the code of the last one and the reasons of all.
    static func take() -> (code: UInt, text: String) {
        var last: UInt = 0
        var reasons: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            last = code
            let reason = text(of: code)
            if reasons.last != reason { reasons.append(reason) }
        }
        return (last, reasons.isEmpty ? "no reason given" : reasons.joined(separator: "; "))
    }

    private static func text(of code: UInt) -> String {
        if let reason = unsafe ERR_reason_error_string(code) { return unsafe String(cString: reason) }
        return "error \(String(code, radix: 16))"
    }
}
