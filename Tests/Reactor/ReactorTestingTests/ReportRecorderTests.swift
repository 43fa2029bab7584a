import Glibc
import ReactorCore
import ReactorTesting
import Testing
import Transports

@Suite struct ReportRecorderTests {
    struct Broken: Error {}

    @Test func collectsFailuresNobodyLookedAt() {
        let recorder = ReportRecorder()
        recorder.collectFailures {
            _ = Deferred<Int>.failed(Broken())
            Deferred<Int>.failed(Broken()).whenDone { _ in }
            let twice = Deferred<Int>()
            twice.succeed(1)
            twice.succeed(2)
        }
        let reports = recorder.reports(.unhandledFailure)
        #expect(reports.count == 2 && recorder.reports.count == 2)
        #expect(reports[0].text.contains("Broken()"))
        #expect(reports[1].text.contains("fired a second time"))
        #expect(reports.allSatisfy { $0.place?.hasPrefix("ReactorTestingTests/ReportRecorderTests.swift:") == true })
        #expect(recorder.takeReports() == reports && recorder.reports.isEmpty)
    }

    @Test func collectsFailuresOfTasksThatWereStartedInside() async throws {
        let recorder = ReportRecorder()
        try await recorder.collectFailuresOfTask {
            let test = try TestReactor()
            test.reactor.spawn { throw Broken() }
            test.settle()
        }
        #expect(recorder.reports.map(\.kind) == [.unhandledFailure])
    }

    @Test func neighboursDoNotHearEachOther() async {
        await withTaskGroup(of: Int.self) { group in
            for count in 0..<8 {
                group.addTask {
                    let recorder = ReportRecorder()
                    recorder.collectFailures { for _ in 0..<count { _ = Deferred<Int>.failed(Broken()) } }
                    return recorder.reports.count - count
                }
            }
            for await difference in group { #expect(difference == 0) }
        }
    }

    @Test func collectsStallsWithTheirCulprit() throws {
        let reactor = try Reactor()
        let recorder = ReportRecorder()
        try recorder.detectStalls(of: reactor, over: .milliseconds(5))
        reactor.callLater(.zero) {
            // Blocks like a careless callback would; ends as soon as the watchdog has spoken.
            for _ in 0..<5_000 where recorder.reports.isEmpty { usleep(1_000) }
        }
        reactor.runOnePass(waitingAtMost: .zero)
        reactor.stopDetectingStalls()
        let report = try #require(recorder.reports(.stall).first)
        #expect(report.text.contains("a delayed call of ReactorTestingTests/ReportRecorderTests.swift:"))
    }

    @Test func collectsTraffic() throws {
        let test = try TestReactor()
        let recorder = ReportRecorder()
        let transport = MemoryTransport(reactor: test.reactor)
        let notes = Notes()
        transport.connect(recorder.makeTrafficLog(test.reactor).layer(below: notes, peer: transport.peer))
        transport.deliver("hello")
        notes.transport?.write("world")
        transport.loseFromPeer()
        test.settle()
        let lines = recorder.reports(.traffic).map(\.text)
        #expect(lines.count == 4)
        #expect(lines[1].contains("received 5") && lines[1].contains("|hello|"))
        #expect(lines[2].contains("sent 5") && lines[3].contains("lost"))
        #expect(Leftovers(of: test.reactor, recorder).isEmpty, "traffic is no fault")
    }
}
