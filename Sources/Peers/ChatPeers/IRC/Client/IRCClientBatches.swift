import IRCWire

/// Messages that belong together, as the server has bracketed them.
final class IRCClientBatch {
    /// What is in it, in order.
    enum Item {
        case message(IRCMessage)
        case batch(IRCClientBatch)
    }

    /// The message that opened it, with its tags.
    let opening: IRCMessage
    fileprivate(set) var items: [Item] = []
    /// How many batches are within each other here, itself included.
    fileprivate(set) var depth = 1

    init(_ opening: IRCMessage) { self.opening = opening }

    /// The type in small letters, such as `chathistory`; without `draft/`.
    var kind: String {
        let name = opening.text(at: 1)?.lowercased() ?? ""
        return name.hasPrefix("draft/") ? String(name.dropFirst(6)) : name
    }

    var label: String? { opening.tags["label"] }

    /// What was asked for, or what the type means: the parameters after it.
    func text(at index: Int) -> String? { opening.text(at: index + 2) }

    /// All messages in it and in those within it.
    var messages: [IRCMessage] {
        items.flatMap { item -> [IRCMessage] in
            switch item {
            case .message(let message): [message]
            case .batch(let batch): batch.messages
            }
        }
    }
}

/// The batches that a server has opened and not closed yet.
///
/// - Isolation: belongs to the reactor's thread, as the batches do.
/// - Limits: ``mostOpen`` batches, ``mostNested`` in each other, ``mostMessages`` in all of them.
/// - Source: IRCv3 `batch`.
struct IRCClientBatches {
    /// Batches that are open at once.
    static let mostOpen = 64
    /// Batches within each other; those who read them go into each.
    static let mostNested = 8
    /// Messages in open batches, and batches within batches.
    static let mostMessages = 20_000

    /// What becomes of a message.
    enum Step {
        /// It is in no batch.
        case alone
        /// It is in one that is still open, or opens or closes one within another.
        case kept
        /// A batch is complete that is in no other.
        case complete(IRCClientBatch)
    }

    private var open: [String: IRCClientBatch] = [:]
    private var messageCount = 0

    /// Takes a message.
    ///
    /// - Throws: When the server goes beyond the limits.
    mutating func receive(_ message: IRCMessage) throws(IRCClientFailure) -> Step {
        if message.command.name == "BATCH" { return try bracket(message) }
        guard let reference = message.tags["batch"], let batch = open[reference] else { return .alone }
        try count()
        batch.items.append(.message(message))
        return .kept
    }

    private mutating func bracket(_ message: IRCMessage) throws(IRCClientFailure) -> Step {
        guard let word = message.text(at: 0), let sign = word.first else { return .kept }
        let reference = String(word.dropFirst())
        switch sign {
        case "+":
            if open.count >= Self.mostOpen { throw .excessive("open batches") }
            try count()
            open[reference] = IRCClientBatch(message)
            return .kept
        case "-":
            guard let batch = open.removeValue(forKey: reference) else { return .kept }
            if let outer = batch.opening.tags["batch"], let outer = open[outer] {
                outer.depth = max(outer.depth, batch.depth + 1)
                if outer.depth > Self.mostNested { throw .excessive("batches within batches") }
                outer.items.append(.batch(batch))
                return .kept
            }
            if open.isEmpty { messageCount = 0 }
            return .complete(batch)
        default: return .kept
        }
    }

    private mutating func count() throws(IRCClientFailure) {
        messageCount += 1
        if messageCount > Self.mostMessages { throw .excessive("messages in batches") }
    }
}
