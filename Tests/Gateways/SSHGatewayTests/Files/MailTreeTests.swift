import SFTPWire
import ShellPeers
import Testing
import WorldModel
import WorldVerbs

@testable import SSHGateway

/// Letters as files.
@Suite struct MailTreeTests {
    private func stage() throws -> TreeStage {
        let stage = try TreeStage()
        stage.change { world in
            for subject in ["Tea", "a/b"] {
                let letter = world.create(.letter)
                world.set(.subject, to: subject, on: letter)
                world.set(.body, to: "Come.", on: letter)
                world.set(.authorName, to: "Ben", on: letter)
                world.set(.recipients, to: ["Ada"], on: letter)
                world.set(.sent, to: 1_700_000_000_000, on: letter)
                _ = try? Mailbox(of: stage.ada, in: world).take(letter, into: .inbox)
            }
        }
        return stage
    }

    @Test func lettersAreReadAndStayUnread() throws {
        let stage = try stage()
        #expect(try stage.names("/mail") == ["Inbox"])
        #expect(try stage.names("/mail/Inbox") == ["1-tea.eml", "2-a-b.eml"])
        let before = stage.world.sequence
        let text = try stage.read("/mail/Inbox/1-tea.eml")
        #expect(text.hasPrefix("From: \"Ben\"") && text.hasSuffix("\r\n\r\nCome.\r\n"))
        let size = try stage.get(stage.tree.attributes(of: try stage.path("/mail/Inbox/1-tea.eml"))).size
        #expect(size == UInt64(text.utf8.count))
        #expect(Mailbox(of: stage.ada, in: stage.world).unread == 2 && stage.world.sequence == before)
    }

    @Test func nothingOfItIsWritten() throws {
        let stage = try stage()
        let letter = try stage.path("/mail/Inbox/1-tea.eml")
        #expect(stage.status(stage.tree.open(letter, .write, SFTPAttributes()))?.code == .permissionDenied)
        let new = try stage.path("/mail/Inbox/3.eml")
        #expect(stage.status(stage.tree.open(new, [.write, .create], SFTPAttributes())) != nil)
        #expect(stage.status(stage.tree.remove(letter))?.code == .permissionDenied)
        #expect(
            stage.status(stage.tree.makeDirectory(try stage.path("/mail/x"), SFTPAttributes()))?.code
                == .permissionDenied)
        #expect(try stage.names("/mail/Inbox").count == 2)
    }

    @Test(arguments: [
        "/mail/Outbox", "/mail/Inbox/1.eml", "/mail/Inbox/9-tea.eml", "/mail/Inbox/1-tea.eml/x", "/mail/Inbox/tea",
    ])
    func onlyWhatIsListedIsThere(_ place: String) throws {
        let stage = try stage()
        #expect(stage.status(stage.tree.attributes(of: try stage.path(place))) == .noSuchFile)
    }
}
