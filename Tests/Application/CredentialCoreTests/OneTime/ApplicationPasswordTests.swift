import Basics
import Testing

@testable import CredentialCore

@Suite struct ApplicationPasswordTests {
    private func at(_ seconds: Int64) -> WallInstant { WallInstant(milliseconds: seconds * 1000) }

    @Test func shapeAndUse() throws {
        let (password, phone) = try ApplicationPassword.make(label: "phone", doors: ["imap", "smtp"], now: at(1))
        let groups = password.split(separator: "-")
        #expect(groups.count == 4 && groups.allSatisfy { $0.utf8.count == 5 })
        #expect(phone.label == "phone" && phone.created == at(1) && phone.lastUsed == nil)
        #expect(phone.digest.utf8.count == 44)

        let (other, laptop) = try ApplicationPassword.make(label: "laptop", doors: ["imap"], now: at(2))
        var kept = [laptop, phone]
        #expect(ApplicationPassword.use(password, at: "imap", now: at(3), among: &kept) == 1)
        #expect(kept[1].lastUsed == at(3) && kept[0].lastUsed == nil)
        #expect(ApplicationPassword.use(other, at: "smtp", now: at(4), among: &kept) == nil, "not its door")
        #expect(ApplicationPassword.use(password, at: "irc", now: at(4), among: &kept) == nil)
        #expect(kept[0].lastUsed == nil && kept[1].lastUsed == at(3))
        let typed = password.uppercased().replacing("-", with: "")
        #expect(ApplicationPassword.use(typed, at: "smtp", now: at(5), among: &kept) == 1)
        kept.remove(at: 1)
        #expect(ApplicationPassword.use(password, at: "imap", now: at(6), among: &kept) == nil, "taken back")
    }

    @Test(arguments: ["", "-", "aaaaa-aaaaa-aaaaa-aaaaa", String(repeating: "b", count: 100_000)])
    func wrong(typed: String) throws {
        var kept = [try ApplicationPassword.make(label: "x", doors: ["imap"], now: at(0)).kept]
        #expect(ApplicationPassword.use(typed, at: "imap", now: at(1), among: &kept) == nil)
    }

    @Test func labelsAreCutAtWholeCharacters() throws {
        let label = String(repeating: "é", count: 40)
        let kept = try ApplicationPassword.make(label: label, doors: [], now: at(0)).kept
        #expect(kept.label == String(repeating: "é", count: 32))
    }

    @Test func restores() throws {
        let (password, kept) = try ApplicationPassword.make(label: "x", doors: ["imap"], now: at(0))
        var restored = [
            ApplicationPassword(
                label: kept.label, doors: kept.doors, created: kept.created, lastUsed: at(9), digest: kept.digest)
        ]
        #expect(ApplicationPassword.use(password, at: "imap", now: at(10), among: &restored) == 0)
    }
}
