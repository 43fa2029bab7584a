import Testing

@testable import AdminGateway

@Suite struct AdminAnswerTests {
    private static var status: AdminStatus {
        var status = AdminStatus()
        (status.version, status.pid, status.uptimeS) = ("0.1.0", 42, 7)
        status.reactor = "epoll"
        status.doors = [.init(name: "telnet", host: "127.0.0.1", port: 4000)]
        (status.players, status.sessions, status.turns, status.durable) = (1, 2, 9, 8)
        status.store = ["foldedTurns": 3]
        return status
    }

    @Test(arguments: [
        ("127.0.0.1", 4000, "127.0.0.1:4000"), ("::1", 4000, "[::1]:4000"), ("/run/p.sock", 0, "/run/p.sock"),
        ("\0mudd", 0, "@mudd"),
    ])
    func peopleReadWhereADoorIs(host: String, port: Int, text: String) {
        #expect(AdminStatus.Door(name: "telnet", host: host, port: port).address == text)
    }

    static let answers: [(AdminAnswer, String)] = [
        (
            .status(status),
            #"{"answer":"status","doors":[{"host":"127.0.0.1","name":"telnet","port":4000}],"durable":8,"#
                + #""fingerprints":[],"pid":42,"players":1,"reactor":"epoll","read_only":false,"sessions":2,"#
                + #""state":"running","store":{"foldedTurns":3},"turns":9,"uptime_s":7,"v":1,"version":"0.1.0"}"#
        ),
        (
            .keys(
                AdminKeys(
                    account: "Ada",
                    keys: [
                        .init(
                            name: "laptop", fingerprint: "SHA256:x", line: "ssh-ed25519 AAAA",
                            added: "2026-01-02T03:04:05Z", lastUsed: nil)
                    ])),
            #"{"account":"Ada","answer":"keys","keys":[{"added":"2026-01-02T03:04:05Z","fingerprint":"SHA256:x","#
                + #""line":"ssh-ed25519 AAAA","name":"laptop"}],"v":1}"#
        ),
        (
            .players(
                AdminPlayers([
                    .init(
                        name: "Ada", account: nil, role: "guest", door: "telnet", source: "::1", idleS: 1,
                        connectedS: 2, state: "playing")
                ])),
            #"{"answer":"players","players":[{"connected_s":2,"door":"telnet","idle_s":1,"name":"Ada","#
                + #""role":"guest","source":"::1","state":"playing"}],"v":1}"#
        ),
        (
            .accounts(
                AdminAccounts([
                    .init(
                        name: "ada", role: "owner", characters: ["Ada"], created: "2026-11-23T05:41:00Z",
                        lastSeen: nil)
                ])),
            #"{"accounts":[{"characters":["Ada"],"created":"2026-11-23T05:41:00Z","name":"ada","role":"owner"}],"#
                + #""answer":"accounts","v":1}"#
        ),
        (
            .backup(AdminBackup(path: "/b/a", bytes: 4096, turns: 12, things: 30)),
            #"{"answer":"backup","bytes":4096,"path":"/b/a","things":30,"turns":12,"v":1}"#
        ),
        (
            .check(AdminCheck(problems: ["lamp is nowhere"], things: 30, turns: 12)),
            #"{"answer":"check","problems":["lamp is nowhere"],"things":30,"turns":12,"v":1}"#
        ),
        (.done(AdminDone("Ada was sent away.")), #"{"answer":"done","message":"Ada was sent away.","v":1}"#),
        (
            .failure(AdminFailure(.notFound, "There is no account “Ada”.")),
            #"{"answer":"failure","code":"not-found","message":"There is no account “Ada”.","v":1}"#
        ),
    ]

    @Test(arguments: answers) func lineAndBack(answer: AdminAnswer, line: String) throws {
        let octets = try AdminLine.encode(answer)
        #expect(String(decoding: octets, as: UTF8.self) == line + "\n")
        #expect(try AdminLine.decode(AdminAnswer.self, from: octets) == answer)
    }

    @Test func failureOfANewerServerIsAFailure() throws {
        let line = #"{"answer":"failure","code":"eclipse","message":"It is dark.","v":1}"#
        let answer = try AdminLine.decode(AdminAnswer.self, from: line.utf8)
        #expect(answer == .failure(AdminFailure(.failed, "It is dark.")))
    }

    @Test func exitCodesAreTheDocumentedOnes() {
        let codes = AdminFailure.Code.allCases.map { "\($0.rawValue) \($0.exitCode)" }
        #expect(
            codes == [
                "failed 1", "usage 2", "not-found 3", "permission 4", "not-running 5", "timed-out 6", "try-again 75",
            ])
    }
}

@Suite struct AdminLineFramerTests {
    private func lines(_ pieces: [ArraySlice<UInt8>]) throws -> [String] {
        var framer = AdminLineFramer()
        var lines: [String] = []
        for piece in pieces {
            let octets = Array(piece)
            lines += try framer.receive(octets.span).map { String(decoding: $0, as: UTF8.self) }
        }
        return lines
    }

    @Test func splitAnywhereIsTheSame() throws {
        let octets = Array("one\n\ntwo\nthree".utf8)
        let whole = try lines([octets[...]])
        #expect(whole == ["one", "", "two"])
        #expect(try lines(octets.indices.map { octets[$0...$0] }) == whole)
        for place in octets.indices { #expect(try lines([octets[..<place], octets[place...]]) == whole) }
    }

    @Test func longestLineAndOneMore() throws {
        let longest = [UInt8](repeating: 0x61, count: AdminLineFramer.longestLine)
        #expect(try lines([longest[...], [0x0A]]).map(\.utf8.count) == [AdminLineFramer.longestLine])
        #expect(throws: AdminFailure.self) { try lines([longest[...], [0x61]]) }
    }
}
