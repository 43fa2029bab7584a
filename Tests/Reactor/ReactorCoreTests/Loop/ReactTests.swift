import Glibc
import ReactorCore
import Testing

/// Signals belong to the whole process, so these run one after the other.
@Suite(.serialized) struct ReactTests {
    @Test func returnsTheStatusOfTheFunction() throws {
        var lines: [String] = []
        func status(_ main: sending @escaping (Reactor) async throws -> Void) throws -> Int32 {
            let reactor = try Reactor()
            reactor.log = { lines.append($0) }
            return try Reactor.react(cancellingOn: [], reactor: reactor, main)
        }
        var codes = [try status { _ in }]
        codes.append(try status { try await $0.deferLater(.milliseconds(1)).value })
        #expect(lines.isEmpty)
        codes.append(try status { _ in throw ExitStatus(7) })
        #expect(lines.isEmpty)
        codes.append(try status { _ in throw Boom(number: 5) })
        #expect(codes == [0, 0, 7, 1])
        #expect(lines.count == 1)
        #expect(lines.first?.contains("Boom(number: 5)") == true)
    }

    @Test func aSignalCancelsTheFunctionWhichCleansUp() throws {
        nonisolated(unsafe) var seen: [String] = []
        let status = try Reactor.react(cancellingOn: [SIGWINCH]) { reactor in
            defer { seen.append("cleaned") }
            reactor.callLater(.zero) { kill(getpid(), SIGWINCH) }
            do {
                try await reactor.deferLater(.seconds(600)).value
            } catch {
                seen.append("\(error)")
                throw error
            }
        }
        #expect(seen == ["cancelled", "cleaned"])
        #expect(status == 128 + SIGWINCH)
    }

    @Test func leavesNothingOfItselfBehind() throws {
        weak var left: Reactor?
        do {
            let reactor = try Reactor()
            left = reactor
            _ = try Reactor.react(cancellingOn: [SIGWINCH], reactor: reactor) { _ in }
        }
        #expect(left == nil)
        var action = sigaction()
        #expect(
            sigaction(SIGWINCH, nil, &action) == 0
                && unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 0)
    }

    /// As for what a shell starts with `nohup` or in the background.
    @Test func aSignalThatIsIgnoredStaysSo() async {
        await #expect(processExitsWith: .exitCode(5)) {
            signal(SIGUSR2, SIG_IGN)
            let status = try Reactor.react(cancellingOn: [SIGUSR2]) { reactor in
                kill(getpid(), SIGUSR2)
                try await reactor.deferLater(.milliseconds(1)).value
                throw ExitStatus(5)
            }
            Reactor.exit(status)
        }
    }

    @Test func aForgottenSignalGetsItsFormerActionBack() async {
        await #expect(processExitsWith: .success) {
            signal(SIGUSR2, SIG_IGN)
            do {
                let reactor = try Reactor()
                reactor.onSignal(SIGUSR2) {}
                reactor.onSignal(SIGUSR2) {}
                reactor.forgetSignal(SIGUSR2)
                // The default action would end the process here.
                kill(getpid(), SIGUSR2)
            }
            exit(0)
        }
    }

    @Test func theParentSeesTheSignalThatEndedTheProcess() async {
        await #expect(processExitsWith: .signal(SIGTERM)) {
            let status = try Reactor.react { reactor in
                reactor.callLater(.zero) { kill(getpid(), SIGTERM) }
                try await reactor.deferLater(.seconds(600)).value
            }
            Reactor.exit(status)
        }
        await #expect(processExitsWith: .exitCode(200)) { Reactor.exit(200) }
        await #expect(processExitsWith: .exitCode(128 + SIGSTOP)) { Reactor.exit(128 + SIGSTOP) }
    }

    @Test func aSecondSignalDoesNotWait() throws {
        let status = try Reactor.react(cancellingOn: [SIGWINCH]) { reactor in
            reactor.callLater(.zero) { kill(getpid(), SIGWINCH) }
            reactor.callLater(.milliseconds(20)) { kill(getpid(), SIGWINCH) }
            while true { try? await reactor.deferLater(.milliseconds(1)).value }
        }
        #expect(status == 128 + SIGWINCH)
    }

    @Test func runsTheShutdownTriggers() throws {
        nonisolated(unsafe) var seen: [String] = []
        _ = try Reactor.react(cancellingOn: []) { reactor in
            reactor.addTrigger(.during, .shutdown) { seen.append("trigger") }
            seen.append("main")
        }
        #expect(seen == ["main", "trigger"])
    }
}
