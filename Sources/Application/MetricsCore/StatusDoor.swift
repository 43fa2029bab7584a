package import ReactorCore
package import Transports

/// Answers what monitoring asks over HTTP: one small page for each path, made at that moment.
///
/// It understands `GET` and `HEAD` and nothing else of HTTP, answers one request and closes. When all places are taken, whoever
/// has been silent for longest makes room for a newcomer, so that a crowd that asks nothing keeps no monitoring out.
///
/// - Limits: a request of ``longestRequest`` octets, ``headLimit`` to send it, and ``mostConnections`` at a time.
/// - Source: RFC 9112.
package final class StatusDoor: ProtocolFactory {
    /// A page: the status of HTTP, the media type, and the text.
    package struct Page {
        package var status: Int
        package var mediaType: String
        package var text: String

        package init(status: Int = 200, mediaType: String = "text/plain; charset=utf-8", _ text: String) {
            self.status = status
            self.mediaType = mediaType
            self.text = text
        }
    }

    /// The longest request with its header, in octets.
    package static let longestRequest = 8192
    /// The most connections at a time.
    package static let mostConnections = 64
    /// How long a peer may take to send its request.
    package static let headLimit = Duration.seconds(3)
    /// How long a peer may take to read the answer.
    private static let answerLimit = Duration.seconds(5)

    private let pages: [String: () -> Page]
    private let reactor: Reactor
    /// Those who have places, in the order of their coming.
    private var visits: [Visit] = []

    /// Makes a door; `pages` are asked by the path, as in `/metrics`.
    package init(_ pages: [String: () -> Page], on reactor: Reactor) {
        self.pages = pages
        self.reactor = reactor
    }

    package func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { Visit(self) }

    /// Gives a newcomer a place, if need be that of the oldest who has not asked yet, or else of the oldest who does not read.
    private func admit(_ visit: Visit) {
        if visits.count >= Self.mostConnections {
            visits.remove(at: visits.firstIndex { !$0.isAnswered } ?? 0).cutOff()
        }
        visits.append(visit)
    }

    private func left(_ visit: Visit) { visits.removeAll { $0 === visit } }

    private final class Visit: StreamProtocol {
        private let door: StatusDoor
        private var transport: (any Transport)?
        private var request: [UInt8] = []
        private var deadline: DelayedCall?
        private(set) var isAnswered = false

        init(_ door: StatusDoor) {
            self.door = door
        }

        func connectionMade(over transport: any Transport) {
            self.transport = transport
            deadline = door.reactor.callLater(StatusDoor.headLimit) { [weak self] in self?.cutOff() }
            door.admit(self)
        }

        func connectionLost(_ reason: DisconnectReason) {
            deadline?.cancel()
            deadline = nil
            transport = nil
            door.left(self)
        }

        func cutOff() { transport?.abortConnection() }

        func dataReceived(_ bytes: Span<UInt8>) {
            guard !isAnswered else { return }
            let searched = max(0, request.count - 3)
            request.append(contentsOf: bytes)
            guard request.count <= StatusDoor.longestRequest else {
                return answer(Page(status: 431, "The request is too long.\n"), hasBody: true)
            }
            guard Self.hasEnd(request[searched...]) else { return }
            let line = request.prefix { $0 != 0x0D && $0 != 0x0A }
            let words = String(decoding: line, as: UTF8.self)
                .split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 3, words[2].hasPrefix("HTTP/1.") else {
                return answer(Page(status: 400, "That is no request of HTTP/1.\n"), hasBody: true)
            }
            guard words[0] == "GET" || words[0] == "HEAD" else {
                return answer(Page(status: 405, "Only GET and HEAD are understood.\n"), hasBody: true)
            }
            let path = String(words[1].prefix { $0 != "?" })
            let known = door.pages.keys.sorted().joined(separator: " ")
            let page = door.pages[path]?() ?? Page(status: 404, "There are only \(known)\n")
            answer(page, hasBody: words[0] == "GET")
        }

        private static func hasEnd(_ octets: ArraySlice<UInt8>) -> Bool {
            var newlines = 0
            for octet in octets {
                if octet == 0x0A { newlines += 1 } else if octet != 0x0D { newlines = 0 }
                if newlines == 2 { return true }
            }
            return false
        }

        private static let reasons = [
            200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed",
            431: "Request Header Fields Too Large", 503: "Service Unavailable",
        ]

        private func answer(_ page: Page, hasBody: Bool) {
            isAnswered = true
            deadline?.cancel()
            deadline = nil
            let body = Array(page.text.utf8)
            var head = "HTTP/1.1 \(page.status) \(Self.reasons[page.status] ?? "Status")\r\n"
            head += "Content-Type: \(page.mediaType)\r\nContent-Length: \(body.count)\r\n"
            head += "Cache-Control: no-store\r\nConnection: close\r\n"
            if page.status == 405 { head += "Allow: GET, HEAD\r\n" }
            transport?.write(head + "\r\n")
            if hasBody { transport?.write(body) }
            transport?.loseConnection(within: StatusDoor.answerLimit)
        }
    }
}
