import HTTPWire
import ReactorCore
import Transports

/// The opening: one request and its response.
extension WebSocketTransport {
    func readHead(_ bytes: Span<UInt8>) throws {
        let taken: Int
        do throws(HTTPFailure) {
            taken = try head.receive(bytes)
            if !head.isComplete { return }
            let lines = head.takeLines()
            switch settings.side {
            case .server(let rules): answer(try HTTPRequestHead(parsing: lines), rules)
            case .client(let request): check(try HTTPResponseHead(parsing: lines), request)
            }
        } catch {
            return fail(reading: error)
        }
        guard stage == .open else { return }
        try opened()
        if taken < bytes.count { try readFrames(bytes.extracting(taken..<bytes.count)) }
    }

    func answer(_ request: HTTPRequestHead, _ rules: WebSocketRules) {
        switch rules.answer(request) {
        case .accepted(let response, let agreed):
            put(response.octets)
            (subprotocol, self.request, stage) = (agreed, request, .open)
        case .refused(let response):
            refuse(response)
        }
    }

    func check(_ response: HTTPResponseHead, _ request: WebSocketRequest) {
        do {
            subprotocol = try request.check(response, nonce: nonce)
            stage = .open
        } catch {
            fail(opening: error)
        }
    }

    func opened() throws {
        timer?.cancel()
        timer = nil
        schedulePing()
        try (upper as? any WebSocketProtocol)?.webSocketOpened(subprotocol, over: self)
        let waiting = early
        early = []
        if !waiting.isEmpty { write(waiting) }
    }

    func fail(reading failure: HTTPFailure) {
        switch settings.side {
        case .server: refuse(WebSocketRules.refusal(failure))
        case .client: fail(opening: .malformed(failure))
        }
    }

    func refuse(_ response: HTTPResponseHead) {
        put(response.octets)
        stage = .ended
        let failure = WebSocketOpeningFailure.badRequest(response.status)
        end(.layerFailure(failure), by: .close(within: settings.closeLimit))
    }

    func fail(opening failure: WebSocketOpeningFailure) {
        stage = .ended
        end(.layerFailure(failure))
    }
}
