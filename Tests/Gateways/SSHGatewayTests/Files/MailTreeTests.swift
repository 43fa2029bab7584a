import Basics
import GatewayCore
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

    @Test func aDraftIsAsOldAsItIs() throws {
        let stage = try stage()
        stage.change { world in
            _ = try? Mailbox(of: stage.ada, in: world).beginDraft(to: ["Ben"], subject: "Tea")
            let old = try? Mailbox(of: stage.ada, in: world).beginDraft(to: ["Ben"], subject: "Old")
            if let old { world.set(PropertyKey(.received), to: nil, on: old.thing) }
        }
        let now = WallInstant(milliseconds: 1_700_000_000_000)
        let (draft, old) = (try stage.path("/mail/Drafts/1-tea.eml"), try stage.path("/mail/Drafts/2-old.eml"))
        #expect(try stage.get(stage.tree.attributes(of: draft)).modified == now)
        #expect(try stage.read("/mail/Drafts/1-tea.eml").contains("\r\nDate: Tue, 14 Nov 2023 22:13:20 +0000\r\n"))
        #expect(try stage.read("/mail/Drafts/2-old.eml").contains("\r\nDate:") == false)
        #expect(try stage.get(stage.tree.attributes(of: old)).modified == stage.game.beginning(of: stage.ada))
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
