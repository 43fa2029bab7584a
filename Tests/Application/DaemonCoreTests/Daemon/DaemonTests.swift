import FileAccessTesting
import Glibc
import Logging
import ReactorCore
import ServiceCore
import Testing

@testable import DaemonCore

/// A program of one service that writes down what is asked of it, and ends as soon as it is ready.
private final class DiaryProgram: DaemonProgram, Service {
    enum Step: String { case folders, log, privilegedStart, start, announcement, farewell, stop }

    var diary: [Step] = []
    var failing: Step?
    var atStart: (Reactor) -> Void = { _ in }
    var cause: any Error = DaemonFailure(.damaged, "It is damaged.")
    private let folder: TemporaryFolder
    private weak var daemon: Daemon?

    init(_ folder: TemporaryFolder) { self.folder = folder }

    private func write(_ step: Step) throws {
        diary.append(step)
        if step == failing { throw cause }
    }

    func arrange(in root: ServiceNode, of daemon: Daemon) throws {
        self.daemon = daemon
        try root.add("diary", self)
    }

    func prepareFolders(for identity: ProcessIdentity) throws(DaemonFailure) {
        do { try write(.folders) } catch { throw DaemonFailure(error) }
    }

    func prepareDefaultLog() throws(DaemonFailure) -> LogDestination {
        do { try write(.log) } catch { throw DaemonFailure(error) }
        return .file(folder.path + "/log")
    }

    func privilegedStart(_ post: ServicePost) throws -> Deferred<Void>? {
        daemon?.log.makeLogger(label: "diary").info("before the log is open")
        try write(.privilegedStart)
        return nil
    }

    func start(_ post: ServicePost) throws -> Deferred<Void>? {
        try write(.start)
        atStart(post.reactor)
        return nil
    }

    func stop(_ post: ServicePost) throws -> Deferred<Void>? {
        try write(.stop)
        return nil
    }

    var announcement: (text: String, status: String) {
        diary.append(.announcement)
        daemon?.reactor.callLater(.zero) { [weak daemon] in daemon?.stop() }
        return ("", "")
    }

    func sayFarewell(then: @escaping () -> Void) {
        diary.append(.farewell)
        then()
    }
}

@Suite struct DaemonTests {
    private struct Odd: Error, CustomStringConvertible { let description = "it is odd" }

    private func run(_ program: DiaryProgram, _ change: (inout Configuration) -> Void = { _ in }) -> DaemonFailure? {
        var configuration = Configuration()
        change(&configuration)
        let sources = ConfigurationSources(file: nil, environment: [:], settings: [])
        do throws(DaemonFailure) {
            try Daemon(program, configuration, from: sources).run()
            return nil
        } catch {
            return error
        }
    }

    @Test func stepsComeInTheirOrder() throws {
        let folder = try TemporaryFolder()
        let program = DiaryProgram(folder)
        #expect(run(program) == nil)
        #expect(
            program.diary == [
                .privilegedStart, .folders, .log, .start, .announcement, .farewell, .stop,
            ])
        let log = try #require(folder.read("log"))
        #expect(log.contains("info diary before the log is open\n") && log.hasSuffix("info mudd stopped\n"))
    }

    @Test(arguments: [
        ("privilegedStart", ["privilegedStart"]),
        ("folders", ["privilegedStart", "folders", "stop"]),
        ("log", ["privilegedStart", "folders", "log", "stop"]),
        ("start", ["privilegedStart", "folders", "log", "start", "stop"]),
        ("stop", ["privilegedStart", "folders", "log", "start", "announcement", "farewell", "stop"]),
    ])
    func whatFailsEndsIt(failing: String, steps: [String]) throws {
        let program = DiaryProgram(try TemporaryFolder())
        program.failing = DiaryProgram.Step(rawValue: failing)
        #expect(run(program) == DaemonFailure(.damaged, "It is damaged."))
        #expect(program.diary.map(\.rawValue) == steps)
    }

    @Test func unforeseenErrorsAreTheProgramsOwn() throws {
        let program = DiaryProgram(try TemporaryFolder())
        (program.failing, program.cause) = (.start, Odd())
        let failure = try #require(run(program))
        #expect(failure == DaemonFailure(.software, "mudd/diary could not start: it is odd."))
    }

    @Test func complaintsOfTheFrameworkAndLostFailuresAreLogged() throws {
        let folder = try TemporaryFolder()
        let program = DiaryProgram(folder)
        program.atStart = { reactor in
            reactor.log("something is odd")
            reactor.callLater(.zero) { _ = Deferred<Void>.failed(Odd()) }
        }
        let line = #line - 2
        #expect(run(program) == nil)
        let log = try #require(folder.read("log"))
        #expect(log.contains("warning reactor something is odd\n"))
        #expect(log.contains("error reactor nobody looked at a failure") && log.contains("it is odd"))
        #expect(log.contains("DaemonTests.swift:\(line)"), "\(log)")
    }

    @Test func aLogThatIsNamedComesBeforeAnyFolder() throws {
        let folder = try TemporaryFolder()
        let program = DiaryProgram(folder)
        #expect(run(program) { $0.logFile = folder.path + "/no/log" }?.status == .cannotCreate)
        #expect(program.diary == [.privilegedStart, .folders, .stop])
    }

    @Test func aCheckStartsNothing() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/pid"
        let other = try PidFile(path: path)
        let program = DiaryProgram(folder)
        var configuration = Configuration()
        configuration.pidFile = path
        let sources = ConfigurationSources(file: nil, environment: [:], settings: [])
        let daemon = try Daemon(program, configuration, from: sources, onlyChecks: true)
        #expect(try daemon.check() == "The configuration is in order.")
        #expect(program.diary.isEmpty && folder.read("log") == nil)
        withExtendedLifetime(other) {}
    }

    @Test func thePidFileIsThereAsLongAsItRuns() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/pid"
        #expect(run(DiaryProgram(folder)) { $0.pidFile = path } == nil)
        #expect(access(path, F_OK) != 0)
        let other = try PidFile(path: path)
        let program = DiaryProgram(folder)
        #expect(run(program) { $0.pidFile = path }?.status == .tryAgain)
        #expect(program.diary.isEmpty)
        withExtendedLifetime(other) {}
    }
}
