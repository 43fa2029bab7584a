/// Reads frames, and puts messages together.
///
/// ```text
///   FIN RSV×3 opcode×4 | MASK length×7 | [length 2 or 8 octets] | [mask 4 octets] | payload
/// ```
///
/// Give it what arrives with ``receive(_:)``, then take events with ``next()`` until there is none. A frame that breaks
/// the rules is found at its first octets, and a text that is not UTF-8 at the octet that shows it.
///
/// - Isolation: none; never shared.
/// - Limits: ``WebSocketLimits``; memory is what has been received and not asked for, and one message.
/// - Complexity: linear in the input.
/// - Source: RFC 6455 §5, §7, §8.1.
/// - SeeAlso: `HTTPWireTests/WebSocketFrameReaderTests`.
public struct WebSocketFrameReader: ~Copyable {
    private struct Frame {
        var opcode: WebSocketOpcode
        var isFinal: Bool
        var remaining: Int
        var mask: UInt32?
        /// Octets of the payload read so far, as far as the mask is concerned.
        var phase = 0
    }

    private let role: WebSocketRole
    private let limits: WebSocketLimits
    private var buffer: [UInt8] = []
    private var place = 0
    private var frame: Frame?
    private var message: WebSocketMessage?
    private var check = WebSocketTextCheck()
    private var control: [UInt8] = []
    private var failure: WebSocketFailure?
    private var isClosed = false

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - role: Whose end this is; a server reads what clients send.
    ///   - limits: What a message may have.
    public init(_ role: WebSocketRole, limits: WebSocketLimits = WebSocketLimits()) {
        self.role = role
        self.limits = limits
    }

    /// The octets received and not yet read.
    public var bufferedCount: Int { buffer.count - place }

    /// Takes octets as they arrive; those after a Close are dropped.
    public mutating func receive(_ bytes: Span<UInt8>) {
        if isClosed || failure != nil { return }
        if place > 0 {
            buffer.removeSubrange(..<place)
            place = 0
        }
        bytes.withUnsafeBufferPointer { buffer.append(contentsOf: $0) }
    }

    /// The next event; nil when more octets are needed.
    ///
    /// - Throws: ``WebSocketFailure``, now and at every later call.
    public mutating func next() throws(WebSocketFailure) -> WebSocketEvent? {
        if let failure { throw failure }
        do {
            return try advance()
        } catch {
            failure = error
            (buffer, place, message) = ([], 0, nil)
            throw error
        }
    }

    private mutating func advance() throws(WebSocketFailure) -> WebSocketEvent? {
        while !isClosed {
            if frame == nil {
                guard let head = try readHead() else { return nil }
                frame = head
            }
            guard try readPayload() else { return nil }
            if let event = try endFrame() { return event }
        }
        return nil
    }

    // MARK: Head

    private mutating func readHead() throws(WebSocketFailure) -> Frame? {
        guard bufferedCount >= 2 else { return nil }
        let (first, second) = (buffer[place], buffer[place + 1])
        guard first & 0x70 == 0 else { throw .broken("a reserved bit is set") }
        guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else { throw .broken("unknown opcode") }
        let isFinal = first & 0x80 != 0
        let isMasked = second & 0x80 != 0
        let short = Int(second & 0x7F)
        if isMasked != (role == .server) { throw .broken(isMasked ? "a masked frame" : "a frame without mask") }
        try checkOrder(opcode, isFinal: isFinal, short: short)
        let lengthOctets = short == 126 ? 2 : short == 127 ? 8 : 0
        let headCount = 2 + lengthOctets + (isMasked ? 4 : 0)
        guard bufferedCount >= headCount else { return nil }
        let length = lengthOctets == 0 ? UInt64(short) : number(at: place + 2, octets: lengthOctets)
        if lengthOctets == 2 && length < 126 || lengthOctets == 8 && (length <= 0xFFFF || length >> 63 != 0) {
            throw .broken("a length that is not the shortest")
        }
        if !opcode.isControl, length > UInt64(max(limits.messageOctets - (message?.octets.count ?? 0), 0)) {
            throw WebSocketFailure(code: .messageTooBig, reason: "more than \(limits.messageOctets) octets")
        }
        let mask = isMasked ? UInt32(truncatingIfNeeded: number(at: place + headCount - 4, octets: 4)) : nil
        place += headCount
        return Frame(opcode: opcode, isFinal: isFinal, remaining: Int(clamping: length), mask: mask)
    }

    private func checkOrder(_ opcode: WebSocketOpcode, isFinal: Bool, short: Int) throws(WebSocketFailure) {
        switch opcode {
        case .close, .ping, .pong:
            if !isFinal { throw .broken("a control frame in fragments") }
            if short > WebSocketLimits.controlOctets { throw .broken("a control frame that is too long") }
        case .continuation: if message == nil { throw .broken("a continuation of nothing") }
        case .text, .binary: if message != nil { throw .broken("a message inside a message") }
        }
    }

    private func number(at start: Int, octets: Int) -> UInt64 {
        var number: UInt64 = 0
        for index in start..<(start + octets) { number = number << 8 | UInt64(buffer[index]) }
        return number
    }

    // MARK: Payload

    /// Moves what has come of the payload; false while octets are missing.
    private mutating func readPayload() throws(WebSocketFailure) -> Bool {
        guard let current = frame else { return false }
        let count = min(current.remaining, bufferedCount)
        let part = buffer[place..<(place + count)]
        if current.opcode.isControl {
            Self.append(part, to: &control, of: current)
        } else {
            if message == nil { message = WebSocketMessage(current.opcode == .text ? .text : .binary, []) }
            try appendToMessage(part, of: current)
        }
        place += count
        if place == buffer.count {
            buffer.removeAll(keepingCapacity: true)
            place = 0
        }
        frame?.remaining -= count
        frame?.phase += count
        return current.remaining == count
    }

    private mutating func appendToMessage(_ part: ArraySlice<UInt8>, of frame: Frame) throws(WebSocketFailure) {
        guard var growing = message else { return }
        message = nil
        let start = growing.octets.count
        Self.append(part, to: &growing.octets, of: frame)
        if growing.kind == .text, !check.take(growing.octets[start...]) { throw Self.notUTF8 }
        message = growing
    }

    private static func append(_ part: ArraySlice<UInt8>, to octets: inout [UInt8], of frame: Frame) {
        let start = octets.count
        octets.append(contentsOf: part)
        if let mask = frame.mask { WebSocketMask.apply(mask, to: &octets, from: start, phase: frame.phase) }
    }

    private static let notUTF8 = WebSocketFailure(code: .invalidText, reason: "a text that is not UTF-8")

    // MARK: Ends

    private mutating func endFrame() throws(WebSocketFailure) -> WebSocketEvent? {
        guard let ended = frame else { return nil }
        frame = nil
        let payload = control
        if ended.opcode.isControl { control = [] }
        switch ended.opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong(payload)
        case .close: return try close(payload)
        case .continuation, .text, .binary:
            guard ended.isFinal, let whole = message else { return nil }
            message = nil
            let isWhole = check.isAtBoundary
            check = WebSocketTextCheck()
            if whole.kind == .text, !isWhole { throw Self.notUTF8 }
            return .message(whole)
        }
    }

    private mutating func close(_ payload: [UInt8]) throws(WebSocketFailure) -> WebSocketEvent {
        isClosed = true
        (buffer, place, message) = ([], 0, nil)
        if payload.isEmpty { return .close(nil, reason: "") }
        if payload.count == 1 { throw .broken("half a close code") }
        let code = WebSocketCloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
        guard code.maySend else { throw .broken("a close code that may not be sent") }
        guard let reason = String(validating: payload[2...], as: UTF8.self) else { throw Self.notUTF8 }
        return .close(code, reason: reason)
    }
}
