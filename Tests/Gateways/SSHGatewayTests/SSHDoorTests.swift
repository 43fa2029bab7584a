import AuditCore
import Basics
import GatewayCore
import GatewayTesting
import ReactorCore
import ReactorTesting
import SSHWire
import ShellPeers
import Testing
import WorldModel

@testable import SSHGateway

/// The SSH door with clients in memory.
@Suite struct SSHDoorTests {
    // MARK: Coming in

    @Test func aPasswordLetsIn() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        #expect(guest?.visitor.isLoggedIn == true)
        let end = stage.open(guest, DoorStage.terminal, .shell)
        #expect(end.take().contains("A plain hall"))
        #expect(stage.ada.location === stage.hall)
    }

    @Test(arguments: [("ada", "wrong"), ("nobody", "wrong")]) func anotherPasswordDoesNot(
        user: String, password: String
    ) throws {
        let stage = try DoorStage()
        let guest = stage.connect(user) { $0.password = password }
        #expect(guest?.visitor.isLoggedIn == false)
        #expect(stage.audited.map(\.outcome) == [.refused])
    }

    @Test func questionsAreAskedForAPassword() throws {
        let stage = try DoorStage()
        let guest = stage.connect("ada") { $0.answers = ["wrong", DoorStage.password] }
        #expect(guest?.visitor.isLoggedIn == true)
        #expect(guest?.visitor.questions == ["Password: ", "Password: "])
    }

    @Test func whoIsNewAndCannotBeAskedIsAskedInTheGame() throws {
        let stage = try DoorStage()
        let guest = stage.connect("new") { $0.password = "" }
        #expect(guest?.visitor.isLoggedIn == true)
        let end = stage.open(guest, .shell)
        #expect(end.take().contains("Type the name you want your character to have"))
    }

    @Test func guestsComeInWhereTheyMay() throws {
        let stage = try DoorStage()
        let end = stage.open(stage.connect("guest"), .shell)
        #expect(end.take().contains("A plain hall"))
        stage.game.settings.guestsAllowed = false
        #expect(stage.connect("guest")?.visitor.isLoggedIn == false)
    }

    @Test func nobodyIsAcceptedWithoutAGameOrAKey() throws {
        let stage = try DoorStage()
        stage.factory.keys = nil
        #expect(stage.ada() == nil)
    }

    @Test func whatIsSeenWaitsForTheDisk() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, DoorStage.terminal, .shell)
        _ = end.take()
        stage.archive.isHeld = true
        #expect(!stage.type("get lamp\r", end, guest).contains("You take"))
        stage.archive.letGo()
        guest?.pair.pump()
        #expect(end.take().withoutColours.contains("You take the brass lamp"))
    }

    // MARK: The terminal

    @Test func keysAreEchoedAndLinesEdited() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, DoorStage.terminal, .shell)
        _ = end.take()
        #expect(stage.type("sax", end, guest).contains("sax"))
        #expect(stage.type("\u{7F}y hello\r", end, guest).withoutColours.contains("You say, \"hello\""))
    }

    private func dumb(_ type: String = "dumb", echo: UInt32? = nil) -> SSHChannelRequest {
        var modes = SSHTerminalModes()
        modes[.echo] = echo
        return .terminal(SSHTerminalRequest(type: type, size: SSHWindowSize(columns: 60, rows: 20), modes: modes))
    }

    @Test(arguments: ["dumb", "", "unknown", "dumb-emacs-ansi"]) func aDumbTerminalIsSentNoSequences(type: String)
        throws
    {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, dumb(type), .shell)
        var text = end.take()
        #expect(text.contains("A plain hall") && text.hasSuffix("> "))
        #expect(stage.type("sax\u{7F}", end, guest) == "sax\u{8} \u{8}")
        text = stage.type("y hello\r", end, guest)
        #expect(text.hasPrefix("y hello\r\n") && text.contains("You say, \"hello\"") && text.hasSuffix("> "))
        text += stage.type("say never\u{3}", end, guest) + stage.type("\u{1B}[Alook\r\n", end, guest)
        #expect(!text.contains("\u{1B}") && !text.contains("You say, \"never"))
        #expect(stage.type("\u{4}", end, guest).contains("Goodbye"))
        #expect(end.status == 0 && end.isClosed)
    }

    @Test func aShellOfAnEditorThatShowsItsLinesIsNotShownThemAgain() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, dumb(echo: 0), .shell)
        _ = end.take()
        let text = stage.type("say hello\n", end, guest)
        #expect(text.hasPrefix("You say, \"hello\"") && text.hasSuffix("> "))
    }

    @Test func secretsAreNotShownAtADumbTerminal() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, dumb(), .shell)
        _ = end.take()
        let text = stage.type("password\r\(DoorStage.password)\r", end, guest)
        #expect(text.contains("password\r\n") && text.contains("New password: ") && !text.contains(DoorStage.password))
    }

    @Test func aPlayerWhoWantsNoEditingHasNone() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, DoorStage.terminal, .shell)
        _ = end.take()
        #expect(stage.type("set charmode off\r", end, guest).contains("\u{1B}[?2004l"))
        #expect(stage.type("sax\u{7F}y one\r", end, guest).hasPrefix("sax\u{8} \u{8}y one\r\n"))
        _ = stage.type("quit\r", end, guest)
        // The setting is the player's, wherever they come in again.
        let again = stage.open(guest, DoorStage.terminal, .shell)
        #expect(!again.take().contains("\u{1B}[?2004h"))
        #expect(stage.type("say two\r", again, guest).hasPrefix("say two\r\n"))
        let text = stage.type("set charmode auto\r", again, guest) + stage.type("look\r", again, guest)
        #expect(text.contains("\u{1B}[?2004h"))
    }

    @Test func theManholeIsReadAtADumbTerminalAsWell() throws {
        let stage = try DoorStage(role: .owner)
        let guest = stage.ada()
        let end = stage.open(guest, dumb(), .subsystem("manhole"))
        #expect(end.take().hasSuffix("manhole> "))
        let text = stage.type("turms\u{7F}\u{7F}ns\r", end, guest)
        #expect(text.contains("durable through") && text.hasSuffix("manhole> ") && !text.contains("\u{1B}"))
    }

    @Test func aWindowIsFollowed() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, DoorStage.terminal, .shell)
        _ = end.take()
        end.channel?.notify(.windowChange(SSHWindowSize(columns: 20, rows: 20)))
        guest?.pair.pump()
        #expect(stage.type("look\r", end, guest).contains("A plain hall with a\r\n"))
    }

    @Test func theSignalOfAnInterruptClearsTheLine() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, DoorStage.terminal, .shell)
        _ = stage.type("say never", end, guest)
        end.channel?.notify(.signal("INT"))
        guest?.pair.pump()
        #expect(stage.type("say ever\r", end, guest).withoutColours.contains("You say, \"ever\""))
    }

    @Test func aSecondShellIsRefusedOnTheSameChannel() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, .shell)
        var answer: Bool?
        end.channel?.request(.shell).whenDone { answer = try? $0.get() }
        guest?.pair.pump()
        #expect(answer == false)
    }

    @Test(arguments: [
        SSHChannelRequest.agentForwarding, .x11Forwarding, .subsystem("shop"), .other(name: "x", fields: []),
    ])
    func whatIsNotServedIsRefused(request: SSHChannelRequest) throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest)
        var answer: Bool?
        end.channel?.request(request).whenDone { answer = try? $0.get() }
        guest?.pair.pump()
        #expect(answer == false)
    }

    @Test func quittingEndsTheChannelWithSuccess() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, DoorStage.terminal, .shell)
        #expect(stage.type("quit\r", end, guest).contains("Goodbye"))
        #expect(end.status == 0 && end.isClosed)
        #expect(stage.ada.location == nil)
    }

    @Test func aConnectionThatIsLostLeavesTheBody() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        _ = stage.open(guest, DoorStage.terminal, .shell)
        guest?.pair.cut(after: 0, from: .client)
        guest?.pair.pump()
        stage.test.settle()
        #expect(stage.ada.location === stage.hall && !stage.game.isPresent(stage.ada))
    }

    // MARK: Scripts

    @Test func aScriptReadsTheAnswersAlone() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, .shell)
        _ = end.take()
        let text = stage.type("look\nsay hello\n", end, guest)
        #expect(text.contains("A plain hall") && text.contains("You say, \"hello\""))
        #expect(!text.contains("> ") && !text.contains("\r") && !text.contains("\u{1B}"))
        end.channel?.endOutput()
        guest?.pair.pump()
        #expect(end.status == 0 && end.isClosed)
    }

    // MARK: Single commands

    @Test func aCommandIsAnsweredAndNobodyComesIn() throws {
        let stage = try DoorStage()
        let watcher = stage.connect("guest")
        let watching = stage.open(watcher, .shell)
        _ = watching.take()
        let guest = stage.ada()
        let end = stage.open(guest, .execute("look"))
        #expect(end.take().contains("A plain hall") && end.status == 0 && end.isClosed)
        let said = stage.open(guest, .execute("say from afar"))
        #expect(said.take().contains("You say, \"from afar") && said.status == 0)
        watcher?.pair.pump()
        let seen = watching.take()
        #expect(seen.contains("Ada says, \"from afar") && !seen.contains("arrives") && !seen.contains("gone"))
        #expect(stage.ada.location == nil)
    }

    @Test func aRefusalIsToldByTheStatus() throws {
        let stage = try DoorStage()
        let end = stage.open(stage.ada(), .execute("get moon"))
        #expect(end.status == 1 && !end.output.isEmpty && end.isClosed)
    }

    @Test func aCharacterInPlayIsNotDisturbed() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let shell = stage.open(guest, .shell)
        _ = shell.take()
        let looking = stage.open(guest, .execute("look"))
        #expect(looking.take().contains("A plain hall"))
        #expect(shell.take() == "")
        let taking = stage.open(guest, .execute("get lamp"))
        #expect(taking.take().contains("You take the brass lamp"))
        let text = shell.take()
        #expect(text.contains("> get lamp") && text.contains("You take the brass lamp"))
    }

    @Test func theAnswerOfACommandWaitsForTheDisk() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        stage.archive.isHeld = true
        let end = stage.open(guest, .execute("say hello"))
        #expect(end.output.isEmpty && end.status == nil)
        stage.archive.letGo()
        guest?.pair.pump()
        #expect(end.take().contains("You say") && end.status == 0)
    }

    @Test(arguments: ["password", "authenticator on", "ssh-key"]) func aDialogueIsNoCommand(command: String) throws {
        let stage = try DoorStage()
        let end = stage.open(stage.ada(), .execute(command))
        #expect(end.status == 1 && end.take().contains("log in without a command"))
    }

    @Test func newcomersHaveNoCommandsYet() throws {
        let stage = try DoorStage()
        let end = stage.open(stage.connect("new") { $0.password = "" }, .execute("look"))
        #expect(end.status == 1 && !end.errors.isEmpty && end.output.isEmpty)
    }

    @Test func aCommandMayBeAsLongAsALine() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        #expect(stage.open(guest, .execute("say " + String(repeating: "a", count: 2044))).status == 0)
        let end = stage.open(guest, .execute("say " + String(repeating: "a", count: 2045)))
        #expect(end.status == 1 && end.output.isEmpty && String(decoding: end.errors, as: UTF8.self).contains("2048"))
    }

    @Test func aGuestAsksWithoutComingIn() throws {
        let stage = try DoorStage()
        let guest = stage.connect("guest")
        let count = stage.world.things.count
        let end = stage.open(guest, .execute("look"))
        #expect(end.take().contains("A plain hall") && end.status == 0 && end.isClosed)
        let taking = stage.open(guest, .execute("get lamp"))
        #expect(taking.take().contains("only looks and asks") && taking.status == 1)
        #expect(stage.world.things.count == count)
    }

    @Test func commandsThatWereGivenUpAreNotOwed() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        for _ in 0..<200 {
            let end = ClientChannel()
            guest?.visitor.connection?.openChannel(.session, handler: end).whenDone { _ in }
            guest?.pair.pump()
            end.channel?.request(.execute("look")).whenDone { _ in }
            end.channel?.close()
            guest?.pair.pump()
        }
        #expect(stage.test.reactor.delayedCallCount < 50)
        let end = stage.open(guest, .execute("look"))
        stage.test.advance(by: .seconds(1))
        guest?.pair.pump()
        #expect(end.status == 0)
    }

    @Test func copyingWithOptionsNobodyKnowsIsRefusedInWords() throws {
        let stage = try DoorStage()
        let end = stage.open(stage.ada(), .execute("scp --strange homepage/a"))
        #expect(end.status == 1 && String(decoding: end.errors, as: UTF8.self).contains("-O"))
    }

    // MARK: Files, and what owners may see

    @Test func filesAreServed() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, .subsystem("sftp"))
        // SSH_FXP_INIT with version 3, answered by SSH_FXP_VERSION.
        end.channel?.send([0, 0, 0, 5, 1, 0, 0, 0, 3])
        guest?.pair.pump()
        #expect(end.output.dropFirst(4).starts(with: [2, 0, 0, 0, 3]))
    }

    @Test(arguments: [Role.player, .admin]) func theManholeIsForOwnersAlone(role: Role) throws {
        let stage = try DoorStage(role: role)
        let end = stage.open(stage.ada(), .subsystem("manhole"))
        #expect(end.output.isEmpty)
        #expect(stage.audited.last?.kind == .inspect && stage.audited.last?.outcome == .refused)
    }

    @Test func ownersLookInAndEachLineIsOnRecord() throws {
        let stage = try DoorStage(role: .owner)
        let guest = stage.ada()
        let end = stage.open(guest, .subsystem("manhole"))
        _ = end.take()
        #expect(stage.type("turns\n", end, guest).contains("durable through"))
        #expect(stage.type("things hall\n", end, guest).contains("Hall"))
        #expect(stage.type("connections\ntimers\n", end, guest).contains("calls wait for their time"))
        #expect(stage.type("thing #1\n", end, guest).contains("#1"))
        #expect(!stage.type("things ada\n", end, guest).contains("argon2"))
        #expect(stage.audited.filter { $0.kind == .inspect }.map(\.detail).contains("turns"))
        _ = stage.type("quit\n", end, guest)
        #expect(end.status == 0 && end.isClosed)
    }

    @Test(arguments: [Role.player, .admin]) func connectionsAreMadeForNobodyUnlessTheyMay(role: Role) throws {
        let stage = try DoorStage(role: role)
        var failure: SSHChannelRefusal?
        let guest = stage.ada()
        let end = ClientChannel()
        guest?.visitor.connection?.openChannel(.direct(SSHForwarding(host: "127.0.0.1", port: 9)), handler: end)
            .whenDone {
                if case .failure(let error) = $0 { failure = error as? SSHChannelRefusal }
            }
        guest?.pair.pump()
        #expect(failure?.reason == .prohibited)
    }
}
