/// Puts together the `draft/multiline` batches of one peer: one at a time, and never more than its limits allow.
///
/// - Source: the IRCv3 specifications `client-batch` and `draft/multiline`.
public struct IRCMultilineAssembler: ~Copyable {
    /// What came of a message.
    public enum Outcome: Hashable, Sendable {
        /// It belongs to no batch: treat it as ever.
        case notPart
        /// It was taken.
        case taken
        /// The batch is complete; `tags` of its first message, with a label perhaps.
        case complete(IRCMultilineRequest, tags: IRCTags)
        /// The batch is no good and is over; `tags` of its first message, with a label perhaps.
        case failed(IRCReply, tags: IRCTags)
    }

    private struct Batch {
        var reference: String
        var target: IRCParameter
        var tags: IRCTags
        var kind: IRCMessageRequest.Kind?
        var lines: [IRCMultilineRequest.Line] = []
        var octets = 0
    }

    /// Octets of a whole message, line breaks included.
    public let octetLimit: Int
    /// Lines of a whole message.
    public let lineLimit: Int
    private var batch: Batch?
    /// The reference of a batch that failed, whose other messages are dropped until it ends.
    private var failed: String?

    /// Makes an assembler in which no batch is open.
    public init(octetLimit: Int = IRCLimits.multilineOctets, lineLimit: Int = IRCLimits.multilineLines) {
        self.octetLimit = octetLimit
        self.lineLimit = lineLimit
    }

    /// The value of the capability that states the limits.
    public var capabilityValue: String { "max-bytes=\(octetLimit),max-lines=\(lineLimit)" }

    /// Whether a batch is open: its messages are no load but for the end.
    public var isOpen: Bool { batch != nil }

    /// Takes a message of the peer.
    public mutating func take(_ message: IRCMessage) -> Outcome {
        if message.command == "BATCH" { return takeBatch(message) }
        guard let reference = message.tags["batch"] else { return .notPart }
        if reference == failed { return .taken }
        guard var open = batch, open.reference == reference else {
            return .failed(.fail(.batch, .multilineInvalid, [], "There is no such batch."), tags: message.tags)
        }
        if let reply = add(message, to: &open) { return fail(reply, open) }
        batch = open
        return .taken
    }

    private mutating func takeBatch(_ message: IRCMessage) -> Outcome {
        let request: IRCBatchRequest
        do throws(IRCRequestFailure) {
            guard !message.parameters.isEmpty else { throw IRCRequestFailure(.needMoreParameters(.batch)) }
            request = try IRCBatchRequest(message.parameters, tags: message.tags)
        } catch {
            return .failed(error.reply ?? .needMoreParameters(.batch), tags: message.tags)
        }
        switch request {
        case .start(let reference, let type, let parameters, let tags):
            return start(reference.text, type, parameters, tags)
        case .end(let reference):
            if reference.text == failed {
                failed = nil
                return .taken
            }
            guard let open = batch, open.reference == reference.text else {
                return .failed(.fail(.batch, .multilineInvalid, [], "There is no such batch."), tags: message.tags)
            }
            batch = nil
            guard let kind = open.kind, open.lines.contains(where: { !$0.text.isEmpty }) else {
                return .failed(
                    .fail(.batch, .multilineInvalid, [], "A message may not be of blank lines only."), tags: open.tags)
            }
            return .complete(
                IRCMultilineRequest(kind, to: open.target, lines: open.lines, tags: open.tags.clientOnly),
                tags: open.tags)
        }
    }

    private mutating func start(
        _ reference: String, _ type: IRCParameter, _ parameters: [IRCParameter], _ tags: IRCTags
    ) -> Outcome {
        let reply: IRCReply
        if type != IRCMultilineRequest.batchType {
            let shown = type.isMiddle ? type : .star
            reply = .fail(.batch, .unknownBatchType, [shown], "Batches of that type are not taken.")
        } else if batch != nil {
            reply = .fail(.batch, .multilineInvalid, [], "Another batch is open.")
            batch = nil
        } else if let target = parameters.first, target.isMiddle, !target.text.utf8.contains(UInt8(ascii: ",")) {
            batch = Batch(reference: reference, target: target, tags: tags)
            failed = nil
            return .taken
        } else {
            reply = .fail(.batch, .multilineInvalid, [], "A batch names one target.")
        }
        failed = reference
        return .failed(reply, tags: tags)
    }

    private mutating func fail(_ reply: IRCReply, _ open: Batch) -> Outcome {
        failed = open.reference
        batch = nil
        return .failed(reply, tags: open.tags)
    }

    /// Adds a message to the batch; the answer to it when it can't be.
    private func add(_ message: IRCMessage, to open: inout Batch) -> IRCReply? {
        let kind: IRCMessageRequest.Kind
        switch message.command {
        case "PRIVMSG": kind = .privmsg
        case "NOTICE": kind = .notice
        default: return .fail(.batch, .multilineInvalid, [], "Only PRIVMSG or NOTICE stand in the batch.")
        }
        guard message.parameters.count > 1, open.kind ?? kind == kind else {
            return .fail(.batch, .multilineInvalid, [], "All messages of the batch are PRIVMSG, or all NOTICE.")
        }
        let (target, text) = (message.parameters[0], message.parameters[1])
        guard target == open.target else {
            let given = target.isMiddle ? target : .star
            return .fail(.batch, .multilineInvalidTarget, [open.target, given], "The message is for another target.")
        }
        let isConcatenated = message.tags[IRCMultilineRequest.concatenationTag] != nil
        if isConcatenated, text.isEmpty {
            return .fail(.batch, .multilineInvalid, [], "A blank line can't be concatenated.")
        }
        open.octets += text.text.utf8.count + (open.lines.isEmpty || isConcatenated ? 0 : 1)
        if open.octets > octetLimit {
            return .fail(.batch, .multilineMaxBytes, [IRCParameter(octetLimit)], "The message is too long.")
        }
        if open.lines.count >= lineLimit {
            return .fail(.batch, .multilineMaxLines, [IRCParameter(lineLimit)], "The message has too many lines.")
        }
        open.kind = kind
        open.lines.append(IRCMultilineRequest.Line(text, isConcatenated: isConcatenated))
        return nil
    }
}

extension IRCLimits {
    /// Octets of a batch's reference.
    ///
    /// Source: own choice; clients use counters or a dozen random letters.
    public static let batchReferenceOctets = 64

    /// Octets of a whole multiline message unless told otherwise.
    ///
    /// Source: own choice, as other servers have it.
    public static let multilineOctets = 4096

    /// Lines of a whole multiline message unless told otherwise.
    ///
    /// Source: own choice; with ``multilineOctets`` it bounds what one listener is sent.
    public static let multilineLines = 24
}
