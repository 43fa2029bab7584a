import ReactorCore
import Testing

@Suite struct PollerKindTests {
    @Test func kindsHaveNamesAndSummaries() throws {
        #expect(PollerKind.allCases.map(\.description) == ["epoll", "poll", "select", "io_uring", "kqueue"])
        for kind in PollerKind.allCases {
            #expect(try PollerKind(named: kind.rawValue) == kind)
            #expect(!kind.summary.isEmpty)
        }
    }

    @Test(arguments: [("Epoll", "epoll"), ("iouring", "io_uring"), ("pol", "poll"), ("libevent", nil), ("", nil)])
    func anUnknownNameListsTheNames(name: String, near: String?) {
        let failure = #expect(throws: PollerFailure.self) { try PollerKind(named: name) }
        #expect(
            failure?.description
                == "\"\(name)\": there is no such reactor; there are epoll, poll, select, io_uring, kqueue"
                + (near.map { "; did you mean \($0)?" } ?? ""))
    }

    @Test func whatIsNotAvailableSaysWhy() throws {
        for kind in PollerKind.allCases {
            let isAvailable = PollerKind.available.contains(kind)
            #expect(isAvailable == (kind.reasonUnavailable == nil))
            guard !isAvailable else {
                _ = try kind.makePoller()
                continue
            }
            let failure = #expect(throws: PollerFailure.self) { try kind.makePoller() }
            #expect(failure?.description.hasPrefix("\(kind) is not available: ") == true)
        }
        #expect(PollerKind.available.starts(with: [.epoll, .poll, .select]))
        #expect(PollerKind.kqueue.reasonUnavailable == "only macOS and BSD have it")
    }

    @Test func reactorsTakeAKindOrThePreferredOne() throws {
        #expect(PollerKind.preferred == .epoll)
        #expect(throws: PollerFailure.self) { try Reactor(.kqueue) }
        #expect(throws: PollerFailure.self) { try PollerKind.$preferred.withValue(.kqueue) { try Reactor() } }
        try Reactor(.poll).runOnePass(waitingAtMost: .zero)
    }
}
