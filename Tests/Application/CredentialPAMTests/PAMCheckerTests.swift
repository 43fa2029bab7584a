#if PAM
import CredentialCore
import CredentialTesting
import Foundation
import ReactorCore
import Testing

@testable import CredentialPAM

@Suite struct PAMCheckerTests {
    private let folder: URL
    private let password = "correct horse"

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mudd-pam-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    private func contract(_ service: String) throws -> CheckerContract {
        try CheckerContract(try Reactor()) { context in
            try CheckerTable([PAMSupport.type]).make("pam:\(service):confdir=\(folder.path)", context)
        }
    }

    private func write(_ text: String, to name: String) throws {
        try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    private func clean() { try? FileManager.default.removeItem(at: folder) }

    /// A service of the test's own: a script that knows one password.
    @Test func keepsTheContract() throws {
        defer { clean() }
        let script = folder.appendingPathComponent("check")
        try write(
            """
            #!/bin/sh
            IFS= read -r typed
            [ "$PAM_USER" = ada ] && [ "$typed" = "\(password)" ]
            """, to: "check")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
        try write(
            "auth required pam_exec.so quiet expose_authtok \(script.path)\naccount required pam_permit.so\n",
            to: "mudd-test")
        let contract = try contract("mudd-test")
        #expect(contract.violations(name: "ada", password: password) == [])
    }

    @Test func theAccountStackDecidesToo() throws {
        defer { clean() }
        try write("auth required pam_permit.so\naccount required pam_deny.so\n", to: "shut")
        #expect(try contract("shut").outcome("ada", password) == .failure(.refused))
        try write("auth required pam_permit.so\naccount required pam_permit.so\n", to: "open")
        #expect(try contract("open").outcome("ada", password) == .success("ada"))
    }

    @Test func aBrokenServiceLetsNobodyIn() throws {
        defer { clean() }
        try write("auth required pam_no_such_module.so\n", to: "broken")
        #expect(throws: LoginFailure.self) { try contract("broken").outcome("ada", password).get() }
        #expect(throws: CheckerFailure.self) { _ = try contract("absent") }
    }

    @Test(arguments: ["", "../x", "a/b", "a b", "a\u{0}"])
    func namesOfServicesAreNames(_ name: String) throws {
        defer { clean() }
        #expect(throws: CheckerFailure.self) { _ = try contract(name) }
    }

    /// A real account, by pam_unix and by the shadow database.
    @Test(.enabled(if: geteuid() == 0, "makes an account, which takes root"))
    func anAccountOfTheMachine() throws {
        defer { clean() }
        let name = "muddtest\(getpid())"
        try run("/usr/sbin/useradd", ["-M", "-N", "-s", "/usr/sbin/nologin", name])
        defer { try? run("/usr/sbin/userdel", [name]) }
        try run("/usr/sbin/chpasswd", [], input: "\(name):\(password)\n")
        try write("auth required pam_unix.so\naccount required pam_unix.so\n", to: "real")
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
