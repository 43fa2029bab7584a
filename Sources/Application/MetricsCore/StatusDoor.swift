package import ReactorCore
package import Transports

/// Answers what monitoring asks over HTTP: one small page for each path, made at that moment.
///
/// It understands `GET` and `HEAD` and nothing else of HTTP, answers one request and closes.
///
/// - Limits: a request of ``longestRequest`` octets, ten seconds and at most 64 connections at a time.
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
    private static let mostConnections = 64
    private static let longestStay = Duration.seconds(10)

    private let pages: [String: () -> Page]

    /// Makes a door; `pages` are asked by the path, as in `/metrics`.
    package init(_ pages: [String: () -> Page]) {
        self.pages = pages
    }

    /// The door with its limits.
    package static func guarded(_ pages: [String: () -> Page], on reactor: Reactor) -> any ProtocolFactory {
        StatusDoor(pages).under(
            ConnectionLimitPolicy(ConnectionLimits(total: mostConnections)), TimeoutPolicy(reactor, total: longestStay))
    }

    package func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { Visit(pages) }

    private final class Visit: StreamProtocol {
        private let pages: [String: () -> Page]
        private var transport: (any Transport)?
        private var request: [UInt8] = []

        init(_ pages: [String: () -> Page]) {
            self.pages = pages
        }

        func connectionMade(over transport: any Transport) { self.transport = transport }

        func connectionLost(_ reason: DisconnectReason) { transport = nil }

        func dataReceived(_ bytes: Span<UInt8>) {
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
            let known = pages.keys.sorted().joined(separator: " ")
            let page = pages[path]?() ?? Page(status: 404, "There are only \(known)\n")
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
            let body = Array(page.text.utf8)
            var head = "HTTP/1.1 \(page.status) \(Self.reasons[page.status] ?? "Status")\r\n"
            head += "Content-Type: \(page.mediaType)\r\nContent-Length: \(body.count)\r\n"
            head += "Cache-Control: no-store\r\nConnection: close\r\n"
            if page.status == 405 { head += "Allow: GET, HEAD\r\n" }
            transport?.write(head + "\r\n")
            if hasBody { transport?.write(body) }
            transport?.loseConnection(within: .seconds(5))
            transport = nil
        }
    }
}
