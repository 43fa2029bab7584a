import Basics
import Testing

@testable import HTTPWire

/// Whatever a peer sends, nothing traps, and what is made of it does not depend on how it is cut.
@Suite struct WebSocketFuzzTests {
    private func read(_ pieces: [[UInt8]], limit: Int) -> [String] {
        var reader = WebSocketFrameReader(.server, limits: WebSocketLimits(messageOctets: limit))
        var found: [String] = []
        for piece in pieces {
            reader.receive(piece.span)
            do {
                while let event = try reader.next() { found.append("\(event)") }
            } catch {
                found.append("\(error)")
                return found
            }
        }
        return found
    }

    private func cut(_ octets: [UInt8], using random: inout SeededGenerator) -> [[UInt8]] {
        var (pieces, rest): ([[UInt8]], ArraySlice<UInt8>) = ([], octets[...])
        while !rest.isEmpty {
            let count = Int.random(in: 1...min(rest.count, 20), using: &random)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    @Test(arguments: 0..<60) func framesWithErrors(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            var octets: [UInt8] = []
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let payload = (0..<Int.random(in: 0...140, using: &random)).map { _ in
                    UInt8.random(in: 0x20...0x7E, using: &random)
                }
                let start = octets.count
                WebSocketFrameWriter.append(
                    .text, payload.span, mask: UInt32.random(in: .min ... .max, using: &random), to: &octets)
                octets[start] =
                    [0x81, 0x81, 0x01, 0x00, 0x80, 0x82, 0x89, 0x8A, 0x88].randomElement(using: &random) ?? 0x81
            }
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                octets[Int.random(in: octets.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let whole = read([octets], limit: 300)
            #expect(read(octets.map { [$0] }, limit: 300) == whole)
            #expect(read(cut(octets, using: &random), limit: 300) == whole)
        }
    }

    @Test(arguments: 0..<40) func heads(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let parts = [
            "GET / HTTP/1.1", "\r\n", "\r\n", "\n", "\r", "Host: a", "Host", ":", " ", "\t", "Content-Length: 1", "\0",
            "Transfer-Encoding: chunked", "Upgrade: websocket", "\u{E9}", "HTTP/1.1 101 x", "Sec-WebSocket-Key: a",
        ]
        for _ in 0..<200 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in parts.randomElement(using: &random) ?? ""
            }
            let octets = Array(text.joined().utf8)
            let whole = outcome([octets])
            #expect(outcome(octets.map { [$0] }) == whole)
            #expect(outcome(cut(octets, using: &random)) == whole)
        }
    }

    private func outcome(_ pieces: [[UInt8]]) -> String {
        var reader = HTTPHeadReader()
        do throws(HTTPFailure) {
            for piece in pieces where !reader.isComplete { _ = try reader.receive(piece.span) }
            guard reader.isComplete else { return "incomplete" }
            let lines = reader.takeLines()
            let request = try? HTTPRequestHead(parsing: lines)
            let response = try? HTTPResponseHead(parsing: lines)
            let answer = request.map { WebSocketRules().answer($0) }
            return
                "\(lines.count) \(String(describing: request)) \(String(describing: response)) \(String(describing: answer))"
        } catch {
            return "\(error)"
        }
    }
}
