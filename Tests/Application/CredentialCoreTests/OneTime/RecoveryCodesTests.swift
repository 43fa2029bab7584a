import Testing

@testable import CredentialCore

@Suite struct RecoveryCodesTests {
    @Test func eachCodeOnce() throws {
        var (codes, kept) = try RecoveryCodes.make()
        #expect(codes.count == 10 && Set(codes).count == 10 && kept.stored.count == 10)
        for code in codes {
            let groups = code.split(separator: "-")
            #expect(groups.count == 3 && groups.allSatisfy { $0.utf8.count == 6 })
            #expect(code.allSatisfy { "abcdefghjkmnpqrstuvwxyz-".contains($0) })
            #expect(!kept.stored.contains { $0.contains(code) })
        }
        let last = codes.removeLast()
        let typed = last.uppercased().replacing("-", with: " ")
        #expect(kept.use(typed) == true)
        #expect(kept.use(last) == false)
        var restored = RecoveryCodes(stored: kept.stored)
        #expect(restored.stored.count == 9)
        for code in codes.shuffled() {
            let isTaken = restored.use(code)
            #expect(isTaken)
        }
        for code in codes { #expect(restored.use(code) == false) }
        #expect(restored.stored.isEmpty)
    }

    @Test(arguments: ["", "-", "kqzvmr-wptahg-dnsxby", String(repeating: "a", count: 100_000)])
    func wrongCodes(typed: String) throws {
        var kept = try RecoveryCodes.make().kept
        #expect(kept.use(typed) == false)
        #expect(kept.stored.count == 10)
    }

    @Test func moreThanTenAreNotKept() {
        #expect(RecoveryCodes(stored: (0..<1000).map(String.init)).stored.count == 10)
    }

    @Test func lettersAreEvenlySpread() throws {
        var counts: [Character: Int] = [:]
        for letter in try ReadableSecret.make(groups: 1, length: 23_000) { counts[letter, default: 0] += 1 }
        #expect(counts.count == 23)
        // Six standard deviations: one run in tens of millions fails.
        for (letter, count) in counts { #expect(abs(count - 1000) < 186, "\(letter)") }
    }
}
