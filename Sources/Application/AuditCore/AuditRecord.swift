import Basics
import CredentialCore
import DigestWire
import FoundationEssentials

/// One line of an audit trail.
///
/// ```text
///   {"actor":"Ada","detail":"","event":"login","origin":"telnet 192.0.2.7","outcome":"done","previous":"6b86…",
///    "sequence":42,"subject":"","time":"2026-11-24T02:51:07.123Z","hash":"d473…"}
/// ```
///
/// `hash` is the SHA-256, in hexadecimal digits, of the line's octets before `,"hash"`. These hold the hash of the line
/// before as `previous`, so that no record can be changed, taken out or put in without changing all that follow.
/// The first record's `previous` is empty, and its sequence is 1.
package struct AuditRecord: Hashable, Sendable {
    /// Octets of the longest line that is read; one written here has four texts of at most 1,024 scalars.
    package static let longestLine = 1 << 17

    package let sequence: UInt64
    /// When it was written: RFC 3339 in UTC with milliseconds, so that the order of texts is that of times.
    package let time: String
    package let event: AuditEvent
    /// The hash of the record before.
    package let previous: String
    package let hash: String

    /// Why a line is no record.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case noRecord
        case changed

        package var description: String {
            switch self {
            case .noRecord: "is no record"
            case .changed: "was changed: its hash is another"
            }
        }
    }

    /// What is hashed, with the keys of the line.
    private struct Content: Codable {
        var actor: String
        var detail: String
        var event: AuditEvent.Kind
        var origin: String
        var outcome: AuditEvent.Outcome
        var previous: String
        var sequence: UInt64
        var subject: String
        var time: String
    }

    /// What every line begins with.
    static let beginning = #"{"actor":""#
    private static let seam = Array(#","hash":""#.utf8)
    private static let end = Array(#""}"#.utf8)
    private static let hashDigits = HashFunction.sha256.octets * 2

    /// Makes the record that follows one with the hash `previous`, and its line with the final newline.
    static func make(
        _ event: AuditEvent, sequence: UInt64, time: WallInstant, previous: String
    ) -> (record: AuditRecord, line: [UInt8]) {
        let content = Content(
            actor: event.actor, detail: event.detail, event: event.kind, origin: event.origin, outcome: event.outcome,
            previous: previous, sequence: sequence, subject: event.subject, time: time.stamp)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let encoded = try? encoder.encode(content) else { preconditionFailure("strings and numbers are JSON") }
        let hashed = Array(encoded.dropLast())
        let hash = HashFunction.sha256.hash(hashed).hexadecimal
        let record = AuditRecord(sequence: sequence, time: content.time, event: event, previous: previous, hash: hash)
        return (record, hashed + seam + Array(hash.utf8) + end + [0x0A])
    }

    private init(sequence: UInt64, time: String, event: AuditEvent, previous: String, hash: String) {
        self.sequence = sequence
        self.time = time
        self.event = event
        self.previous = previous
        self.hash = hash
    }

    /// Reads a line without its newline, and checks its own hash.
    package init(line: some Collection<UInt8>) throws(Failure) {
        let line = Array(line)
        let tail = Self.seam.count + Self.hashDigits + Self.end.count
        guard line.count > tail, line.count <= Self.longestLine else { throw .noRecord }
        let hashed = Array(line.dropLast(tail))
        let rest = line.suffix(tail)
        guard rest.starts(with: Self.seam), rest.suffix(Self.end.count).elementsEqual(Self.end),
            let content = try? JSONDecoder().decode(Content.self, from: Data(hashed + [0x7D]))
        else { throw .noRecord }
        let hash = String(decoding: rest.dropFirst(Self.seam.count).prefix(Self.hashDigits), as: UTF8.self)
        guard hash == HashFunction.sha256.hash(hashed).hexadecimal else { throw .changed }
        let event = AuditEvent(
            content.event, content.outcome, actor: content.actor, origin: content.origin, subject: content.subject,
            detail: content.detail)
        self.init(sequence: content.sequence, time: content.time, event: event, previous: content.previous, hash: hash)
    }
}
