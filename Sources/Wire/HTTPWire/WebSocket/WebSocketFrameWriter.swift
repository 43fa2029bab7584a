/// Writes frames.
///
/// ```text
///   FIN RSV×3 opcode×4 | MASK length×7 | [length 2 or 8 octets] | [mask 4 octets] | payload
/// ```
///
/// - Complexity: O(*n*) in the octets written.
/// - Source: RFC 6455 §5.2.
/// - SeeAlso: `HTTPWireTests/WebSocketFrameWriterTests`.
public enum WebSocketFrameWriter {
    /// Appends a message as one frame.
    ///
    /// - Parameters:
    ///   - kind: What it holds; a text has to be UTF-8.
    ///   - payload: The octets.
    ///   - mask: A fresh random number from clients, nil from servers.
    ///   - output: Where the octets go.
    public static func append(
        _ kind: WebSocketMessage.Kind, _ payload: Span<UInt8>, mask: UInt32?, to output: inout [UInt8]
    ) {
        append(kind == .text ? .text : .binary, payload, isFinal: true, mask: mask, to: &output)
    }

    /// Appends a Ping or, as an answer, a Pong; octets beyond ``WebSocketLimits/controlOctets`` are left out.
    public static func append(
        ping payload: [UInt8], isAnswer: Bool, mask: UInt32?, to output: inout [UInt8]
    ) {
        let kept = payload.span.extracting(0..<min(payload.count, WebSocketLimits.controlOctets))
        append(isAnswer ? .pong : .ping, kept, isFinal: true, mask: mask, to: &output)
    }

    /// Appends a Close.
    ///
    /// - Parameters:
    ///   - code: Why; nil, or one that may not be sent, for none.
    ///   - reason: For people; cut to ``WebSocketLimits/reasonOctets`` behind a whole character.
    ///   - mask: A fresh random number from clients, nil from servers.
    ///   - output: Where the octets go.
    public static func append(
        close code: WebSocketCloseCode?, reason: String, mask: UInt32?, to output: inout [UInt8]
    ) {
        var payload: [UInt8] = []
        if let code, code.maySend {
            payload = [UInt8(code.rawValue >> 8), UInt8(truncatingIfNeeded: code.rawValue)]
            let limit = payload.count + WebSocketLimits.reasonOctets
            for scalar in reason.unicodeScalars {
                let octets = UTF8.encode(scalar).map(Array.init) ?? []
                if payload.count + octets.count > limit { break }
                payload += octets
            }
        }
        append(.close, payload.span, isFinal: true, mask: mask, to: &output)
    }

    static func append(
        _ opcode: WebSocketOpcode, _ payload: Span<UInt8>, isFinal: Bool, mask: UInt32?, to output: inout [UInt8]
    ) {
        output.append((isFinal ? 0x80 : 0) | opcode.rawValue)
        let masked: UInt8 = mask == nil ? 0 : 0x80
        switch payload.count {
        case 0..<126: output.append(masked | UInt8(truncatingIfNeeded: payload.count))
        case 126...0xFFFF:
            output.append(masked | 126)
            appendNumber(UInt64(payload.count), octets: 2, to: &output)
        default:
            output.append(masked | 127)
            appendNumber(UInt64(payload.count), octets: 8, to: &output)
        }
        if let mask { appendNumber(UInt64(mask), octets: 4, to: &output) }
        let start = output.count
        payload.withUnsafeBufferPointer { output.append(contentsOf: $0) }
        if let mask { WebSocketMask.apply(mask, to: &output, from: start, phase: 0) }
    }

    private static func appendNumber(_ number: UInt64, octets: Int, to output: inout [UInt8]) {
        for index in (0..<octets).reversed() { output.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
    }
}
