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
        func check(forRestart: Bool = false) throws -> String {
            try Daemon(program, configuration, from: sources, onlyChecks: true, isForRestart: forRestart).check()
        }
        let refusal = DaemonFailure(.tryAgain, "A server runs already: process \(getpid()) holds \(path).")
        #expect(throws: refusal) { try check() }
        // As if that one were gone.
        #expect(try check(forRestart: true) == "The configuration is in order.")
        configuration.pidFile = folder.path + "/other"
        #expect(try check() == "The configuration is in order.")
        #expect(program.diary.isEmpty && folder.read("log") == nil && folder.read("other") == nil)
        withExtendedLifetime(other) {}
    }

    @Test func aCheckNamesWhatAStartWouldFailBy() throws {
        let folder = try TemporaryFolder()
        let missing = folder.path + "/no/file"
        let sources = ConfigurationSources(file: nil, environment: [:], settings: [])
        let changes: [(String, DaemonCore.ExitStatus, (inout Configuration) -> Void)] = [
            ("pid file", .cannotCreate, { $0.pidFile = missing }), ("log", .cannotCreate, { $0.logFile = missing }),
            ("profile", .cannotCreate, { $0.profile = missing }), ("log", .cannotCreate, { $0.logFile = folder.path }),
            ("entered", .cannotCreate, { $0.folder = missing }),
        ]
        for (word, status, change) in changes {
            var configuration = Configuration()
            change(&configuration)
            let daemon = try Daemon(DiaryProgram(folder), configuration, from: sources, onlyChecks: true)
            let failure = #expect(throws: DaemonFailure.self) { try daemon.check() }
            #expect(failure?.status == status && failure?.description.contains(word) == true, "\(word)")
        }
        #expect(access(folder.path + "/no", F_OK) != 0)
    }

    @Test func allThatIsWrongWithSettingsIsToldAtOnce() throws {
        var configuration = Configuration()
        configuration.reactor = "epol"
        configuration.user = "no-such-user"
        let sources = ConfigurationSources(file: nil, environment: [:], settings: [])
        let read = DaemonFailure(.configuration, "file:1:1: it is wrong")
        let program = DiaryProgram(try TemporaryFolder())
        let daemon = try Daemon(program, configuration, from: sources, onlyChecks: true, besides: read)
        let failure = #expect(throws: DaemonFailure.self) { try daemon.check() }
        #expect(failure?.status == .configuration)
        let lines = failure?.description.split(separator: "\n") ?? []
        #expect(lines.count == 3 && lines.first == "file:1:1: it is wrong", "\(lines)")
    }

    @Test func aNewConfigurationIsLookedAtBeforeTheNextStart() throws {
        let sources = ConfigurationSources(file: nil, environment: [:], settings: [])
        let daemon = try Daemon(
            DiaryProgram(try TemporaryFolder()), Configuration(), from: sources, onlyChecks: true)
        var new = Configuration()
        try daemon.validate(new)
        new.reactor = "epol"
        new.user = "no-such-user"
        new.origins = ["reactor": "file:1:10", "process.user": "file:3:9"]
        let failure = #expect(throws: DaemonFailure.self) { try daemon.validate(new) }
        #expect(failure?.description.hasPrefix("file:1:10: reactor: ") == true)
        #expect(failure?.description.hasSuffix("file:3:9: process.user: There is no user no-such-user.") == true)
        #expect(daemon.configuration == Configuration())
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
