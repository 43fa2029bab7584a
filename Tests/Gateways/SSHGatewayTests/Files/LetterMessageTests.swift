import Basics
import Testing
import WorldModel
import WorldVerbs

@testable import SSHGateway

@Suite struct LetterMessageTests {
    private let world = World()

    private func letter(
        _ subject: String, _ body: String, to recipients: [String] = ["Ben"], by author: String = "Ada",
        attachments: [(String, String)] = []
    ) -> Letter {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let thing = world.create(.letter)
        world.set(.subject, to: subject, on: thing)
        world.set(.body, to: body, on: thing)
        world.set(.authorName, to: author, on: thing)
        world.set(.recipients, to: recipients, on: thing)
        world.set(.sent, to: 1_700_000_000_000, on: thing)
        for (title, text) in attachments {
            let part = world.create(.letter)
            world.set(.title, to: title, on: part)
            world.set(.body, to: text, on: part)
            world.move(part, to: thing)
        }
        _ = world.endTurn()
        return Letter(thing)
    }

    private func text(_ letter: Letter) -> String {
        let message = LetterMessage(letter)
        #expect(message.octets.count == message.octetCount)
        return String(decoding: message.octets, as: UTF8.self)
    }

    @Test func aLetterIsAMessage() {
        #expect(
            text(letter("Tea", "Come at five.\nBring cake.")) == """
                From: "Ada" <ada@mud.invalid>\r
                To: "Ben" <ben@mud.invalid>\r
                Subject: Tea\r
                Date: Tue, 14 Nov 2023 22:13:20 +0000\r
                Message-ID: <1@mud.invalid>\r
                MIME-Version: 1.0\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Transfer-Encoding: 8bit\r
                \r
                Come at five.\r
                Bring cake.\r

                """)
    }

    @Test func nobodyWritesAHeaderOfTheirOwn() {
        let made = text(letter("Tea\r\nBcc: all\n\nx", "y", to: ["B\"en\\\r\nX: y"]))
        let lines = made.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        #expect(!lines.contains { $0.hasPrefix("Bcc") || $0.hasPrefix("X:") })
        #expect(lines.contains(#"To: "B\"en\\  X: y" <benxy@mud.invalid>"#))
        #expect(lines.contains("Subject: Tea  Bcc: all  x"))
    }

    @Test func manyAddressesTakeManyLines() {
        let names = (0..<50).map { "Reader\($0)" }
        let lines = text(letter("a", "b", to: names)).split(separator: "\r\n").map(String.init)
        #expect(lines.allSatisfy { $0.utf8.count <= LetterMessage.lineLimit })
        #expect(lines.count { $0.contains("Reader") } > 10)
        #expect(lines.contains { $0.hasPrefix(" \"Reader") && $0.hasSuffix(",") })
    }

    @Test func attachmentsArePartsOfTheirOwn() {
        let made = text(letter("Map", "See.", attachments: [("map", "North.\n"), ("q\"uote", "")]))
        let boundary = "--mud-part-1-1700000000000"
        #expect(
            made.contains("Content-Type: multipart/mixed; boundary=\"\(boundary.dropFirst(2))\"\r\n\r\n\(boundary)\r\n")
        )
        #expect(made.contains("filename=\"map\"\r\n\r\nNorth.\r\n\r\n\(boundary)\r\n"))
        #expect(made.contains(#"filename="q\"uote""#))
        #expect(made.hasSuffix("\r\n\(boundary)--\r\n"))
        #expect(made.components(of: boundary) == 5)
    }

    @Test func writingOfAllScriptsStaysAsItIs() {
        let made = text(letter("茶 🍵", "五点来。", to: ["阿达"], by: ""))
        #expect(made.contains("Subject: 茶 🍵\r\n") && made.contains("五点来。\r\n"))
        #expect(made.hasPrefix("From: \"\" <nobody@mud.invalid>\r\n"))
    }

    @Test(arguments: [("Come to tea!", "7-come-to-tea.eml"), ("", "7.eml"), ("../..", "7.eml"), ("茶 a", "7-茶-a.eml")])
    func theNameOfAFileTellsTheSubject(_ subject: String, _ name: String) {
        let made = letter(subject, "")
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        world.set(.uid, to: 7, on: made.thing)
        _ = world.endTurn()
        #expect(MailTree.name(of: made) == name)
    }

    @Test func aNameOfManyOctetsIsShort() {
        let made = letter(String(repeating: "\u{1D49C}\u{301}\u{302}\u{303}\u{304}", count: 60), "")
        #expect(MailTree.name(of: made).utf8.count <= 255)
    }
}

extension String {
    fileprivate func components(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count
    }
}
