import CoreMetrics
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import MetricsCore

@Suite struct PrometheusPageTests {
    @Test func aPageIsAsPrometheusReadsIt() {
        var page = PrometheusPage()
        page.counter("a_total", "Help with \\ and\nnewline.", 3)
        page.gauge("b-c", "Half.", [([("door", "te\"ln\\et\n"), ("1x", "y")], 0.5), ([], -1)])
        #expect(
            page.text == """
                # HELP a_total Help with \\\\ and\\nnewline.
                # TYPE a_total counter
                a_total 3
                # HELP b_c Half.
                # TYPE b_c gauge
                b_c{door="te\\"ln\\\\et\\n",_1x="y"} 0.5
                b_c -1

                """)
    }

    @Test func aHistogramCountsUpwards() {
        var (page, histogram) = (PrometheusPage(), DurationHistogram())
        histogram.record(.microseconds(3))
        histogram.record(.seconds(2), times: 4)
        histogram.record(.seconds(100_000))
        page.histogram("t_seconds", "Times.", [([("kind", "x")], histogram)])
        let lines = page.text.split(separator: "\n").map(String.init)
        #expect(lines.contains(#"t_seconds_bucket{kind="x",le="1e-06"} 0"#))
        #expect(lines.contains(#"t_seconds_bucket{kind="x",le="4e-06"} 1"#))
        #expect(lines.contains(#"t_seconds_bucket{kind="x",le="2.097152"} 5"#))
        #expect(lines.contains(#"t_seconds_bucket{kind="x",le="+Inf"} 6"#))
        #expect(lines.last == #"t_seconds_count{kind="x"} 6"#)
        #expect(lines.dropLast().last?.hasPrefix(#"t_seconds_sum{kind="x"} 100008.00000"#) == true)
    }

    @Test func aHistogramOfSizesCountsUpwards() {
        var page = PrometheusPage()
        page.histogram("n", "Sizes.", bounds: [1, 2, 4], counts: [5, 0, 7, 2], sum: 41)
        #expect(
            page.text == """
                # HELP n Sizes.
                # TYPE n histogram
                n_bucket{le="1"} 5
                n_bucket{le="2"} 5
                n_bucket{le="4"} 12
                n_bucket{le="+Inf"} 14
                n_sum 41
                n_count 14

                """)
    }

    @Test(arguments: [
        (0, "0"), (1.5, "1.5"), (1e20, "1e+20"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (-3, "-3"),
    ])
    func numbers(value: Double, text: String) { #expect(PrometheusPage.number(value) == text) }
}

@Suite struct MetricsTableTests {
    private func text(_ table: MetricsTable) -> [String] {
        var page = PrometheusPage()
        table.write(to: &page)
        return page.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    @Test func everyKindIsOnThePage() {
        let table = MetricsTable()
        let counter = table.makeCounter(label: "hits", dimensions: [("door", "web")])
        counter.increment(by: 2)
        // Made anew, as libraries do for each use: it goes on.
        table.makeCounter(label: "hits", dimensions: [("door", "web")]).increment(by: 1)
        table.makeCounter(label: "hits", dimensions: [("door", "irc")]).increment(by: 7)
        table.makeFloatingPointCounter(label: "miles", dimensions: []).increment(by: 1.5)
        table.makeMeter(label: "depth", dimensions: []).set(9.0)
        table.makeMeter(label: "depth", dimensions: []).decrement(by: 1)
        table.makeRecorder(label: "size", dimensions: [], aggregate: true).record(Int64(10))
        table.makeRecorder(label: "size", dimensions: [], aggregate: true).record(0.5)
        table.makeRecorder(label: "level", dimensions: [], aggregate: false).record(4.0)
        table.makeTimer(label: "took", dimensions: []).recordNanoseconds(1_500_000_000)
        let lines = text(table)
        for line in [
            #"hits{door="irc"} 7"#, #"hits{door="web"} 3"#, "miles 1.5", "depth 8", "size_count 2", "size_sum 10.5",
            "level 4", "took_sum 1.5", "took_count 1", "mudd_metrics_refused_total 0",
        ] { #expect(lines.contains(line), "\(line)") }
    }

    @Test func aNameHasOneKindAndThereIsABound() {
        let table = MetricsTable()
        table.makeCounter(label: "x", dimensions: []).increment(by: 1)
        table.makeMeter(label: "x", dimensions: []).set(5.0)
        #expect(text(table).contains("x 1"))
        for number in 0..<3000 { table.makeCounter(label: "n", dimensions: [("i", "\(number)")]).increment(by: 1) }
        let lines = text(table)
        #expect(lines.count == MetricsTable.mostSeries + 1)
        #expect(lines.contains("mudd_metrics_refused_total 1002"))
    }

    @Test func threadsMayMeasureAtOnce() async {
        let table = MetricsTable()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 { table.makeCounter(label: "c", dimensions: []).increment(by: 1) }
                }
            }
        }
        #expect(text(table).contains("c 8000"))
    }
}

@Suite struct StatusDoorTests {
    private func ask(_ pieces: [String]) throws -> (answer: String, transport: MemoryTransport) {
        let test = try TestReactor()
        let transport = MemoryTransport(reactor: test.reactor)
        let door = StatusDoor(
            ["/metrics": { .init("m 1\n") }, "/ready": { .init(status: 503, "no\n") }], on: test.reactor)
        transport.connect(try #require(door.makeProtocol(for: .unix(""))))
        for piece in pieces { transport.deliver(Array(piece.utf8)) }
        test.settle()
        return (transport.takeWrittenText(), transport)
    }

    @Test(arguments: ["\r\n", "\n"])
    func aPageHoweverTheRequestIsCut(end: String) throws {
        let request = "GET /metrics?x=y HTTP/1.1\(end)Host: a\(end)\(end)"
        for pieces in [[request], request.map(String.init)] {
            let (answer, transport) = try ask(pieces)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\nm 1\n"))
            #expect(answer.contains("Content-Length: 4\r\n") && transport.lostReason != nil)
        }
    }

    @Test(arguments: [
        ("HEAD /metrics HTTP/1.1\r\n\r\n", "200 OK"), ("GET /ready HTTP/1.0\r\n\r\n", "503 Service Unavailable"),
        ("GET / HTTP/1.1\r\n\r\n", "404 Not Found"), ("POST /metrics HTTP/1.1\r\n\r\n", "405 Method Not Allowed"),
        ("GET /metrics\r\n\r\n", "400 Bad Request"), ("\r\n\r\n", "400 Bad Request"),
        ("GET /metrics HTTP/2.0\r\n\r\n", "400 Bad Request"),
        (String(repeating: "x", count: 9000), "431 Request Header Fields Too Large"),
    ])
    func otherRequests(request: String, status: String) throws {
        let answer = try ask([request]).answer
        #expect(answer.hasPrefix("HTTP/1.1 \(status)\r\n"), "\(answer)")
        #expect(!request.hasPrefix("HEAD") || answer.hasSuffix("\r\n\r\n"))
        #expect(answer.components(of: "HTTP/1.1 ") == 2, "one answer")
    }

    @Test func whoSaysNothingIsSentAway() throws {
        let test = try TestReactor()
        let transport = MemoryTransport(reactor: test.reactor)
        transport.connect(
            try #require(StatusDoor([:], on: test.reactor).makeProtocol(for: .ipv4(.loopback, port: 1))))
        transport.deliver(Array("GET".utf8))
        test.advance(by: StatusDoor.headLimit - .milliseconds(1))
        #expect(transport.lostReason == nil)
        test.advance(by: .milliseconds(2))
        #expect(transport.lostReason != nil && test.leftovers.isEmpty)
    }

    @Test(arguments: ["GET /met", "GET /metrics HTTP/1.1\r\n\r\n"])
    func aCrowdThatAsksNothingOrDoesNotReadKeepsNobodyOut(said: String) throws {
        let test = try TestReactor()
        let door = StatusDoor(["/metrics": { .init("m 1\n") }], on: test.reactor)
        func connect(isReading: Bool = true) throws -> MemoryTransport {
            let transport = MemoryTransport(reactor: test.reactor)
            transport.isPeerReading = isReading
            transport.connect(try #require(door.makeProtocol(for: .ipv4(.loopback, port: 1))))
            return transport
        }
        var crowd: [MemoryTransport] = []
        for _ in 0..<StatusDoor.mostConnections {
            let transport = try connect(isReading: false)
            transport.deliver(said)
            crowd.append(transport)
        }
        test.settle()
        #expect(crowd.allSatisfy { $0.lostReason == nil })
        let honest = try connect()
        honest.deliver("GET /metrics HTTP/1.1\r\n\r\n")
        test.settle()
        #expect(honest.takeWrittenText().hasSuffix("\r\n\r\nm 1\n"))
        #expect(crowd[0].lostReason != nil && crowd.dropFirst().allSatisfy { $0.lostReason == nil })
        for transport in crowd { transport.loseFromPeer() }
        test.settle()
        #expect(test.leftovers.isEmpty)
    }

    @Test func whoWaitsForItsAnswerStaysBeforeWhoHasNotAsked() throws {
        let test = try TestReactor()
        let door = StatusDoor(["/metrics": { .init("m 1\n") }], on: test.reactor)
        var crowd: [MemoryTransport] = []
        for number in 0...StatusDoor.mostConnections {
            let transport = MemoryTransport(reactor: test.reactor)
            transport.isPeerReading = false
            transport.connect(try #require(door.makeProtocol(for: .ipv4(.loopback, port: 1))))
            if number == 0 { transport.deliver("GET /metrics HTTP/1.1\r\n\r\n") }
            crowd.append(transport)
        }
        test.settle()
        #expect(crowd[0].lostReason == nil && crowd[1].lostReason != nil && crowd[2].lostReason == nil)
        for transport in crowd { transport.loseFromPeer() }
        test.settle()
        #expect(test.leftovers.isEmpty)
    }
}

extension String {
    /// In how many parts the text is divided by another.
    fileprivate func components(of separator: String) -> Int { ranges(of: separator).count + 1 }
}
