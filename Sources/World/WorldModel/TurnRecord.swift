package import Basics

/// One change to one thing, as it is written to the log.
package enum Change: Hashable, Sendable {
    case create(ThingID)
    case destroy(ThingID)
    /// `nil` removes the property.
    case set(ThingID, name: String, Value?)
}

/// What one turn changed: a redo record, applied wholly or not at all.
///
/// ```text
///   version 1 octet (1) · sequence varint · time signed varint · count varint · changes · CRC-32 fixed32
///   change: 0 id · 1 id · 2 id name value · 3 id name (removed)
/// ```
///
/// - SeeAlso: `WorldModelTests/TransactionTests`.
package struct TurnRecord: Hashable, Sendable {
    /// The turn's log sequence number; writing turns count 1, 2, 3, … without gaps.
    package var sequence: UInt64
    package var time: WallInstant
    package var changes: [Change]

    package init(sequence: UInt64, time: WallInstant, changes: [Change]) {
        self.sequence = sequence
        self.time = time
        self.changes = changes
    }

    private static let version: UInt8 = 1

    package func encoded() -> [UInt8] {
        var writer = ByteWriter(reserving: 32 + changes.count * 32)
        writer.byte(Self.version)
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
        writer.fixed32(CRC32.of(writer.bytes))
        return writer.bytes
    }

    package init(decoding bytes: [UInt8]) throws(ByteFailure) {
        guard bytes.count > 4 else { throw .incomplete(at: 0) }
        var tail = ByteReader(Array(bytes.suffix(4)))
        let body = Array(bytes.dropLast(4))
        guard try tail.fixed32() == CRC32.of(body) else { throw .malformed(at: body.count) }
        var reader = ByteReader(body)
        guard try reader.byte() == Self.version else { throw .malformed(at: 0) }
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
        guard reader.isAtEnd else { throw .malformed(at: reader.position) }
    }
}
