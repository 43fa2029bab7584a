package import Basics

/// One change to one thing, as it is written to the log.
package enum Change: Hashable, Sendable {
    case create(ThingID)
    case destroy(ThingID)
    /// `nil` removes the property.
    case set(ThingID, name: String, Value?)
}

/// What a turn told some of those in play, who may not have read it yet.
package struct Telling: Hashable, Sendable {
    package var recipients: [ThingID]
    /// The stored name of the kind of message.
    package var category: String
    package var text: StyledText
    /// Whose words it tells, apart from the text; nil when it is nobody's.
    package var utterance: Utterance?

    package init(recipients: [ThingID], category: String, text: StyledText, utterance: Utterance? = nil) {
        self.recipients = recipients
        self.category = category
        self.text = text
        self.utterance = utterance
    }
}

/// What one turn changed: a redo record, applied wholly or not at all; and what it told, so that a crash before it was read
/// loses none of that.
///
/// ```text
///   version 1 octet (1, or 3 with tellings; 2 had them without utterances) · sequence varint · time signed varint · count varint · changes
///   · count varint · tellings (version 2, 3) · CRC-32 fixed32
///   change: 0 id · 1 id · 2 id name value · 3 id name (removed)
///   telling: count varint · ids · category string · styled value · utterance value, or false for none (version 3)
/// ```
///
/// - Limits: ``mostTold`` octets of what was told; whoever is told more is told that it is not kept.
/// - SeeAlso: `WorldModelTests/TransactionTests`.
package struct TurnRecord: Hashable, Sendable {
    /// The turn's log sequence number; writing turns count 1, 2, 3, … without gaps.
    package var sequence: UInt64
    package var time: WallInstant
    package var changes: [Change]
    /// Empty when nobody is to be told of it who could miss it.
    package var tellings: [Telling]

    /// In octets of text and recipients, for one turn.
    package static let mostTold = 256 * 1024

    package init(sequence: UInt64, time: WallInstant, changes: [Change], tellings: [Telling] = []) {
        self.sequence = sequence
        self.time = time
        self.changes = changes
        self.tellings = tellings
    }

    private static let version: UInt8 = 1
    private static let versionWithTexts: UInt8 = 2
    private static let versionWithTellings: UInt8 = 3

    package func encoded() -> [UInt8] {
        var writer = ByteWriter(reserving: 32 + changes.count * 32)
        writer.byte(tellings.isEmpty ? Self.version : Self.versionWithTellings)
        writer.varint(sequence)
        writer.signed(time.milliseconds)
        writer.varint(UInt64(changes.count))
        for change in changes {
            switch change {
            case .create(let id):
                writer.byte(0)
                writer.varint(id.number)
            case .destroy(let id):
                writer.byte(1)
                writer.varint(id.number)
            case .set(let id, let name, let value):
                writer.byte(value == nil ? 3 : 2)
                writer.varint(id.number)
                writer.string(name)
                value?.encode(into: &writer)
            }
        }
        if !tellings.isEmpty { encodeTellings(into: &writer) }
        writer.fixed32(CRC32.of(writer.bytes))
        return writer.bytes
    }

    package init(decoding bytes: [UInt8]) throws(ByteFailure) {
        guard bytes.count > 4 else { throw .incomplete(at: 0) }
        var tail = ByteReader(Array(bytes.suffix(4)))
        let body = Array(bytes.dropLast(4))
        guard try tail.fixed32() == CRC32.of(body) else { throw .malformed(at: body.count) }
        var reader = ByteReader(body)
        let version = try reader.byte()
        guard (Self.version...Self.versionWithTellings).contains(version) else { throw .malformed(at: 0) }
        sequence = try reader.varint()
        time = WallInstant(milliseconds: try reader.signed())
        changes = []
        for _ in 0..<(try reader.varint()) {
            let start = reader.position
            let form = try reader.byte()
            let id = ThingID(try reader.varint())
            switch form {
            case 0: changes.append(.create(id))
            case 1: changes.append(.destroy(id))
            case 2: changes.append(.set(id, name: try reader.string(), try Value(from: &reader)))
            case 3: changes.append(.set(id, name: try reader.string(), nil))
            default: throw .malformed(at: start)
            }
        }
        tellings = version >= Self.versionWithTexts ? try Self.tellings(from: &reader, version) : []
        guard reader.isAtEnd else { throw .malformed(at: reader.position) }
    }

    private func encodeTellings(into writer: inout ByteWriter) {
        writer.varint(UInt64(tellings.count))
        for telling in tellings {
            writer.varint(UInt64(telling.recipients.count))
            for recipient in telling.recipients { writer.varint(recipient.number) }
            writer.string(telling.category)
            Value.styled(telling.text).encode(into: &writer)
            (telling.utterance?.value(beside: telling.text) ?? .bool(false)).encode(into: &writer)
        }
    }

    private static func tellings(
        from reader: inout ByteReader, _ version: UInt8
    ) throws(ByteFailure) -> [Telling] {
        var tellings: [Telling] = []
        for _ in 0..<(try reader.varint()) {
            var recipients: [ThingID] = []
            for _ in 0..<(try reader.varint()) { recipients.append(ThingID(try reader.varint())) }
            let category = try reader.string()
            let start = reader.position
            guard case .styled(let text) = try Value(from: &reader) else { throw .malformed(at: start) }
            var utterance: Utterance?
            if version >= versionWithTellings { utterance = Utterance(try Value(from: &reader), beside: text) }
            tellings.append(
                Telling(recipients: recipients, category: category, text: text, utterance: utterance))
        }
        return tellings
    }
}
