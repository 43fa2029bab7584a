import FileAccessTesting
import Glibc
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import AdminGateway

/// Answers what it is told, at once or when asked to.
private final class ScriptedAuthority: AdminAuthority {
    var commands: [AdminCommand] = []
    var held: [(AdminAnswer) -> Void] = []
    var holds = false

    func perform(_ command: AdminCommand, by caller: AdminCaller, answer: @escaping (AdminAnswer) -> Void) {
        commands.append(command)
        if holds { held.append(answer) } else { answer(.done(AdminDone("done \(commands.count)"))) }
    }
}

@Suite struct AdminSessionTests {
    private let authority = ScriptedAuthority()

    private func connect(uid: UInt32? = geteuid()) throws -> MemoryTransport {
        let transport = MemoryTransport()
        transport.peerCredentials = uid.map { PeerCredentials(uid: $0, gid: 0, pid: 1) }
        let session = try #require(AdminDoor(authority: authority).makeProtocol(for: .unix("")))
        transport.connect(session)
        return transport
    }

    @Test func answersInOrder() throws {
        let transport = try connect()
        transport.deliver("{\"v\":1,\"command\":\"who\"}\n{\"v\":1,\"command\":\"check\"}\nnonsense\n")
        transport.settle()
        #expect(authority.commands == [.who, .check])
        #expect(
            transport.takeWrittenText() == """
                {"answer":"done","message":"done 1","v":1}
                {"answer":"done","message":"done 2","v":1}
                {"answer":"failure","code":"usage","message":"The line is not a JSON object of this protocol.","v":1}

                """)
        #expect(transport.isOpen)
    }

    @Test func oneAtATime() throws {
        authority.holds = true
        let transport = try connect()
        transport.deliver("{\"v\":1,\"command\":\"who\"}\n{\"v\":1,\"command\":\"check\"}\n")
        #expect(authority.commands == [.who])
        #expect(transport.isReadingPaused)
        authority.held[0](.done(AdminDone("first")))
        #expect(authority.commands == [.who, .check])
        authority.held[1](.done(AdminDone("second")))
        transport.settle()
        #expect(!transport.isReadingPaused)
        #expect(
            transport.takeWrittenText()
                == "{\"answer\":\"done\",\"message\":\"first\",\"v\":1}\n"
                + "{\"answer\":\"done\",\"message\":\"second\",\"v\":1}\n")
    }

    @Test func answerAfterThePeerLeftGoesNowhere() throws {
        authority.holds = true
        let transport = try connect()
        transport.deliver("{\"v\":1,\"command\":\"who\"}\n{\"v\":1,\"command\":\"check\"}\n")
        transport.loseFromPeer()
        authority.held[0](.done(AdminDone("late")))
        #expect(authority.commands == [.who])
    }

    @Test(arguments: [nil, geteuid() &+ 1]) func othersAreRefused(uid: UInt32?) throws {
        let transport = try connect(uid: uid)
        transport.deliver("{\"v\":1,\"command\":\"who\"}\n")
        transport.settle()
        #expect(authority.commands.isEmpty)
        #expect(transport.takeWrittenText().contains("\"code\":\"permission\""))
        #expect(!transport.isOpen)
    }

    @Test func endlessLineIsRefused() throws {
        let transport = try connect()
        transport.deliver([UInt8](repeating: 0x20, count: AdminLineFramer.longestLine + 1))
        transport.settle()
        #expect(transport.takeWrittenText().contains("is longer than"))
        #expect(!transport.isOpen)
    }

    @Test func theLongestIdleSessionMakesRoom() throws {
        let door = AdminDoor(authority: authority)
        let transports = try (0..<40).map { _ in
            let transport = MemoryTransport()
            transport.peerCredentials = PeerCredentials(uid: geteuid(), gid: 0, pid: 1)
            transport.connect(try #require(door.makeProtocol(for: .unix(""))))
            return transport
        }
        for transport in transports { transport.settle() }
        #expect(transports.map(\.isOpen) == (0..<40).map { $0 >= 8 })
    }

    @Test func sessionsWithAnOrderUnderWayAreNotCutForOthers() throws {
        authority.holds = true
        let door = AdminDoor(authority: authority)
        for _ in 0..<32 {
            let transport = MemoryTransport()
            transport.peerCredentials = PeerCredentials(uid: geteuid(), gid: 0, pid: 1)
            transport.connect(try #require(door.makeProtocol(for: .unix(""))))
            transport.deliver("{\"v\":1,\"command\":\"who\"}\n")
        }
        #expect(door.makeProtocol(for: .unix("")) == nil)
        authority.held[5](.done(AdminDone("first")))
        #expect(door.makeProtocol(for: .unix("")) != nil)
    }
}

@Suite struct AdminClientTests {
    private func ask(
        _ command: AdminCommand, at path: String, timeout: Duration = .seconds(5), reactor: Reactor
    ) -> Result<AdminAnswer, any Error>? {
        var result: Result<AdminAnswer, any Error>?
        AdminClient.ask(command, at: path, timeout: timeout, reactor: reactor).whenDone { result = $0 }
        while result == nil { reactor.runOnePass(waitingAtMost: .seconds(10)) }
        return result
    }

    @Test func realSocketThereAndBack() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/control.sock"
        let reactor = try Reactor()
        let authority = ScriptedAuthority()
        let listener = try AdminDoor.listen(path: path, authority: authority, reactor: reactor)
        var information = stat()
        #expect(stat(path, &information) == 0 && information.st_mode & 0o777 == 0o600)
        #expect(try ask(.broadcast("Tea!"), at: path, reactor: reactor)?.get() == .done(AdminDone("done 1")))
        #expect(authority.commands == [.broadcast("Tea!")])
        listener.stopListening()
        #expect(throws: AdminFailure(.notRunning, "No server is running at \(path).")) {
            try ask(.who, at: path, reactor: reactor)?.get()
        }
    }

    @Test func silenceIsATimeout() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/control.sock"
        let reactor = try Reactor()
        let authority = ScriptedAuthority()
        authority.holds = true
        let listener = try AdminDoor.listen(path: path, authority: authority, reactor: reactor)
        let result = ask(.who, at: path, timeout: .milliseconds(20), reactor: reactor)
        #expect(throws: AdminFailure.self) { try result?.get() }
        guard case .failure(let error as AdminFailure)? = result else { return }
        #expect(error.code == .timedOut)
        listener.stopListening()
    }

    @Test func nobodyThere() throws {
        let reactor = try Reactor()
        #expect(throws: AdminFailure(.notRunning, "No server is running at /nowhere/control.sock.")) {
            try ask(.who, at: "/nowhere/control.sock", reactor: reactor)?.get()
        }
    }
}
