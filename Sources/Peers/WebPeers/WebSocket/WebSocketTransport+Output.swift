import Basics
public import HTTPWire

/// What is sent: messages, and what was written before the opening is done.
extension WebSocketTransport {
    /// Sends a message; nothing before the opening is done or after the end has begun.
    public func send(_ message: WebSocketMessage) {
        guard stage != .opening, maySend else { return }
        sendFrame { WebSocketFrameWriter.append(message.kind, message.octets.span, mask: $1, to: &$0) }
    }

    var maySend: Bool { !hasSentClose && (stage == .open || stage == .closing && hasProducer) }

    var mask: UInt32? { settings.role == .client ? settings.randomNumber() : nil }

    func sendFrame(_ append: (inout [UInt8], UInt32?) -> Void) {
        var output: [UInt8] = []
        append(&output, mask)
        put(output)
    }

    /// Keeps octets until the opening is done.
    func keep(_ bytes: Span<UInt8>) {
        guard early.count + bytes.count <= WebSocketConnectionLimits.earlyOctets else {
            return fail(opening: .tooMuchTooEarly)
        }
        for index in 0..<bytes.count { early.append(bytes[index]) }
    }
}
