#if PAM
import CredentialCore
import CredentialTesting
import FileAccessTesting
import Foundation
import Glibc
import ReactorCore
import ReactorTesting
import Testing

@testable import CredentialPAM

@Suite struct PAMCheckerTests {
    private let folder: TemporaryFolder
    private let password = "correct horse"

    init() throws { folder = try TemporaryFolder() }

    private func contract(_ service: String) throws -> CheckerContract {
        try CheckerContract(try Reactor()) { context in
            try CheckerTable([PAMSupport.type]).make("pam:\(service):confdir=\(folder.path)", context)
        }
    }

    /// A service of the test's own: a script that knows one password.
    @Test func keepsTheContract() throws {
        let script = folder.path + "/check"
        try folder.write(
            """
            #!/bin/sh
            IFS= read -r typed
            [ "$PAM_USER" = ada ] && [ "$typed" = "\(password)" ]
            """, to: "check")
        try folder.setMode(0o755, of: "check")
        try folder.write(
            "auth required pam_exec.so quiet expose_authtok \(script)\naccount required pam_permit.so\n",
            to: "mudd-test")
        let contract = try contract("mudd-test")
        #expect(contract.violations(name: "ada", password: password) == [])
    }

    @Test func theAccountStackDecidesToo() throws {
        try folder.write("auth required pam_permit.so\naccount required pam_deny.so\n", to: "shut")
        #expect(try contract("shut").outcome("ada", password) == .failure(.refused))
        try folder.write("auth required pam_permit.so\naccount required pam_permit.so\n", to: "open")
        #expect(try contract("open").outcome("ada", password) == .success("ada"))
    }

    @Test func aBrokenServiceLetsNobodyIn() throws {
        try folder.write("auth required pam_no_such_module.so\n", to: "broken")
        #expect(throws: LoginFailure.self) { try contract("broken").outcome("ada", password).get() }
        #expect(throws: CheckerFailure.self) { _ = try contract("absent") }
    }

    /// With `required` PAM asks for the code whatever the password was; only `requisite` keeps that promise.
    @Test func aCodeIsAskedForAfterWrongPasswordsToo() throws {
        // pam_ftp asks a hidden question each time, and refuses whoever is not anonymous.
        let (asks, account) = ("pam_ftp.so", "account required pam_permit.so\n")
        try folder.write(
            "auth optional \(asks)\nauth required pam_deny.so\nauth required \(asks)\n" + account, to: "loose")
        try folder.write(
            "auth optional \(asks)\nauth requisite pam_deny.so\nauth required \(asks)\n" + account, to: "strict")
        let contract = try contract("loose")
        #expect(contract.outcome("ada", "wrong") == .failure(.codeWanted))
        #expect(contract.outcome("ada", "wrong", code: "123456") == .failure(.refused))
        #expect(try self.contract("strict").outcome("ada", "wrong") == .failure(.refused))
        let test = try TestReactor()
        let checker = try makeChecker("loose", test)
        let verdict = checker.check(.password(name: "ada", password: "wrong"), from: Self.origin)
        #expect(test.run(until: { verdict.isFired }))
        #expect(try verdict.resultNow() == .codeMissing, "so that the source is charged")
    }

    private static let origin = LoginOrigin(door: "test", source: "192.0.2.7")

    private func makeChecker(_ service: String, _ test: TestReactor) throws -> PAMChecker {
        let portal = Portal(reactor: test.reactor, realm: Realm())
        let made = try CheckerTable([PAMSupport.type]).make("pam:\(service):confdir=\(folder.path)", portal.context)
        return try #require(made as? PAMChecker)
    }

    /// A module that hangs costs its logins their time-out, and later ones nothing; when it returns, all is well again.
    @Test func aModuleThatHangsIsNotWaitedForLong() throws {
        let gate = folder.path + "/gate"
        try #require(mkfifo(gate, 0o600) == 0)
        let script = folder.path + "/wait"
        try folder.write("#!/bin/sh\n[ ! -p '\(gate)' ] || read -r line < '\(gate)'\n", to: "wait")
        try folder.setMode(0o755, of: "wait")
        try folder.write(
            "auth required pam_exec.so quiet expose_authtok \(script)\naccount required pam_permit.so\n",
            to: "slow")
        let test = try TestReactor()
        let checker = try makeChecker("slow", test)
        func check() -> Deferred<CheckerVerdict> {
            checker.check(.password(name: "ada", password: password), from: Self.origin)
        }
        let logins = (0..<PAMChecker.longestQueue).map { _ in check() }
        #expect(try check().resultNow() == .unavailable("16 logins wait for PAM"))
        test.advance(by: .seconds(29))
        #expect(logins.allSatisfy { !$0.isFired })
        test.advance(by: .seconds(1))
        for login in logins { #expect(try login.resultNow() == .unavailable("no answer in 30 s")) }
        #expect(try check().resultNow() == .unavailable("an earlier login hangs in PAM"))
        let descriptor = open(gate, O_RDWR | O_CLOEXEC)
        try #require(descriptor >= 0 && Glibc.write(descriptor, "\n", 1) == 1 && unlink(gate) == 0)
        defer { close(descriptor) }
        #expect(test.run(until: { checker.waiting == 0 }))
        #expect(checker.overdue == 0)
        let after = check()
        #expect(test.run(until: { after.isFired }))
        #expect(try after.resultNow() == .accepted(Identity(name: "ada", checker: "pam")))
    }

    @Test(arguments: ["", "../x", "a/b", "a b", "a\u{0}"])
    func namesOfServicesAreNames(_ name: String) throws {
        #expect(throws: CheckerFailure.self) { _ = try contract(name) }
    }

    /// A real account, by pam_unix and by the shadow database.
    @Test(.enabled(if: geteuid() == 0, "makes an account, which takes root"))
    func anAccountOfTheMachine() throws {
        let name = "muddtest\(getpid())"
        try run("/usr/sbin/useradd", ["-M", "-N", "-s", "/usr/sbin/nologin", name])
        defer { try? run("/usr/sbin/userdel", [name]) }
        try run("/usr/sbin/chpasswd", [], input: "\(name):\(password)\n")
        try folder.write("auth required pam_unix.so\naccount required pam_unix.so\n", to: "real")
        let pam = try contract("real")
        #expect(pam.outcome(name, password) == .success(name))
        #expect(pam.outcome(name, "wrong") == .failure(.refused))
        #expect(pam.outcome("nobody-here", password) == .failure(.refused))
        let shadow = try CheckerContract(try Reactor()) { try CheckerTable().make("unix", $0) }
        #expect(shadow.violations(name: name, password: password) == [])
        #expect(shadow.outcome("root", "") == .failure(.refused))
        #expect(shadow.outcome("daemon", "*") == .failure(.refused))
        try run("/usr/sbin/usermod", ["-L", name])
        #expect(shadow.outcome(name, password) == .failure(.refused))
        #expect(pam.outcome(name, password) == .failure(.refused))
    }

    private struct CommandFailure: Error { let status: Int32 }

    private func run(_ program: String, _ arguments: [String], input: String = "") throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardInput = pipe
        try process.run()
        pipe.fileHandleForWriting.write(Data(input.utf8))
        try pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CommandFailure(status: process.terminationStatus) }
    }
}
#endif
