import Testing

@testable import CredentialCore

@Suite struct ApplicationPasswordTests {
    @Test func shapeAndDoors() throws {
        let (password, phone) = try ApplicationPassword.make(label: "phone", doors: ["smtp", "imap"])
        let groups = password.split(separator: "-")
        #expect(groups.count == 4 && groups.allSatisfy { $0.utf8.count == 5 })
        #expect(phone.label == "phone" && phone.opens("imap") && phone.opens("smtp") && !phone.opens("irc"))
        #expect(!phone.opens(ApplicationPassword.everyDoor))
        let everywhere = try ApplicationPassword.make(label: "script", doors: ["*"]).kept
        #expect(everywhere.opens("irc") && everywhere.digest != phone.digest)
        #expect(phone.digest.utf8.count == 44 && phone.digest == ApplicationPassword.digest(of: password))
        let typed = password.uppercased().replacing("-", with: " ")
        #expect(phone.digest == ApplicationPassword.digest(of: typed))
    }

    @Test(arguments: ["", "-", "aaaaa-aaaaa-aaaaa-aaaaa", String(repeating: "b", count: 100_000)])
    func wrong(typed: String) throws {
        let kept = try ApplicationPassword.make(label: "x", doors: ["imap"]).kept
        #expect(kept.digest != ApplicationPassword.digest(of: typed))
    }

    @Test func storedFormAndBack() throws {
        let (password, kept) = try ApplicationPassword.make(label: "phone", doors: ["smtp", "imap"])
        #expect(kept.stored == "phone:imap,smtp:\(kept.digest)" && !kept.stored.contains(password))
        #expect(ApplicationPassword(stored: kept.stored[...]) == kept)
        for wrong in ["", "phone:imap", "phone:imap:", "phone:imap:QUJD", "\(kept.stored):", "\(kept.stored)="] {
            #expect(ApplicationPassword(stored: wrong[...]) == nil, "\(wrong)")
        }
    }
}
